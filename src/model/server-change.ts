import type { CertificateFacts } from './certificate.ts';
import type { TlsPolicyDeclaration } from './declaration.ts';
import type { Protocol } from './protocol.ts';

/** Kinds of key exchange that are switched off as a whole. */
export const KEY_EXCHANGES = ['DHE', 'RSA'] as const;

/** What a server is to become; what is absent stays as it is. */
export interface ServerChange {
  /** The only ones that are left. */
  readonly protocols?: readonly Protocol[];
  /** IANA names, in order of preference: the only ones that are left. */
  readonly suites?: readonly string[];
  /** `DHE`: TLS_DHE suites; `RSA`: those with static RSA key exchange (`TLS_RSA_WITH_…`). */
  readonly without?: readonly (typeof KEY_EXCHANGES)[number][];
  /** It takes nothing but TDS 8.0. */
  readonly strict?: true;
  readonly certificate?: CertificateFacts;
  /** What a file sets for servers: a registry export, an mssql.conf. */
  readonly settings?: readonly TlsPolicyDeclaration[];
}
