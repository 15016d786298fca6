/** What is to be said of a server's certificate, beyond what it says of itself. */

export type TrustState =
  | 'trusted'
  | 'self-signed'
  | 'unknown-issuer'
  | 'expired'
  | 'not-yet-valid'
  /** A certificate of the chain names as its issuer one that may not issue. */
  | 'issuer-no-ca'
  /** A signature does not verify, or there is no end to the chain. */
  | 'broken';

export interface Trust {
  readonly state: TrustState;
  /** A sentence's worth, without a full stop. */
  readonly reason: string;
}

/** `unknown`: nothing on the wire tells. */
export type RequirementState = 'met' | 'not-met' | 'unknown';

export interface CertificateRequirement {
  /** e.g. `server-authentication`. */
  readonly id: string;
  /** Who asks for it. */
  readonly of: 'SQL Server' | 'clients';
  readonly state: RequirementState;
  readonly reason: string;
  /** Where it is documented. */
  readonly source: string;
}

export interface CertificateChecks {
  /** What the certificate had to name: `HostNameInCertificate`, else the host dialled; `null` for a lab server. */
  readonly host: string | null;
  /** `null`: there was no host to compare, or the certificate cannot be read. */
  readonly nameMatches: boolean | null;
  /** `roots`: which trusted certificates were used. */
  readonly trust: Trust & { readonly roots: string };
  readonly requirements: readonly CertificateRequirement[];
}
