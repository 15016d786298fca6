/**
 * URLs: `sqlserver://user:password@host/instance?encrypt=true` (go-mssqldb), `sqlserver://host:port;database=…` (Prisma),
 * `mssql://…` (node-mssql), `r2dbc:mssql://…`, `mssql+pyodbc://user:password@host/database?driver=…` (SQLAlchemy). RFC 3986.
 */
import { fromPercentEncoding } from '../text/decoded.ts';
import { isSecretKeyword } from './keywords.ts';
import { lexOdbc } from './odbc.ts';
import type { Lexed, Range, Token } from './token.ts';
import { userInfo } from './user-info.ts';

const SCHEME = /^(\s*)((?:r2dbcs?:(?:[a-z]{1,10}:)?)?(?:sqlserver|mssql(?:\+[a-z_]{1,20})?)):\/\//i;

export interface UrlScheme {
  /** `sqlserver`, `mssql`, `mssql+pyodbc`, `r2dbc:mssql`, … */
  readonly name: string;
  readonly start: number;
  /** Up to the authority. */
  readonly length: number;
}

/** `null` for another scheme. */
export function urlScheme(text: string): UrlScheme | null {
  const scheme = SCHEME.exec(text);
  // R2DBC's pool and proxy stand between ("R2DBC Connection URL").
  const name = scheme?.[2]?.toLowerCase().replace(/^r2dbcs?:(?:\w+:)?/, 'r2dbc:');
  if (!scheme || name === undefined) return null;
  return { name, start: scheme[1]?.length ?? 0, length: scheme[0].length };
}

export function lexUrl(text: string, { name, length }: UrlScheme): Lexed {
  const { hostStart, password } = userInfo(text, length, text.length, true);
  const hostEnd = find(text, hostStart, /[/?#;]|$/);
  const pathEnd = find(text, hostEnd, /[?#;]|$/);
  const path = decoded(text, hostEnd + 1, pathEnd);
  const parameters = text[pathEnd] === '?' ? lexQuery(text, pathEnd + 1) : lexOdbc(text, pathEnd);
  const host = { text: decoded(text, hostStart, hostEnd), start: hostStart, end: hostEnd };
  return {
    tokens: parameters.tokens,
    server: host.text === '' || (OVER_ODBC.test(name) && path === '') ? null : host,
    instance: instanceIn(name, path),
    secrets: [...(password ? [password] : []), ...parameters.secrets],
  };
}

/** Without a database in the path, SQLAlchemy's ODBC dialects take the host for the name of a data source. */
const OVER_ODBC = /^mssql\+(?:pyodbc|aioodbc)$/;

/** go-mssqldb: `/instance`; node-mssql: `/instance/database`; for everybody else the path is the database. */
function instanceIn(name: string, path: string): string | null {
  const [first = '', second] = path.split('/');
  if (first === '') return null;
  return name === 'sqlserver' || (name === 'mssql' && second) ? first : null;
}

type Parameters = Pick<Lexed, 'tokens' | 'secrets'>;

function lexQuery(text: string, start: number): Parameters {
  const end = find(text, start, /#|$/);
  const found: Parameters[] = [];
  for (let at = start; at < end; ) {
    const stop = Math.min(find(text, at, /&|$/), end);
    const equals = text.slice(at, stop).indexOf('=');
    if (equals >= 0) found.push(parameter(text, at, at + equals, stop));
    at = stop + 1;
  }
  return { tokens: found.flatMap(({ tokens }) => tokens), secrets: found.flatMap(({ secrets }) => secrets) };
}

function parameter(text: string, start: number, equals: number, end: number): Parameters {
  const keyword = decoded(text, start, equals).trim();
  const place = { keywordStart: start, keywordEnd: equals, valueStart: equals + 1, valueEnd: end };
  if (isSecretKeyword(keyword))
    return {
      tokens: [{ ...place, keyword, value: null, secret: true }],
      secrets: [{ start: equals + 1, end }],
    };
  if (keyword.toLowerCase() === 'odbc_connect') return odbcConnect(text, { start: equals + 1, end });
  return {
    tokens: [{ ...place, keyword, value: decoded(text, equals + 1, end), secret: false }],
    secrets: [],
  };
}

/** A whole ODBC string, percent-encoded: its tokens with their places in the URL. */
function odbcConnect(text: string, { start, end }: Range): Parameters {
  const inner = fromPercentEncoding(text, start, end);
  const { tokens, secrets } = lexOdbc(inner.text);
  const at = (offset: number) => inner.sourceOffset(offset);
  return {
    tokens: tokens.map(
      (token): Token => ({
        ...token,
        keywordStart: at(token.keywordStart),
        keywordEnd: at(token.keywordEnd),
        valueStart: at(token.valueStart),
        valueEnd: at(token.valueEnd),
      }),
    ),
    secrets: secrets.map((range) => ({ start: at(range.start), end: at(range.end) })),
  };
}

function decoded(text: string, start: number, end: number): string {
  return start < end ? fromPercentEncoding(text, start, end).text : '';
}

/** First place of `mark` from `from` on; `mark` matches the end as well. */
function find(text: string, from: number, mark: RegExp): number {
  return from + text.slice(from).search(mark);
}
