/**
 * URLs: `sqlserver://user:password@host:port?encrypt=true` (go-mssqldb), `sqlserver://host:port;database=…` (Prisma),
 * `mssql+pyodbc://user:password@host/database?driver=…` (SQLAlchemy). RFC 3986 with percent and plus encoding.
 */
import { isSecretKeyword } from './keywords.ts';
import { BRACES, lexPairs } from './pairs.ts';
import type { Lexed, Token } from './token.ts';

const SCHEME = /^(sqlserver|mssql(?:\+[a-z]{1,20})?):\/\//i;

/** `mssql+pyodbc`, `sqlserver`, …; `null` for another scheme. */
export function urlScheme(text: string): string | null {
  return SCHEME.exec(text)?.[1]?.toLowerCase() ?? null;
}

export function lexUrl(text: string): Lexed {
  const start = SCHEME.exec(text)?.[0].length ?? 0;
  const authorityEnd = firstOf(text, start, ['/', '?', ';', '#']);
  const at = text.lastIndexOf('@', authorityEnd - 1);
  const hasUser = at >= start;
  const colon = hasUser ? text.indexOf(':', start) : -1;
  const hostStart = hasUser ? at + 1 : start;
  const server = text.slice(hostStart, authorityEnd);
  return {
    tokens: parametersOf(text, authorityEnd),
    server: server === '' ? null : { text: decodeComponent(server), start: hostStart, end: authorityEnd },
    secrets: colon >= 0 && colon < at ? [{ start: colon + 1, end: at }] : [],
  };
}

function parametersOf(text: string, from: number): readonly Token[] {
  const query = text.indexOf('?', from);
  if (query >= 0) {
    return lexPairs(text, {}, query + 1, '&').tokens.flatMap((token) => odbcConnect(decoded(token)));
  }
  const semicolon = text.indexOf(';', from);
  return semicolon < 0 ? [] : lexPairs(text, BRACES, semicolon).tokens;
}

function decoded(token: Token): Token {
  return token.value === null ? token : { ...token, value: decodeComponent(token.value) };
}

/** SQLAlchemy's `odbc_connect` carries a whole ODBC string, percent-encoded: its keywords stand on that parameter. */
function odbcConnect(token: Token): readonly Token[] {
  if (token.keyword.toLowerCase() !== 'odbc_connect' || token.value === null) return [token];
  const { valueStart, valueEnd } = token;
  const inner = lexPairs(token.value, BRACES).tokens.map((one) => ({ ...one, valueStart, valueEnd }));
  return inner.some(({ keyword }) => isSecretKeyword(keyword))
    ? [...inner, { ...token, value: null }]
    : inner;
}

function decodeComponent(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}

function firstOf(text: string, from: number, marks: readonly string[]): number {
  const found = marks.map((mark) => text.indexOf(mark, from)).filter((at) => at >= 0);
  return found.length > 0 ? Math.min(...found) : text.length;
}
