/** Which driver a connection string is for: the one it names, else one of its component that reads its grammar. */
import { driver, driverOfName, driverVersions } from '../catalog/drivers.ts';
import type { ConnectionDeclaration } from '../model/declaration.ts';
import type { Span } from '../model/span.ts';
import { type Native, nativesOfDriver } from './natives.ts';

/** Kinds of driver (catalog `kind`) that read each grammar when the string names none. */
const READS: Readonly<Record<ConnectionDeclaration['grammar'], readonly string[]>> = {
  ado: ['ado.net', 'node', 'go', 'rust'],
  oledb: ['oledb'],
  odbc: ['odbc', 'tds-library', 'python'],
  jdbc: ['jdbc'],
  url: ['go', 'rust', 'node', 'python', 'odbc'],
  freetds: ['tds-library'],
  options: ['node'],
};

/** SQLAlchemy dialects and the driver behind them; the ODBC ones take whichever ODBC driver the component has. */
const DIALECTS: Readonly<Record<string, readonly string[]>> = {
  'mssql+pymssql': ['pymssql'],
  'mssql+pytds': ['python-tds'],
  'mssql+mssqlpython': ['mssql-python'],
};

const NETFX = 'netfx-system-data-sqlclient';

/** The .NET Framework a component targets: its SqlClient is part of it. */
export interface Framework {
  /** A range where only a lower bound is known. */
  readonly version: string | null;
  readonly span: Span;
}

/** Natives for this string; a driver that it names and nothing declares is taken with an unknown version. */
export function nativesFor(
  connection: ConnectionDeclaration,
  natives: readonly Native[],
  framework: Framework | null,
): readonly Native[] {
  const { names } = connection;
  if (names?.ecosystem === 'url') {
    const dialect = DIALECTS[names.name];
    if (dialect) return natives.filter(({ driver: { id } }) => dialect.includes(id));
    return readers(
      connection,
      natives,
      names.name.startsWith('mssql') ? ['odbc', 'tds-library', 'go'] : READS.url,
    );
  }
  if (names?.ecosystem === 'provider' && names.name === 'System.Data.SqlClient') {
    const packaged = natives.filter(({ driver: { id } }) => id === 'system-data-sqlclient-nuget');
    return packaged.length > 0
      ? packaged
      : named(NETFX, framework?.version ?? null, framework?.span ?? names.span);
  }
  const id = names && driverOfName(names.ecosystem, names.name);
  if (names && id) {
    const declared = natives.filter((native) => native.driver.id === id);
    return declared.length > 0 ? declared : namedOrBrought(id, natives, names.span);
  }
  const found = readers(connection, natives, READS[connection.grammar]);
  if (found.length > 0 || connection.grammar !== 'ado' || !framework) return found;
  return frameworkNatives(framework);
}

/** System.Data.SqlClient of the .NET Framework. */
export function frameworkNatives({ version, span }: Framework): readonly Native[] {
  return named(NETFX, version, span);
}

function readers(
  connection: ConnectionDeclaration,
  natives: readonly Native[],
  kinds: readonly string[],
): readonly Native[] {
  return natives.filter(
    ({ driver: { kind } }) => kinds.includes(kind) && !(connection.ambiguous && kind === 'python'),
  );
}

/** A wrapper (PHP's sqlsrv) speaks through a driver that the component has, else through any that it can bring. */
function namedOrBrought(id: string, natives: readonly Native[], span: Span): readonly Native[] {
  const entry = driver(id);
  if (!entry?.versions.some(({ stacks }) => stacks.includes('inherits'))) return named(id, null, span);
  const brought = nativesOfDriver(entry, null, span);
  const ids = new Set(brought.map((native) => native.driver.id));
  const own = natives.filter((native) => ids.has(native.driver.id));
  return own.length > 0 ? own : brought;
}

function named(id: string, version: string | null, span: Span): readonly Native[] {
  const entry = driver(id);
  return entry
    ? [
        {
          driver: entry,
          version,
          rows: driverVersions(entry, version),
          span,
          repeats: [],
          declared: null,
          wrappers: [],
        },
      ]
    : [];
}
