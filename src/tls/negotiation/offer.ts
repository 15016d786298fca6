import type { ClientLimits } from '../../model/client.ts';
import type { EncryptMode } from '../../model/connection.ts';
import type { Evidence } from '../../model/evidence.ts';
import type { ClientHelloProfile } from '../../model/hello.ts';

/** What one client case brings to a connection. */
export interface Offer {
  /** Of TDS 7.x, or of TDS 8.0 where `encrypt` is `Strict`; `null`: not known. */
  readonly hello: ClientHelloProfile | null;
  /** The driver says NOT_SUP and never starts TLS. */
  readonly clearText: boolean;
  readonly encrypt: EncryptMode | null;
  /** The driver can do TDS 8.0. */
  readonly strict: boolean | null;
  readonly limits: ClientLimits;
  /** What it asks of a certificate; `null`: it takes any, or it is not known. */
  readonly validation: Validation | null;
  readonly evidence: readonly Evidence[];
}

/** A client that validates the server's certificate. */
export interface Validation {
  /** What the certificate must name: `HostNameInCertificate`, else the host it dials; `null`: not known, or nothing. */
  readonly host: string | null;
  /** Does it trust who issued it? `null`: not known. */
  readonly trusted: boolean | null;
  /** ISO 8601, UTC; the day alone will do. */
  readonly at: string;
  readonly evidence: readonly Evidence[];
}
