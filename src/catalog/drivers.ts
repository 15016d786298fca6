/** SQL Server client drivers: how they are declared and what each build can do (data/drivers.json). */
import type { Ecosystem, NamedBy } from '../model/declaration.ts';
import type { Protocol } from '../model/protocol.ts';
import data from './data/drivers.json' with { type: 'json' };
import { fileNameReader } from './file-names.ts';
import { rangesOverlap, versionRange } from './versions.ts';

export interface DriverVersion {
  /** As the vendor or people write it. */
  readonly range: string;
  /** node-semver range; `null` when the Windows build decides. */
  readonly semver: string | null;
  readonly osBuild: { readonly from?: string; readonly below?: string } | null;
  /** Short name of this generation, when the range alone does not say it. */
  readonly label: string | null;
  /** Kinds of TLS stack it can run on: `schannel`, `jsse`, `node-openssl`, `inherits`, `none`, … */
  readonly stacks: readonly string[];
  /** Bounds the driver itself sets; `null`: the stack decides. */
  readonly tlsMin: Protocol | null;
  readonly tlsMax: Protocol | null;
  readonly tls12: 'yes' | 'no' | 'patched' | 'inherits';
  readonly tls12Needs: string | null;
  /** Whether `tls12Needs` holds is not decided by the driver's version. */
  readonly tls12Conditional: boolean;
  /** Versions for which it can hold at all; `null`: any of the range. */
  readonly tls12ConditionVersions: string | null;
  readonly strict: 'yes' | 'no' | 'inherits';
  readonly encryptDefault: 'optional' | 'mandatory' | 'strict' | 'no-tls' | 'inherits';
  readonly trustDefault: 'true' | 'false' | 'n/a' | 'inherits';
  /** The driver that a wrapper takes. */
  readonly brings: { readonly driver: string; readonly version: string | null } | null;
  /** As the vendor words it. */
  readonly endOfSupport: string | null;
  /** Does it validate the certificate also where only the server forces encryption? Absent: not known. */
  readonly validatesWhenForced?: boolean;
  readonly notes: string;
  readonly confidence: string;
  readonly sources: readonly string[];
}

export interface Driver {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly status: string;
  readonly declaredAs: readonly {
    readonly ecosystem: string;
    readonly name: string;
    /** `false`: the package brings the driver under a version number of its own. */
    readonly ownVersion?: false;
  }[];
  /** Kind of TLS stack that a feature of the package brings; absent where features decide nothing. */
  readonly stackOfFeature?: Readonly<Record<string, string>>;
  /** What happens to the login when encryption is off. */
  readonly whenEncryptOff: 'login-only-tls' | 'no-tls' | 'inherits' | 'n/a';
  /** Values of `Encrypt` that become `true` when they stand in a connection string. */
  readonly takenForTrue?: readonly string[];
  /** Values of `encrypt` with which a driver that can do without TLS takes it where the server has it. */
  readonly tlsIfOffered?: readonly string[];
  /** Values of `encrypt` that mean no TLS at all, where others leave the login encrypted. */
  readonly clearTextWhen?: readonly string[];
  readonly versions: readonly DriverVersion[];
}

export const DRIVERS = data.rows as unknown as readonly Driver[];
/** Ecosystems whose names compare without case; unixODBC's registered drivers among them. */
const CASELESS = new Set(['nuget', 'odbcinst', 'dll', 'msi', 'winget']);
const BY_ID = new Map(DRIVERS.map((driver) => [driver.id, driver]));
const BY_PACKAGE = new Map(
  DRIVERS.flatMap((driver) =>
    driver.declaredAs.map(({ ecosystem, name }) => [packageKey(ecosystem, name), driver.id] as const),
  ),
);

const PACKAGES = new Map<string, string[]>();
for (const { ecosystem, name } of DRIVERS.flatMap(({ declaredAs }) => declaredAs)) {
  const names = PACKAGES.get(ecosystem);
  if (names) names.push(name);
  else PACKAGES.set(ecosystem, [name]);
}

export function driver(id: string): Driver | undefined {
  return BY_ID.get(id);
}

/** The last day on which anyone supports a build, ISO date; `null`: none is set. The latest of the dates in the vendor's words. */
export function supportEnds({ endOfSupport }: DriverVersion): string | null {
  const dates = endOfSupport?.match(/\b\d{4}-(?:0[1-9]|1[0-2])(?:-\d{2})?\b/g) ?? [];
  const last = dates.sort().at(-1) ?? null;
  if (last === null || last.length > 'YYYY-MM'.length) return last;
  // A month alone: to be sure, its last day.
  const [year = 0, month = 0] = last.split('-').map(Number);
  return new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);
}

/** The vendor says that it is deprecated, or out of support, without a day. */
export function isGivenUp({ endOfSupport }: DriverVersion): boolean {
  return /^(?:deprecated|out of support|no longer supported|unmaintained|abandoned)/.test(endOfSupport ?? '');
}

/** Name without what stands in parentheses: `Microsoft.Data.SqlClient (MDS)` → `Microsoft.Data.SqlClient`. */
export function driverLabel({ name }: Driver): string {
  return name.replace(/\s*\(.*$/, '');
}

/** Catalog id of the driver that a package is or brings. Names compare as their ecosystem compares them. */
export function driverOfPackage(ecosystem: Ecosystem, name: string): string | undefined {
  return BY_PACKAGE.get(packageKey(ecosystem, name));
}

const OTHER_VERSIONS = new Set(
  DRIVERS.flatMap((driver) =>
    driver.declaredAs
      .filter(({ ownVersion }) => ownVersion === false)
      .map(({ ecosystem, name }) => packageKey(ecosystem, name)),
  ),
);

/** Does the package's version number say which driver it is? Not where it only brings the driver (GORM's, a pool's). */
export function hasVersionOfDriver(ecosystem: Ecosystem, name: string): boolean {
  return !OTHER_VERSIONS.has(packageKey(ecosystem, name));
}

export function packagesOf(ecosystem: Ecosystem): readonly string[] {
  return PACKAGES.get(ecosystem) ?? [];
}

/** A file that is part of a driver, in a path, a URL or by itself; `undefined` for any other. */
export const fileNamed = fileNameReader(DRIVERS.flatMap(({ declaredAs }) => declaredAs));

function packageKey(ecosystem: string, name: string): string {
  const folded = ecosystem === 'pypi' ? name.toLowerCase().replace(/[-_.]+/g, '-') : name;
  return `${ecosystem}:${CASELESS.has(ecosystem) ? folded.toLowerCase() : folded}`;
}

const KEYWORDS = new Map(
  DRIVERS.flatMap((entry) =>
    entry.declaredAs
      .filter((as) => as.ecosystem === 'connection-string-keyword')
      .flatMap((as) => as.name.split(' / ').map((name) => [keywordKey(name), entry.id] as const)),
  ),
);

/**
 * The driver that a connection string names: an ODBC driver or OLE DB provider name, `jdbc:sqlserver`, a URL scheme
 * (`mssql+pyodbc`), the prefix of a PDO data source name (`sqlsrv`), or a providerName of .NET. `undefined` when the catalog has none of that name.
 */
export function driverOfName(by: NamedBy, name: string): string | undefined {
  if (by === 'odbc') return KEYWORDS.get(keywordKey(`Driver={${name}}`)) ?? driverOfFile(name);
  if (by === 'oledb') return KEYWORDS.get(keywordKey(`Provider=${name}`));
  if (by === 'provider') return driverOfPackage('nuget', name);
  if (by === 'pdo') return KEYWORDS.get(keywordKey(`${name}:`));
  return KEYWORDS.get(keywordKey(`${name}://`));
}

/** unixODBC takes the library's path in place of the driver's name. */
function driverOfFile(path: string): string | undefined {
  const file = fileNamed(path);
  return file && driverOfPackage(file.ecosystem, file.package);
}

function keywordKey(text: string): string {
  return text
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .replace(/^jdbc:jtds:sqlserver:/, 'jdbc:jtds:')
    .replace(/^(sqlsrv|dblib):.*$/, '$1:');
}

/** The builds as these features make them: only the TLS stacks that a written feature brings. */
export function withFeatures(
  { stackOfFeature }: Driver,
  rows: readonly DriverVersion[],
  features: readonly string[] | undefined,
): readonly DriverVersion[] {
  const kinds = new Set((features ?? []).flatMap((feature) => stackOfFeature?.[feature] ?? []));
  if (kinds.size === 0) return rows;
  return rows.map((row) => {
    const stacks = row.stacks.filter((kind) => kinds.has(kind));
    return stacks.length > 0 ? { ...row, stacks } : row;
  });
}

/**
 * Builds that a written version can mean. Every build when `written` is `null` or cannot be read; none when it can be
 * read but the catalog has no such build.
 */
export function driverVersions(entry: Driver, written: string | null): readonly DriverVersion[] {
  const wanted = written === null ? null : versionRange(written);
  if (wanted === null) return entry.versions;
  return entry.versions.filter(({ semver }) => semver === null || rangesOverlap(semver, wanted));
}
