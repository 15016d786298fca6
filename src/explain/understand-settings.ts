/** `Encrypt=false;TrustServerCertificate=true`, or a whole connection string, as the client's own driver reads it. */
import type { Driver } from '../catalog/drivers.ts';
import { declareConnection } from '../discover/connection-strings/declare.ts';
import { plain } from '../discover/text/decoded.ts';
import { SourceText } from '../discover/text/source-text.ts';
import type { ConnectionDeclaration } from '../model/declaration.ts';
import { nearest } from '../policy/suggestion.ts';
import { quoted } from './not-understood.ts';
import { MAX_LENGTH } from './remaining.ts';

export interface UnderstoodSettings {
  readonly connection: ConnectionDeclaration | null;
  readonly notUnderstood: readonly string[];
}

/** A server that nobody wrote: some grammars are recognised by it. */
const NOBODY = 'Server=not-said,1433;';

/** How each kind of driver (catalog `kind`) begins a string. */
const BEGINNINGS: Readonly<Record<string, string>> = {
  jdbc: 'jdbc:sqlserver://not-said:1433;',
  odbc: `Driver={ODBC Driver 17 for SQL Server};${NOBODY}`,
  php: `Driver={ODBC Driver 17 for SQL Server};${NOBODY}`,
  python: `Driver={ODBC Driver 17 for SQL Server};${NOBODY}`,
  tool: `Driver={ODBC Driver 17 for SQL Server};${NOBODY}`,
  oledb: `Provider=MSOLEDBSQL;${NOBODY}`,
  'tds-library': `Driver={FreeTDS};${NOBODY}`,
};

/** go-mssqldb has the same keywords in a URL, where the lexer knows its own words (`disable`). */
const GO = 'sqlserver://not-said:1433?';

/** `encrypt: false, trustServerCertificate: true`, as options of a program, is written as keywords. */
const asKeywords = (text: string): string =>
  text.includes('=') || text.includes('//')
    ? text
    : text
        .replace(/["'{}]/g, '')
        .replace(/\s*:\s*/g, '=')
        .replace(/\s*,\s*/g, ';');

/** Keywords that mean something here. */
const MEANT = [
  'Encrypt',
  'TrustServerCertificate',
  'Encryption',
  'ssl',
  'Pooling',
  'Connect Timeout',
  'HostNameInCertificate',
];
/** Keywords that every connection string may have, and that say nothing of TLS. */
const SILENT =
  /^(?:driver|provider|dsn|server|data source|addr|address|network address|host|port|instance(?:name)?|database|databasename|initial catalog|user(?: ?id| ?name)?|uid|pwd|password|pass|trusted_connection|integrated ?security|application ?name|app|multisubnetfailover|applicationintent|mars_connection|multipleactiveresultsets|connectretry\w+|packet ?size|logintimeout|persist security info|max pool size|min pool size|authentication)$/i;

export function understandSettings(written: string, driver: Driver | null): UnderstoodSettings {
  const text = asKeywords(written.slice(0, MAX_LENGTH));
  const whole = /^\s*(?:jdbc:|[a-z][\w+]*:\/\/)|\b(?:server|data source|driver|provider|dsn)\s*=/i.test(text);
  const beginning = whole ? '' : beginningOf(driver);
  const asUrl = driver?.kind === 'go' && !whole;
  const source = new SourceText(
    '--settings',
    asUrl ? `${GO}${text.trim().replace(/;\s*/g, '&')}` : beginning + text.trim(),
  );
  const declared = declareConnection(source, plain(source, 0, source.text.length));
  // Nobody dials it, and a certificate that is only described has no names to compare.
  const connection = declared && {
    ...declared,
    endpoint: null,
    endpointSpan: null,
    hostNameInCertificate: null,
  };
  return { connection, notUnderstood: problemsOf(text, connection) };
}

function beginningOf(driver: Driver | null): string {
  if (driver?.id === 'jtds') return 'jdbc:jtds:sqlserver://not-said:1433;';
  if (driver?.id === 'vertx-mssql-client' || driver?.id === 'r2dbc-mssql') return NOBODY;
  return BEGINNINGS[driver?.kind ?? ''] ?? NOBODY;
}

function problemsOf(text: string, connection: ConnectionDeclaration | null): readonly string[] {
  const problems: string[] = [];
  const settings = [connection?.encrypt, connection?.trustServerCertificate].filter((one) => !!one);
  for (const { keyword, written, value } of settings)
    if (value === null)
      problems.push(
        `${quoted(written)} in --settings is no value of ${keyword}; expected true, false or strict`,
      );
  const read = settings.map(({ keyword }) => plainKey(keyword));
  for (const part of text.split(/[;?&]/)) {
    const [, keyword, value] = /^\s*([\w .-]+?)\s*=\s*(.*)$/.exec(part) ?? [];
    if (keyword === undefined || value === undefined) {
      if (/\w/.test(part) && !/:\/\/|^\s*jdbc:/i.test(part))
        problems.push(`${quoted(part.trim())} in --settings; expected keyword=value`);
    } else if (!read.includes(plainKey(keyword)) && !SILENT.test(keyword) && !isRead(keyword, connection)) {
      const near = nearest(keyword, MEANT);
      problems.push(
        `"${keyword}" in --settings; ${near && plainKey(near) !== plainKey(keyword) ? `did you mean "${near}"?` : 'this driver has no such keyword about TLS'}`,
      );
    }
  }
  return problems;
}

const plainKey = (keyword: string) => keyword.toLowerCase().replace(/[\s_]/g, '');

function isRead(keyword: string, connection: ConnectionDeclaration | null): boolean {
  const own = [connection?.pooling?.keyword, connection?.connectTimeout?.keyword, 'hostNameInCertificate'];
  return own.some((one) => one !== undefined && plainKey(one) === plainKey(keyword));
}
