import type { CertificateFacts, SignatureHash } from './certificate.ts';
import type { LeadingZeroFix } from './client.ts';
import { type Fact, stronger } from './evidence.ts';
import type { EncryptionOption, HelloAnswer } from './observation.ts';
import { PROTOCOLS, type Protocol, TDS7_PROTOCOLS } from './protocol.ts';

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
  /** Lowest later build with TLS 1.2, in its servicing branch where that has one; absent where it has it already. */
  readonly tls12From?: Fact<string>;
  /** Operating system as the catalog names it, e.g. `Windows Server 2012 R2`. */
  readonly os?: Fact<string>;
  /** Last day of any support of the product, ISO date. */
  readonly supportEnds?: Fact<string>;
  /** Its answer to a client that asks for encryption: `NOT_SUP` where it has none. */
  readonly encryption?: Fact<EncryptionOption>;
  /** It refuses clients without encryption. */
  readonly forceEncryption?: Fact<boolean>;
  /** TDS 8.0: can it take `Encrypt=Strict`? */
  readonly strict?: Fact<boolean>;
  readonly protocols: Partial<Readonly<Record<Protocol, Fact<ProtocolSupport>>>>;
  /** Suites it takes; in preference order when `order` is `server`. */
  readonly suites?: Fact<{ readonly names: readonly string[]; readonly order: 'server' | 'client' }>;
  readonly groups?: Fact<readonly string[]>;
  readonly certificate?: Fact<CertificateFacts>;
  /** Signature schemes it can sign its key exchange with. */
  readonly signatureAlgorithms?: Fact<readonly string[]>;
  /** Length of its TLS_DHE prime. */
  readonly dhBits?: Fact<number>;
  readonly leadingZeroFix?: Fact<LeadingZeroFix>;
  readonly extendedMasterSecret?: Fact<boolean>;
  /** It hangs up on a hello that does not list the hash of its certificate's signature (Windows Server 2012 R2 and older). */
  readonly refusesUnlistedHash?: Fact<boolean>;
  /** It resets what it refuses instead of sending an alert first (Schannel under SQL Server). */
  readonly dropsSilently?: Fact<boolean>;
  /** Hash of the certificate that this version makes for itself where nobody gave it one. */
  readonly fallbackHash?: Fact<SignatureHash>;
  /** It takes nothing but TDS 8.0 (Force Strict Encryption). */
  readonly forceStrict?: Fact<boolean>;
  /** Logins have worker threads of their own (SQL Server 2019 and later): scenario 6 cannot happen. */
  readonly loginDispatcher?: Fact<boolean>;
  /** Its connections wait as those of a server without workers do. */
  readonly shortOfWorkers?: Fact<boolean>;
  /** Live answers to whole client hellos, by `helloKey`: stronger than anything derived from the fields above. */
  readonly answers: ReadonlyMap<string, HelloAnswer>;
}

export const UNKNOWN_SERVER: ServerProfile = { protocols: {}, answers: new Map() };

/** Both profiles in one: for each field the stronger evidence, live answers from either. */
export function mergeProfiles(one: ServerProfile, other: ServerProfile): ServerProfile {
  const protocols = PROTOCOLS.flatMap((version) => {
    const fact = stronger(one.protocols[version], other.protocols[version]);
    return fact ? [[version, fact] as const] : [];
  });
  return {
    ...Object.fromEntries(FIELDS.flatMap((field) => picked(field, one, other))),
    protocols: Object.fromEntries(protocols),
    answers: new Map([...other.answers, ...one.answers]),
  };
}

type Field = Exclude<keyof ServerProfile, 'protocols' | 'answers'>;

const FIELDS: readonly Field[] = [
  'product',
  'build',
  'os',
  'supportEnds',
  'encryption',
  'forceEncryption',
  'strict',
  'forceStrict',
  'suites',
  'groups',
  'signatureAlgorithms',
  'certificate',
  'fallbackHash',
  'refusesUnlistedHash',
  'dropsSilently',
  'dhBits',
  'leadingZeroFix',
  'extendedMasterSecret',
  'loginDispatcher',
  'tls12From',
  'shortOfWorkers',
];

function picked(field: Field, one: ServerProfile, other: ServerProfile): [Field, Fact<unknown>][] {
  const fact = stronger<unknown>(one[field], other[field]);
  return fact === undefined ? [] : [[field, fact]];
}

/** The profile with exactly these versions switched on; what was answered live with another version no longer counts. */
export function withProtocols(
  profile: ServerProfile,
  { value, evidence }: Fact<readonly Protocol[]>,
): ServerProfile {
  const protocols = TDS7_PROTOCOLS.map((version) => {
    const on = value.includes(version) && profile.protocols[version]?.value !== 'rejected';
    return [version, { value: on ? 'accepted' : 'rejected', evidence }] as const;
  });
  const answers = [...profile.answers].filter(
    ([, answer]) => answer.state === 'accepted' && value.includes(answer.protocol),
  );
  return { ...profile, protocols: Object.fromEntries(protocols), answers: new Map(answers) };
}
