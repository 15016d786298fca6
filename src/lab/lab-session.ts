/** Nothing at all; an answer that is no TDS; one that ends in the middle of a token; more rows than were asked for. */
export type Misbehaviour = 'silence' | 'garbage' | 'stump' | 'flood';

/** What becomes of logins and their queries; absent: every user comes in and may see everything. */
export interface LabSession {
  /** Number of the error that every login is refused with. */
  readonly refuses?: number;
  /** Views that a query may not read, e.g. `sys.dm_os_ring_buffers`; `all`: whatever needs VIEW SERVER STATE. */
  readonly denies?: readonly string[] | 'all';
  /** Views that this version does not have. */
  readonly lacks?: readonly string[];
  /** Where it sends logins on to (ENVCHANGE of type 20). */
  readonly routesTo?: { readonly host: string; readonly port: number };
  /** What it does instead of answering queries over a view. */
  readonly misbehaves?: { readonly view: string; readonly how: Misbehaviour };
  /** Says of each session that it is not encrypted, as behind something that ends TLS. */
  readonly clear?: true;
}
