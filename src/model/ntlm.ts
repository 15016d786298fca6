/** What a server says of its Windows when a login with integrated security begins. It is never ended. */
export type NtlmFound =
  | {
      readonly state: 'challenged';
      /** `major.minor.build` of its Windows; `null` when it does not say. */
      readonly version: string | null;
      /** e.g. `Windows Server 2019`; `null` for a build that the catalog does not have. */
      readonly windows: string | null;
      readonly netbiosComputer: string | null;
      readonly netbiosDomain: string | null;
      readonly dnsComputer: string | null;
      readonly dnsDomain: string | null;
      /** Its clock, ISO 8601, UTC. */
      readonly time: string | null;
    }
  /** As a SQL Server on Linux without a domain does: number of sys.messages, and its text. */
  | { readonly state: 'refused'; readonly number: number; readonly message: string }
  /** A login was begun, or tried, and its answer told neither. */
  | { readonly state: 'no-answer'; readonly reason: string }
  /** No login was begun, as the probe had shown that there is none to begin. */
  | { readonly state: 'not-asked'; readonly reason: string };
