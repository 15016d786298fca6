/** Which grammar a text is written in, and whether it is for SQL Server at all: many databases write the same words. */
import type { ConnectionDeclaration } from '../../model/declaration.ts';
import { lexAdo } from './ado.ts';
import { isPlaceholder, keywordEndpoint } from './endpoint.ts';
import { jdbcPrefix, lexJdbc } from './jdbc.ts';
import {
  type Canonical,
  type Dialect,
  isForeign,
  isForeignPort,
  isKeyword,
  isKnown,
  isSqlClient,
  isSqlClientOnly,
} from './keywords.ts';
import { lexOdbc } from './odbc.ts';
import { lexPdo, pdoPrefix } from './pdo.ts';
import type { Lexed, Range, Token } from './token.ts';
import { lexUrl, urlScheme } from './url.ts';

/** A connection string taken apart, before any judgement. */
export interface Reading {
  readonly grammar: ConnectionDeclaration['grammar'];
  readonly dialect: Dialect;
  readonly lexed: Lexed;
  /** The prefix that names the driver. */
  readonly prefix: (Range & { readonly ecosystem: 'jdbc' | 'url' | 'pdo'; readonly name: string }) | null;
}

/** `null` for the URL of something else. */
export function readingOf(text: string): Reading | null {
  const jdbc = jdbcPrefix(text);
  if (jdbc && text.length > jdbc.length) {
    const { name, start } = jdbc;
    const prefix = { ecosystem: 'jdbc', name, start, end: start + name.length } as const;
    return {
      grammar: 'jdbc',
      dialect: name === 'jdbc:jtds' ? 'jtds' : 'jdbc',
      lexed: lexJdbc(text, jdbc),
      prefix,
    };
  }
  const pdo = pdoPrefix(text);
  if (pdo) {
    const { name, start } = pdo;
    const prefix = { ecosystem: 'pdo', name, start, end: start + name.length } as const;
    return { grammar: 'odbc', dialect: name, lexed: lexPdo(text, pdo), prefix };
  }
  const scheme = urlScheme(text);
  if (scheme && text.length > scheme.length) {
    const { name, start } = scheme;
    const prefix = { ecosystem: 'url', name, start, end: start + name.length } as const;
    return { grammar: 'url', dialect: 'url', lexed: lexUrl(text, scheme), prefix };
  }
  if (/^\s*(?:[a-z][a-z0-9+.-]*:\/\/|jdbc:)/i.test(text)) return null;
  const odbc = keywordReading('odbc', lexOdbc(text));
  if (tokenOf(odbc, 'driver') || tokenOf(odbc, 'dsn')) return odbc;
  const ado = keywordReading('ado', lexAdo(text));
  return tokenOf(ado, 'provider') && !tokenOf(ado, 'inner') ? keywordReading('oledb', ado.lexed) : ado;
}

const keywordReading = (grammar: 'ado' | 'odbc' | 'oledb', lexed: Lexed): Reading => ({
  grammar,
  dialect: grammar,
  lexed,
  prefix: null,
});

/** The token that counts: of several the last, for ODBC the first (SQLDriverConnect). Never a secret's. */
export function tokenOf({ dialect, lexed }: Reading, canonical: Canonical): Token | null {
  const meant = ({ keyword, value }: Token) => value !== null && isKeyword(dialect, canonical, keyword);
  return (dialect === 'odbc' ? lexed.tokens.find(meant) : lexed.tokens.findLast(meant)) ?? null;
}

export const textOf = (reading: Reading, canonical: Canonical): string | null =>
  tokenOf(reading, canonical)?.value?.trim() || null;

export type Recognition = 'certain' | 'ambiguous' | 'other';

/** `provider` is the .NET provider that the file names beside the string. */
export function recognise(reading: Reading, provider: string | null): Recognition {
  const { lexed, prefix } = reading;
  if (prefix) return 'certain';
  if (lexed.tokens.length < 2) return 'other';
  return byName(reading, provider) ?? bySigns(reading);
}

/** A name, an alias that somebody chose, or the path of a library. */
const ODBC_DRIVER =
  /(?:^|[^a-z]|ms)sql[ _-]?server|^sql native client|^mssql|freetds|^tds$|tdsodbc|msodbcsql|sqlncli|sqlsrv32/i;
const OLEDB_PROVIDER = /^(?:sqloledb|sqlncli|msoledbsql)/i;
const SQL_CLIENT = /^(?:system|microsoft)\.data\.sqlclient$/i;
/** Providers that leave the database to the string. */
const ANY_DATABASE =
  /^system\.data\.(?:odbc|oledb|entityclient|entity\.core\.entityclient)$|sql ?server(?! ?ce)/i;

/** What a driver, an OLE DB provider or a .NET provider decides; `null` when nothing is named. */
function byName(reading: Reading, provider: string | null): Recognition | null {
  const driver = textOf(reading, 'driver');
  if (driver && !isPlaceholder(driver)) return ODBC_DRIVER.test(driver) ? 'certain' : 'other';
  const oledb = reading.grammar === 'oledb' ? textOf(reading, 'provider') : null;
  if (oledb && !isPlaceholder(oledb)) return OLEDB_PROVIDER.test(oledb) ? 'certain' : 'other';
  if (provider === null || ANY_DATABASE.test(provider)) return null;
  const known = reading.lexed.tokens.some(({ keyword }) => isKnown(reading.dialect, keyword));
  return SQL_CLIENT.test(provider) && known ? 'certain' : 'other';
}

/** A file of SQLite, Access or SQL Server Compact; Oracle's descriptors and `host:port/service`; a service's address. */
const FOREIGN_SERVER = /\.(?:db3?|sqlite3?|mdb|accdb|sdf|xlsx?|csv)$|^\(description|:memory:|\//i;
/** Also where a part is a placeholder: `${HOST},1433`, `${HOST}\SQLEXPRESS`. */
const SQL_SERVER_PLACE =
  /^(?:tcp|np|lpc):|\.database\.(?:windows\.net|usgovcloudapi\.net|chinacloudapi\.cn|fabric\.microsoft\.com)$|,\s*\d{1,5}$|^[^\\]+\\[\w$#&-]+$|^\(local(?:db)?\)/i;

function bySigns(reading: Reading): Recognition {
  const server = textOf(reading, 'server');
  const words = reading.lexed.tokens.map(({ keyword }) => keyword);
  if (server && !isPlaceholder(server) && FOREIGN_SERVER.test(server)) return 'other';
  if (words.some(isSqlClientOnly)) return 'certain';
  if (words.some(isForeign) || isForeignPort(textOf(reading, 'port') ?? '')) return 'other';
  if (words.some(isSqlClient)) return 'certain';
  if (server === null) return 'other';
  const place = keywordEndpoint(server);
  if (place?.port || place?.instance || SQL_SERVER_PLACE.test(server)) return 'certain';
  return tokenOf(reading, 'database') || tokenOf(reading, 'user') ? 'ambiguous' : 'other';
}
