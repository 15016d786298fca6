/** GitHub actions that install a SQL Server on the runner: data, by the action's name. */
import type { Declaration } from '../../../model/declaration.ts';
import type { Vocabulary } from '../../../model/vocabulary.ts';
import type { SourceText } from '../../text/source-text.ts';
import { SQL_SERVER_PORT } from '../containers/services.ts';
import { driverDeclaration } from '../driver-declaration.ts';
import type { PlacedValue } from './placeholders.ts';

interface SqlServerAction {
  readonly name: RegExp;
  /** Inputs that may hold the year of the server. */
  readonly versions: readonly string[];
  /** What it puts there only where its input `install` says so; `null`: always. */
  readonly installs: { readonly server: RegExp; readonly client: RegExp } | null;
}

/** "Usage" of each: https://github.com/potatoqualitee/mssqlsuite, https://github.com/tediousjs/setup-sqlserver, https://github.com/ankane/setup-sqlserver */
const ACTIONS: readonly SqlServerAction[] = [
  {
    name: /^potatoqualitee\/mssqlsuite@/i,
    versions: ['version'],
    installs: { server: /\bsqlengine\b/i, client: /\bsqlclient\b/i },
  },
  { name: /^tediousjs\/setup-sqlserver@/i, versions: ['sqlserver-version'], installs: null },
  {
    name: /^ankane\/setup-(?:mssql|sqlserver)@/i,
    versions: ['sqlserver-version', 'mssql-version', 'sql-version', 'version'],
    installs: null,
  },
  {
    name: /^particular\/(?:setup|install)-sql-?server(?:-action)?@/i,
    versions: ['sql-version', 'sql-server-version', 'version'],
    installs: null,
  },
];

/** The catalog's row for actions that install sqlcmd. */
const TOOLS = 'potatoqualitee/mssqlsuite and the like';

/** `uses` with its version cut off is what names a driver; `input` gives the values of an input. */
export function declareSqlServerAction(
  source: SourceText,
  uses: PlacedValue,
  input: (name: string) => readonly PlacedValue[],
  isWindows: boolean,
  vocabulary: Vocabulary,
): Declaration[] {
  const action = ACTIONS.find(({ name }) => name.test(uses.value));
  if (!action) return [];
  const { versions, installs } = action;
  const install = input('install')[0]?.value ?? '';
  const name = uses.value.replace(/@.*$/, '');
  const place = { start: uses.start, end: uses.start + name.length };
  const tools = installs?.client.test(install)
    ? driverDeclaration(source, vocabulary, {
        ecosystem: 'github-action',
        package: TOOLS,
        version: null,
        role: 'uses',
        ...place,
      })
    : [];
  if (installs && !installs.server.test(install)) return tools;
  const years = versions.flatMap(input);
  const servers = (years.length > 0 ? years : [{ value: '', ...place }]).map(({ value, start, end }) => {
    const server = serverOf(value, isWindows, vocabulary);
    return {
      kind: 'server' as const,
      span: source.span(start, end),
      text: source.text.slice(start, end),
      scope: source.folder,
      image: null,
      product: server && vocabulary.productOf(server),
      server,
      stack: null,
      endpoints: [{ host: 'localhost', port: SQL_SERVER_PORT, instance: null }],
    };
  });
  return [...tools, ...servers];
}

/** Until 2016 there is SQL Server for Windows only. */
function serverOf(version: string, isWindows: boolean, vocabulary: Vocabulary): string | null {
  const year = /^(?:sql-?)?(20\d\d)$/i.exec(version.trim())?.[1];
  if (year === undefined) return null;
  const ids = isWindows || Number(year) < 2017 ? [`sqlserver-${year}`] : [`sqlserver-linux-${year}`];
  return ids.find((id) => vocabulary.productOf(id) !== null) ?? null;
}
