/** What SQL Server versions can do in the TLS handshake (data/servers.json). */
import type { SignatureHash } from '../model/certificate.ts';
import type { Fact } from '../model/evidence.ts';
import type { Protocol } from '../model/protocol.ts';
import { TDS7_PROTOCOLS } from '../model/protocol.ts';
import type { ProtocolSupport, ServerProfile } from '../model/server-profile.ts';
import data from './data/servers.json' with { type: 'json' };
import { compareBuilds, leadingZeroFix, type TlsStack } from './tls-stacks.ts';

interface Tls12Branch {
  readonly branch: string;
  readonly from: string;
  readonly to: string | null;
  /** Lowest build of the branch with TLS 1.2; `null`: none. */
  readonly min: string | null;
}

export interface Server {
  readonly id: string;
  readonly label: string;
  readonly platform: string;
  /** `13.0`; absent for services without one. */
  readonly versionMajorMinor?: string;
  readonly builds: readonly { readonly build: string; readonly label: string }[] | null;
  readonly tls12?: { readonly supported: boolean | 'from-build'; readonly branches?: readonly Tls12Branch[] };
  /** TDS 8.0; a sentence when it depends. */
  readonly tds8?: boolean | string;
  readonly loginDispatcher?: boolean;
  readonly fallbackCertificate?: { readonly hash: SignatureHash; readonly rsaBits: number };
  /** Suites set by the product itself (SQL Server on Linux), in preference order. */
  readonly defaultSuites: readonly string[] | null;
  /** Versions by default, where no system beside the product decides. */
  readonly accepts?: Partial<Readonly<Record<Protocol, ProtocolSupport>>>;
  /** ISO dates first; the end of paid updates where there are such. */
  readonly endOfSupport?: string | null;
  readonly esuEnd?: string | null;
  /** The driver with which it reaches another SQL Server. */
  readonly linkedServerProvider?: { readonly driver: string; readonly version: string | null };
  readonly rtmBuild?: string;
  /** What the first release takes instead of {@link defaultSuites}. */
  readonly rtmSuites?: readonly string[];
  readonly sources?: readonly string[];
}

export const SERVERS = data.rows as unknown as readonly Server[];

export function server(id: string): Server | undefined {
  return SERVERS.find((row) => row.id === id);
}

/** A product as a person writes it, understood. */
export interface NamedServer {
  readonly server: Server;
  /** `13.0.5026`, when a service pack or build is written; `null` when only the version is. */
  readonly build: string | null;
}

/**
 * `SQL Server 2016 SP2`, `SQL Server 2014 (12.0.2000)`, `13.0.5026.0`, `SQL Server 2019 on Linux`, `Azure SQL Database`.
 * `linux` decides between the two platforms of a version. `undefined` when the catalog has no such product.
 */
export function serverOfProduct(written: string, linux: boolean): NamedServer | undefined {
  const text = written.toLowerCase();
  const build = /\b(\d{1,2}\.\d{1,2}\.\d{3,5})(?:\.\d+)?\b/.exec(text)?.[1] ?? null;
  const onLinux = linux || /\blinux|container/.test(text);
  const year = /\b(20\d\d)(\s*r2)?\b/.exec(text);
  const rows = SERVERS.filter(
    (row) => (row.platform === 'linux') === onLinux || !row.id.startsWith('sqlserver-'),
  );
  const found =
    rows.find(
      (row) => year && row.label.toLowerCase().startsWith(`sql server ${year[1]}${year[2] ? ' r2' : ''}`),
    ) ??
    rows.find((row) => build !== null && row.versionMajorMinor === build.split('.').slice(0, 2).join('.')) ??
    rows.find((row) => plain(text).includes(plain(row.label)));
  if (!found) return undefined;
  // A cumulative update by itself is one of the RTM: there are no service packs since SQL Server 2017.
  const [, servicePack, update] = /\b(?:(rtm|sp ?\d)\b\W*)?(cu ?\d+)?\b/.exec(
    /\b(?:rtm|sp ?\d|cu ?\d+)\b.*/.exec(text)?.[0] ?? '',
  ) ?? ['', undefined, undefined];
  const named = [servicePack ?? (update ? 'rtm' : null), update]
    .filter((part) => part != null)
    .map((part) => part.replace(' ', '').toUpperCase())
    .join(' ');
  return {
    server: found,
    build: build ?? buildsOf(found).find(({ label }) => label === named)?.build ?? null,
  };
}

/** On Linux the builds are those of Windows, under the same numbers. */
function buildsOf({ builds, versionMajorMinor }: Server): NonNullable<Server['builds']> {
  return (
    builds ??
    SERVERS.find((row) => row.platform === 'windows' && row.versionMajorMinor === versionMajorMinor)
      ?.builds ??
    []
  );
}

const plain = (text: string) =>
  text
    .toLowerCase()
    .replace(/\(.*/, '')
    .replace(/[^a-z0-9]/g, '');

/**
 * What the documentation says a product on an operating system accepts with its defaults. Fields it does not settle
 * (an unknown build of a version that needs an update for TLS 1.2, an unknown operating system) stay unknown.
 */
export function documentedProfile({ server: row, build }: NamedServer, os: TlsStack | null): ServerProfile {
  const statement = `${row.label}${build ? ` (${build})` : ''}${os ? ` on ${os.label}` : ''}`;
  const source = row.sources?.[0];
  const fact = <T>(value: T, text: string = statement): Fact<T> => ({
    value,
    evidence: { strength: 'documented', statement: text, ...(source === undefined ? {} : { source }) },
  });
  const own =
    build !== null && build === row.rtmBuild ? (row.rtmSuites ?? row.defaultSuites) : row.defaultSuites;
  const suites = own ?? (os?.suites.length ? os.suites : null);
  return {
    answers: new Map(),
    protocols: documentedProtocols(row, build, os, (value, text) => fact(value, `${statement} ${text}`)),
    product: fact(row.label),
    ...(build !== null && { build: fact(build) }),
    ...(os !== null && { os: fact(os.label) }),
    ...(typeof row.tds8 === 'boolean' && {
      strict: fact(row.tds8, `${row.label} ${row.tds8 ? 'speaks' : 'does not speak'} TDS 8.0`),
    }),
    ...(suites !== null && {
      suites: fact({ names: suites, order: 'server' as const }, `default cipher suites of ${statement}`),
    }),
    ...(os?.groups.length && { groups: fact(os.groups, `default named groups of ${os.label}`) }),
    ...(row.loginDispatcher !== undefined && {
      loginDispatcher: fact(
        row.loginDispatcher,
        row.loginDispatcher
          ? `${row.label} has worker threads of its own for logins`
          : `${row.label} takes logins on its I/O completion port workers`,
      ),
    }),
    ...supportFact(row, fact),
    ...tls12Fact(row, build, fact),
    ...(row.fallbackCertificate && {
      fallbackHash: fact(
        row.fallbackCertificate.hash,
        `the certificate that ${row.label} makes for itself is signed with ${row.fallbackCertificate.hash}`,
      ),
    }),
    ...(row.platform === 'windows' && {
      dropsSilently: fact(true, 'SQL Server on Windows drops a handshake without an alert'),
    }),
    ...(os !== null && row.platform === 'windows' && windowsFacts(os, fact)),
  };
}

function tls12Fact(
  row: Server,
  build: string | null,
  fact: (value: string, text: string) => Fact<string>,
): Pick<ServerProfile, 'tls12From'> {
  const from = tls12From(row, build);
  return from === null ? {} : { tls12From: fact(from, `${row.label} has TLS 1.2 from build ${from}`) };
}

function supportFact(
  { label, endOfSupport, esuEnd }: Server,
  fact: (value: string, text: string) => Fact<string>,
): Pick<ServerProfile, 'supportEnds'> {
  const [ends] = [esuEnd, endOfSupport].flatMap((text) => /\d{4}-\d{2}-\d{2}/.exec(text ?? '')?.[0] ?? []);
  return ends === undefined
    ? {}
    : { supportEnds: fact(ends, `${label} is supported until ${ends}, paid updates included`) };
}

/** What Schannel does as a server, beside its lists. */
function windowsFacts(
  os: TlsStack,
  fact: <T>(value: T, text: string) => Fact<T>,
): Pick<ServerProfile, 'signatureAlgorithms' | 'dhBits' | 'leadingZeroFix' | 'refusesUnlistedHash'> {
  const zeroes = leadingZeroFix(os);
  const old = os.osBuild !== null && compareBuilds(os.osBuild, FIRST_TO_SEND_ANY_CERTIFICATE) < 0;
  return {
    ...(os.signatureAlgorithms.length > 0 && {
      signatureAlgorithms: fact(os.signatureAlgorithms, `default signature algorithms of ${os.label}`),
    }),
    ...(os.serverDhBits !== undefined && {
      dhBits: fact(os.serverDhBits, `${os.label} uses a TLS_DHE prime of ${os.serverDhBits} bits`),
    }),
    ...(zeroes !== null && {
      leadingZeroFix: fact(zeroes, `${os.label} ${ZEROES[zeroes]} leading zero bytes of a TLS_DHE secret`),
    }),
    refusesUnlistedHash: fact(
      old,
      old
        ? `${os.label} closes when the hello does not list the hash of its certificate`
        : `${os.label} sends its certificate whether or not the hello lists its hash`,
    ),
  };
}

const TAKES = { accepted: 'takes', rejected: 'does not take' } as const;
const ZEROES = {
  fixed: 'strips',
  'not-fixed': 'does not strip',
  'needs-update': 'strips, with KB4537806 or later only,',
} as const;

/** Reported of Windows Server 2016 and later, the server release of Windows 10: microsoft/msphpsql#1021, #1110, openssl/openssl#11236. */
const FIRST_TO_SEND_ANY_CERTIFICATE = '10.0.10240';

function documentedProtocols(
  row: Server,
  build: string | null,
  os: TlsStack | null,
  fact: (value: ProtocolSupport, text: string) => Fact<ProtocolSupport>,
): Partial<Record<Protocol, Fact<ProtocolSupport>>> {
  const protocols: Partial<Record<Protocol, Fact<ProtocolSupport>>> = {};
  for (const version of TDS7_PROTOCOLS) {
    const byDefault = os === null ? row.accepts?.[version] : undefined;
    if (byDefault) {
      protocols[version] = fact(byDefault, `${TAKES[byDefault]} ${version} by default`);
      continue;
    }
    const byOs = os === null ? null : os.server.includes(version);
    const byProduct = supportOf(version, tls12Of(row, build));
    if (byProduct === false || byOs === false)
      protocols[version] = fact('rejected', `does not take ${version}`);
    else if (byProduct && byOs) protocols[version] = fact('accepted', `takes ${version} by default`);
  }
  return protocols;
}

/** The updates that brought TLS 1.2 say nothing of TLS 1.1: whether it works without them is not settled. */
function supportOf(version: Protocol, tls12: boolean | null): boolean | null {
  if (version === 'TLS 1.2') return tls12;
  return version === 'TLS 1.1' && tls12 !== true ? null : true;
}

/** Whether a build has TLS 1.2: `null` when the build is unknown and it matters. */
export function tls12Of(row: Server, build: string | null): boolean | null {
  const support = row.tls12;
  if (!support) return row.platform === 'windows' ? null : true;
  if (support.supported !== 'from-build') return support.supported;
  if (build === null) return null;
  const branch = support.branches?.find(
    ({ from, to }) => compareBuilds(build, from) >= 0 && (to === null || compareBuilds(build, to) <= 0),
  );
  return branch?.min ? compareBuilds(build, branch.min) >= 0 : false;
}

/**
 * Lowest later build with TLS 1.2: in the same servicing branch, else in the next that has one. `null` where the build is
 * unknown, has TLS 1.2, or no build of this version ever will.
 */
export function tls12From(row: Server, build: string | null): string | null {
  if (build === null || tls12Of(row, build) !== false) return null;
  const later = (row.tls12?.branches ?? []).filter(({ to }) => to === null || compareBuilds(build, to) <= 0);
  return later.find(({ min }) => min !== null)?.min ?? null;
}
