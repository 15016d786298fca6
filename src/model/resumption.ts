/** Whether a server goes on with an earlier TLS session: `null` when that could not be told. */
export interface Resumption {
  /** By the id it gave (RFC 5246 §7.3). */
  readonly id: boolean | null;
  /** By a ticket it gave (RFC 5077). */
  readonly ticket: boolean | null;
}
