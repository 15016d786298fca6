import type { CertificateFacts } from './certificate.ts';
import type { Fact } from './evidence.ts';
import type { EncryptionOption, HelloAnswer } from './observation.ts';
import type { Protocol } from './protocol.ts';

/** Whether a server takes a protocol version. A version that is absent from a profile is unknown. */
export type ProtocolSupport = 'accepted' | 'rejected';

/**
 * What a server accepts. The same type whether seen on the wire, declared in a file or documented for a product:
 * each field carries its evidence, and a field that is absent is unknown.
 */
export interface ServerProfile {
  /** e.g. `SQL Server 2016`. */
  readonly product?: Fact<string>;
  /** PRELOGIN version, e.g. `13.0.5026`. */
  readonly build?: Fact<string>;
  /** Operating system as the catalog names it, e.g. `Windows Server 2012 R2`. */
  readonly os?: Fact<string>;
  readonly encryption?: Fact<EncryptionOption>;
  /** TDS 8.0: can it take `Encrypt=Strict`? */
  readonly strict?: Fact<boolean>;
  readonly protocols: Partial<Readonly<Record<Protocol, Fact<ProtocolSupport>>>>;
  /** Suites it takes under TLS 1.0–1.2; in preference order when `order` is `server`. */
  readonly suites?: Fact<{ readonly names: readonly string[]; readonly order: 'server' | 'client' }>;
  readonly groups?: Fact<readonly string[]>;
  readonly certificate?: Fact<CertificateFacts>;
  /** Live answers to whole client hellos, by `helloKey`: stronger than anything derived from the fields above. */
  readonly answers: ReadonlyMap<string, HelloAnswer>;
}

export const UNKNOWN_SERVER: ServerProfile = { protocols: {}, answers: new Map() };
