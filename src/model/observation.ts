import type { CertificateFacts } from './certificate.ts';
import type { ClientHelloProfile } from './hello.ts';
import type { Protocol } from './protocol.ts';
import type { ServerLogin } from './server-evidence.ts';
import type { ServerFlight } from './server-flight.ts';
import type { ProbedTimings } from './timings.ts';

/** How a peer said no: a TLS alert, an orderly close (FIN), or a TCP reset (10054 / ECONNRESET). */
export type Rejection = 'alert' | 'close' | 'reset';

/**
 * The answer to one ClientHello. Three states, never two: silence is not a refusal.
 * `alert` is the AlertDescription number of RFC 5246 §7.2.
 */
export type HelloAnswer =
  | {
      readonly state: 'accepted';
      readonly protocol: Protocol;
      /** IANA name, or `0xNNNN` when unknown. */
      readonly suite: string;
      /** Named group of the ServerKeyExchange, when there was an ECDHE one. */
      readonly group: string | null;
      /** Bits of the DHE prime, when there was a DHE ServerKeyExchange. */
      readonly dhBits: number | null;
      /** Chain as sent, DER, leaf first. */
      readonly chain: readonly Uint8Array[];
      /** All that the server said; absent where an answer was not heard on the wire. */
      readonly flight?: ServerFlight;
    }
  | { readonly state: 'rejected'; readonly rejection: Rejection; readonly alert: number | null }
  | { readonly state: 'no-answer'; readonly reason: string };

/** ENCRYPTION option of a PRELOGIN answer, [MS-TDS] 2.2.6.5. */
export type EncryptionOption = 'OFF' | 'ON' | 'NOT_SUP' | 'REQ';

export type PreloginAnswer =
  | {
      readonly state: 'answered';
      /** Product version from the VERSION option, e.g. `15.0.2000`. */
      readonly version: string;
      readonly encryption: EncryptionOption;
    }
  | { readonly state: 'rejected'; readonly rejection: Rejection }
  | { readonly state: 'no-answer'; readonly reason: string };

/** What peel-off found for one version. */
export interface EnumeratedSuites {
  readonly version: Protocol;
  /** IANA names; in the server's order of preference where `order` is `server`. */
  readonly names: readonly string[];
  /** Whose order decides; `null` with fewer than two suites, or when it could not be told. */
  readonly order: 'server' | 'client' | null;
}

/** Everything one scan saw of one server. */
export interface Observation {
  readonly prelogin: PreloginAnswer;
  /** One broad hello per version, and what was answered to it. */
  readonly protocols: readonly {
    readonly version: Protocol;
    readonly hello: ClientHelloProfile;
    readonly answer: HelloAnswer;
  }[];
  /** The certificate chain of the first accepted hello, decoded; leaf first; empty when none was accepted. */
  readonly certificates: readonly CertificateFacts[];
  /** Answer per client hello, by {@link helloKey}. */
  readonly hellos: ReadonlyMap<string, HelloAnswer>;
  /** Every suite of the newest version that it takes, where that was asked; `null` otherwise. */
  readonly enumerated: EnumeratedSuites | null;
  /** TDS 8.0: does it take a connection that begins with TLS? `null`: not asked, or it did not say. */
  readonly strict: boolean | null;
  /** Where the time of its connections goes; absent: not asked for. */
  readonly timings?: ProbedTimings;
  /** What a login learned; absent: none was asked for. */
  readonly login?: ServerLogin;
  /** Number of TCP connections opened. */
  readonly connections: number;
  readonly milliseconds: number;
}
