import type { CertificateFacts } from './certificate.ts';
import type { CertificateChecks } from './certificate-checks.ts';
import type { LeadingZero } from './leading-zero.ts';
import type { NtlmFound } from './ntlm.ts';
import type { EncryptionOption, Rejection } from './observation.ts';
import type { Protocol } from './protocol.ts';
import type { Resumption } from './resumption.ts';
import type { ServerLogin } from './server-evidence.ts';
import type { ProbedTimings } from './timings.ts';
import type { Outcome, Scenario, Step } from './verdict.ts';

/** What one version of TLS is to a server, every suite of it. */
export interface ProbedProtocol {
  readonly version: Protocol;
  readonly state: 'accepted' | 'rejected' | 'no-answer';
  readonly rejection: Rejection | null;
  readonly alert: number | null;
  /** Every suite it takes, IANA names; in its own order of preference where `order` is `server`. */
  readonly suites: readonly string[];
  /** Whose order decides; `null` with fewer than two suites, or when it could not be told. */
  readonly order: 'server' | 'client' | null;
  /**
   * Named groups it takes for key exchange, in the order in which it chose them of ours. Asked for on the newest version alone, as
   * stacks keep one list for all of them.
   */
  readonly groups: readonly string[];
}

/** The same after an enumeration. */
export interface EnumeratedProtocol extends ProbedProtocol {
  /** The same suites, in the same order, with what is to be said of each. */
  readonly suiteFacts: readonly ProbedSuite[];
}

export interface ProbedSuite {
  readonly name: string;
  /** `unknown` for a code point that is not in the table. */
  readonly grade: 'recommended' | 'secure' | 'weak' | 'insecure' | 'unknown';
  /** Finite-field group of a DHE suite. */
  readonly dh: ProbedDhGroup | null;
  /** Scheme with which the server signed its key exchange (RFC 8446 name); `null` where nothing is signed, and below TLS 1.2. */
  readonly signature: string | null;
}

export interface ProbedDhGroup {
  readonly bits: number;
  /** e.g. `MODP group 14`; `null` for a prime that no RFC names. */
  readonly name: string | null;
  /** p and (p − 1) / 2 are both prime; `null`: not told. */
  readonly safe: boolean | null;
}

/** What the server makes of a client's ENCRYPTION option. */
export interface ProbedEncryption {
  readonly client: EncryptionOption;
  /** `null`: it closed, or did not say. */
  readonly server: EncryptionOption | null;
  /** What TLS then covers: `login` is the LOGIN7 message alone. `null`: not known. */
  readonly tls: 'everything' | 'login' | 'none' | 'closed' | null;
}

/** How a server took a hello that differs from one it accepts in one thing. */
export type Taken = 'accepted' | 'rejected' | 'no-answer';

/** What else the newest version inside TDS 7.x showed. */
export interface ProbedHandshake {
  readonly version: Protocol;
  /** RFC 7627. */
  readonly extendedMasterSecret: boolean;
  /** RFC 5746. */
  readonly secureRenegotiation: boolean;
  /** Whether it chose to compress when that was offered; `null`: it did not say. */
  readonly compression: boolean | null;
  /** It gives sessions an id, so that they may be resumed. */
  readonly sessionId: boolean;
  /** Hellos whose signature algorithms lack SHA-1, and SHA-512; `null` below TLS 1.2. */
  readonly withoutSha1: Taken | null;
  readonly withoutSha512: Taken | null;
  /** What `server_name` does; `null` when none was sent, as to an address, or when it could not be told. */
  readonly serverName: 'makes no difference' | 'changes the certificate' | 'is required' | null;
}

/** What SQL Browser says of a named instance. */
export interface ProbedInstance {
  readonly instance: string;
  /** TCP. */
  readonly port: number;
  /** Base version, never the patch level; `null` when it does not say. */
  readonly version: string | null;
  /** TCP port of the dedicated administrator connection; `null` when it does not say. */
  readonly dacPort: number | null;
}

export interface ProbedTarget {
  /** As it was asked for. */
  readonly endpoint: string;
  /** `null` unless it was asked for as `host\\INSTANCE`. */
  readonly browser: ProbedInstance | null;
  readonly prelogin: { readonly version: string; readonly encryption: EncryptionOption } | null;
  /** TDS 8.0: does it take a connection that begins with TLS? `null`: it did not say. */
  readonly strict: boolean | null;
  /** It speaks TDS 8.0 and closes every TDS 7.x client. */
  readonly forcesStrict: boolean;
  /** Answers to PRELOGIN alone. */
  readonly encryption: readonly ProbedEncryption[];
  /** Inside TDS 7.x. */
  readonly protocols: readonly EnumeratedProtocol[];
  /** TLS 1.2 and 1.3 as TDS 8.0 begins with; empty when it does not speak that. */
  readonly strictProtocols: readonly EnumeratedProtocol[];
  readonly handshake: ProbedHandshake | null;
  /** The leaf. */
  readonly certificate: CertificateFacts | null;
  /** All certificates as sent, the leaf first, up to one that cannot be decoded; at most 20. */
  readonly chain: readonly CertificateFacts[];
  /** Of the leaf, also of one that cannot be read; `null` when none was sent. */
  readonly certificateChecks: CertificateChecks | null;
  /** TCP connections opened. */
  readonly connections: number;
  readonly milliseconds: number;
  /** Who could connect, when that was asked; `null` otherwise. */
  readonly drivers: readonly SimulatedDriver[] | null;
  /** Where the time of a connection goes, when that was asked; `null` otherwise, and where TDS 8.0 is forced. */
  readonly timings: ProbedTimings | null;
  /** Scenario 5, when that was asked; `null` otherwise. */
  readonly leadingZero: LeadingZero | null;
  /** Whether it goes on with earlier sessions, when that was asked; `null` otherwise. */
  readonly resumption: Resumption | null;
  /** Its Windows, when that was asked; `null` otherwise. */
  readonly ntlm: NtlmFound | null;
  /** What a login learned, when that was asked; `null` otherwise. */
  readonly login: ServerLogin | null;
  /** Why less is known than was asked, in a sentence; `null` when all of it is. */
  readonly reason: string | null;
}

/** What a driver's own hello got from a server, over every stack it can run on. */
export interface SimulatedDriver {
  /** Catalog id. */
  readonly driver: string;
  readonly label: string;
  readonly versions: string;
  readonly outcome: Outcome;
  readonly protocol: Protocol | null;
  readonly suite: string | null;
  readonly step: Step | null;
  readonly scenario: Scenario | null;
  readonly reason: string;
}

/** What `probe` found. This shape is the JSON contract: fields are added, never renamed. */
export interface ProbeReport {
  readonly schemaVersion: 1;
  readonly targets: readonly ProbedTarget[];
}

/** Of a server that was not asked at all. */
export function unreachedTarget(endpoint: string, reason: string): ProbedTarget {
  return {
    endpoint,
    browser: null,
    prelogin: null,
    strict: null,
    forcesStrict: false,
    encryption: [],
    protocols: [],
    strictProtocols: [],
    handshake: null,
    certificate: null,
    chain: [],
    certificateChecks: null,
    connections: 0,
    milliseconds: 0,
    drivers: null,
    timings: null,
    leadingZero: null,
    resumption: null,
    ntlm: null,
    login: null,
    reason,
  };
}
