/**
 * `jdbc:sqlserver://[server[\instance][:port]][;property=value]…` (Microsoft JDBC Driver, "Building the connection URL")
 * and `jdbc:jtds:sqlserver://server[:port][/database][;property=value]…`.
 */
import { BRACES, lexPairs } from './pairs.ts';
import type { Lexed } from './token.ts';

const PREFIX = /^jdbc:(?:jtds:)?sqlserver:(?:\/\/)?/i;

/** `jdbc:sqlserver` or `jdbc:jtds` for a URL of that driver; `null` for anything else. */
export function jdbcDriver(text: string): 'jdbc:sqlserver' | 'jdbc:jtds' | null {
  const prefix = PREFIX.exec(text)?.[0].toLowerCase();
  if (prefix === undefined) return null;
  return prefix.startsWith('jdbc:jtds') ? 'jdbc:jtds' : 'jdbc:sqlserver';
}

export function lexJdbc(text: string): Lexed {
  const start = PREFIX.exec(text)?.[0].length ?? 0;
  const semicolon = text.indexOf(';', start);
  const end = semicolon < 0 ? text.length : semicolon;
  const slash = text.indexOf('/', start);
  const serverEnd = slash >= 0 && slash < end ? slash : end;
  const server = text.slice(start, serverEnd);
  return {
    ...lexPairs(text, BRACES, end),
    server: server === '' ? null : { text: server, start, end: serverEnd },
  };
}
