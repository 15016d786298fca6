/** The servers the lab can play: rows of data. */
import type { Rejection } from '../model/observation.ts';
import type { Protocol } from '../model/protocol.ts';
import type { CertificateSpec } from './certificates.ts';
import type { DheProfile } from './dhe-server.ts';
import type { ServerEncryption } from './encryption.ts';
import type { LabSession } from './lab-session.ts';
import type { LabWindows } from './ntlm.ts';
import {
  CBC_SHA,
  LINUX_2019,
  NIST_CURVES,
  PSS,
  SCHANNEL_2012R2,
  SCHANNEL_2016,
  SCHANNEL_2019,
  SIGNATURES_2012R2,
  SIGNATURES_2019,
  STATIC_RSA,
  TLS13_SUITES,
} from './suites.ts';

export interface LabProfile {
  readonly name: string;
  /** What it plays, in a sentence. */
  readonly description: string;
  /** PRELOGIN version. */
  readonly build: string;
  /** How it stands to encryption: `OFF` able, `ON` forced, `NOT_SUP` unable. */
  readonly encryption: ServerEncryption;
  readonly protocols: readonly Protocol[];
  /** IANA names in the server's order. */
  readonly suites: readonly string[];
  /** IANA names of ECDHE groups, in the server's order. */
  readonly groups: readonly string[];
  /** IANA names of the schemes it signs its key exchange with, in the server's order. */
  readonly signatureAlgorithms: readonly string[];
  readonly certificate: CertificateSpec;
  /** What it runs on; `null`: Linux, without a domain. */
  readonly windows: LabWindows | null;
  /** How it says no to a ClientHello. */
  readonly refusal: Rejection;
  /**
   * A TLS 1.2 hello must list one of these signature schemes, else it is refused. A hello without the extension
   * lists `rsa_pkcs1_sha1` (RFC 5246 §7.4.1.4.1).
   */
  readonly requires?: readonly string[];
  /** How it plays its TLS_DHE suites where they come first of those in common; absent: as OpenSSL does. */
  readonly dhe?: DheProfile;
  /** TDS 8.0: taken beside TDS 7.x, or forced. TLS 1.3 is spoken there alone. */
  readonly strict?: 'also' | 'only';
  /** How its accept loop starves; absent: it does not. */
  readonly stall?: Stall;
  /** What becomes of logins and their queries; absent: every user comes in and may see everything. */
  readonly session?: LabSession;
  /** Instead of speaking TDS. `no-accept`: it listens, and takes nobody off the kernel's queue. */
  readonly instead?: 'silence' | 'close' | 'no-accept';
}

/** The kernel completes TCP handshakes all the while; whoever comes during a stall is served when it is over. */
export interface Stall {
  /** Every so many connections. */
  readonly every: number;
  readonly milliseconds: number;
}

const fallback = (hash: CertificateSpec['hash']): CertificateSpec => ({
  commonName: 'SSL_Self_Signed_Fallback',
  dnsNames: [],
  hash,
  signedBy: 'itself',
  fallback: true,
});
const provisioned = (hash: CertificateSpec['hash']): CertificateSpec => ({
  commonName: 'sql.contoso.example',
  // Names under which examples know their servers.
  dnsNames: ['sql.contoso.example', '*.contoso.example', '*.example.com'],
  hash,
  signedBy: 'ca',
});

const on = (build: string): LabWindows => ({
  build,
  computer: 'SQL01',
  domain: ['CONTOSO', 'contoso.example'],
});

/** On Windows Server 2019. */
const SQL_2019: Omit<LabProfile, 'name' | 'description'> = {
  build: '15.0.4430',
  encryption: 'OFF',
  protocols: ['TLS 1.2'],
  suites: SCHANNEL_2019,
  groups: ['x25519', ...NIST_CURVES],
  signatureAlgorithms: SIGNATURES_2019,
  certificate: provisioned('sha256'),
  windows: on('10.0.17763'),
  refusal: 'reset',
};
/** On Windows Server 2019 too. */
const SQL_2017: typeof SQL_2019 = { ...SQL_2019, build: '14.0.3456' };
/** On Windows Server 2022. */
const SQL_2022: typeof SQL_2019 = {
  ...SQL_2019,
  build: '16.0.4195',
  windows: on('10.0.20348'),
  signatureAlgorithms: [...PSS, ...SIGNATURES_2019],
};

const PROFILES: readonly LabProfile[] = [
  {
    ...SQL_2019,
    name: 'sql-server-2014-rtm',
    description:
      'SQL Server 2014 RTM on Windows Server 2012 R2: TLS 1.0 alone, its own SHA-1 certificate; resets what it refuses.',
    build: '12.0.2000',
    windows: on('6.3.9600'),
    protocols: ['TLS 1.0'],
    suites: CBC_SHA,
    groups: NIST_CURVES,
    signatureAlgorithms: SIGNATURES_2012R2,
    certificate: fallback('sha1'),
  },
  {
    ...SQL_2019,
    name: 'sql-server-2016-on-windows-2012-r2',
    description:
      'SQL Server 2016 SP2 on Windows Server 2012 R2 with its own SHA-1 certificate: closes a TLS 1.2 hello that lists no SHA-1 signature.',
    build: '13.0.5026',
    windows: on('6.3.9600'),
    protocols: ['TLS 1.0', 'TLS 1.1', 'TLS 1.2'],
    suites: SCHANNEL_2012R2,
    groups: NIST_CURVES,
    signatureAlgorithms: SIGNATURES_2012R2,
    certificate: fallback('sha1'),
    refusal: 'close',
    requires: ['rsa_pkcs1_sha1'],
  },
  {
    ...SQL_2019,
    name: 'sql-server-2019-tls12-only',
    description:
      'SQL Server 2019 on Windows Server 2019 with TLS 1.0 and 1.1 switched off; resets what it refuses.',
  },
  {
    ...SQL_2022,
    name: 'sql-server-2022',
    description: 'SQL Server 2022 with ECDHE suites and TLS 1.2.',
    suites: SCHANNEL_2019.filter((suite) => suite.startsWith('TLS_ECDHE_')),
  },
  {
    ...SQL_2022,
    name: 'sql-server-2022-rsa-kex-only',
    description:
      'SQL Server 2022 with static RSA suites alone (a known work-around): resets a client that offers only ECDHE.',
    suites: STATIC_RSA,
    certificate: fallback('sha256'),
  },
  {
    ...SQL_2022,
    name: 'sql-server-2022-gcm-only',
    description:
      'SQL Server 2022 hardened to ECDHE with AES-GCM: shares nothing with the CBC suites of Windows Server 2012 R2.',
    suites: SCHANNEL_2019.slice(0, 2),
  },
  {
    ...SQL_2022,
    name: 'sql-server-2022-strict',
    description:
      'SQL Server 2022 on Windows Server 2022 with a certificate: TDS 8.0 with TLS 1.2 and 1.3 as well.',
    protocols: ['TLS 1.2', 'TLS 1.3'],
    suites: [...TLS13_SUITES, ...SCHANNEL_2019],
    strict: 'also',
  },
  {
    ...SQL_2022,
    name: 'sql-server-2022-force-strict',
    description: 'SQL Server 2022 with Force Strict Encryption: closes every TDS 7.x client.',
    protocols: ['TLS 1.2', 'TLS 1.3'],
    suites: [...TLS13_SUITES, ...SCHANNEL_2019],
    strict: 'only',
  },
  {
    ...SQL_2019,
    name: 'sql-server-2019-sha512-certificate',
    description:
      'SQL Server 2019 whose CA-signed certificate is SHA-512: resets a TLS 1.2 hello that does not list it.',
    certificate: provisioned('sha512'),
    requires: ['rsa_pkcs1_sha512'],
  },
  {
    ...SQL_2019,
    name: 'sql-server-2019-self-signed-sha512',
    description: 'SQL Server 2019 with a self-signed SHA-512 certificate, which scenario 4 exempts.',
    certificate: { ...provisioned('sha512'), signedBy: 'itself' },
  },
  {
    ...SQL_2019,
    name: 'sql-server-2019-expired-certificate',
    description: 'SQL Server 2019 with a certificate that is out of date since the beginning of 2026.',
    certificate: { ...provisioned('sha256'), years: 0 },
  },
  {
    ...SQL_2019,
    name: 'sql-server-2019-md5-certificate',
    description:
      'SQL Server 2019 whose CA-signed certificate is MD5: no Schannel lists it, so TLS 1.2 hellos are reset.',
    certificate: provisioned('md5'),
    requires: ['rsa_pkcs1_md5'],
  },
  {
    ...SQL_2019,
    name: 'sql-server-2019-force-encryption',
    description: 'SQL Server 2019 with Force Encryption.',
    encryption: 'ON',
  },
  {
    ...SQL_2019,
    name: 'sql-server-2019-no-encryption',
    description: 'SQL Server 2019 that could not set up TLS: answers ENCRYPT_NOT_SUP.',
    encryption: 'NOT_SUP',
  },
  {
    ...SQL_2019,
    name: 'sql-server-2019-on-linux',
    description: 'SQL Server 2019 on Linux, TLS 1.2, ECDHE and static RSA: says no with a TLS alert.',
    windows: null,
    suites: LINUX_2019,
    groups: ['x25519', 'secp256r1', 'x448', 'secp521r1', 'secp384r1'],
    signatureAlgorithms: [...PSS, 'rsa_pkcs1_sha256', 'rsa_pkcs1_sha384', 'rsa_pkcs1_sha512'],
    refusal: 'alert',
  },
  {
    ...SQL_2017,
    name: 'sql-server-2017-short-of-workers',
    description:
      'SQL Server 2017 that runs out of workers now and then (scenario 6): TCP connects at once, every eighth PRELOGIN and those behind it wait.',
    stall: { every: 8, milliseconds: 1500 },
  },
  {
    ...SQL_2017,
    name: 'sql-server-2017-without-workers',
    description:
      'SQL Server 2017 that accepts no connection any more (scenario 6): the first two wait for PRELOGIN, then SYNs are dropped (on Linux).',
    instead: 'no-accept',
  },
  {
    ...SQL_2019,
    name: 'sql-server-2016-dhe-unfixed',
    description:
      'SQL Server 2016 SP3 on Windows Server 2016 without KB4537806: keeps the leading zero bytes of a DHE secret, so 1 in 256 handshakes fails.',
    build: '13.0.6300',
    windows: on('10.0.14393'),
    suites: SCHANNEL_2016,
    dhe: { leadingZeros: 'kept', bits: 2048 },
  },
  {
    ...SQL_2019,
    name: 'sql-server-2016-dhe-fixed',
    description:
      'SQL Server 2016 SP3 on Windows Server 2016 with its updates: strips the leading zero bytes of a DHE secret.',
    build: '13.0.6300',
    windows: on('10.0.14393'),
    suites: SCHANNEL_2016,
    dhe: { leadingZeros: 'stripped', bits: 2048 },
  },
  {
    ...SQL_2019,
    name: 'silent',
    description: 'Takes the TCP connection and never says a word.',
    instead: 'silence',
  },
  {
    ...SQL_2019,
    name: 'closing',
    description: 'Takes the TCP connection and closes it at once.',
    instead: 'close',
  },
];

export function labProfiles(): readonly LabProfile[] {
  return PROFILES;
}

export function labProfile(name: string): LabProfile | undefined {
  return PROFILES.find((profile) => profile.name === name);
}
