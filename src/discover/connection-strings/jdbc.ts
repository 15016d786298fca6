/**
 * `jdbc:sqlserver://[server[\instance][:port]][;property=value]…` (Microsoft JDBC Driver, "Building the connection URL")
 * and `jdbc:jtds:sqlserver://server[:port][/database][;property=value]…` (jTDS FAQ).
 */
import { lexOdbc } from './odbc.ts';
import type { Lexed } from './token.ts';

const PREFIX = /^(\s*)(?:jdbc:sqlserver|(jdbc:jtds):sqlserver):(?:\/\/)?/i;

export interface JdbcPrefix {
  readonly name: 'jdbc:sqlserver' | 'jdbc:jtds';
  /** Where the name begins. */
  readonly start: number;
  readonly length: number;
}

/** `null` for the URL of another driver, and for anything else. */
export function jdbcPrefix(text: string): JdbcPrefix | null {
  const prefix = PREFIX.exec(text);
  if (!prefix) return null;
  const name = prefix[2] === undefined ? 'jdbc:sqlserver' : 'jdbc:jtds';
  return { name, start: prefix[1]?.length ?? 0, length: prefix[0].length };
}

export function lexJdbc(text: string, { length }: JdbcPrefix): Lexed {
  const serverEnd = length + text.slice(length).search(/[;/]|$/);
  const semicolon = text.indexOf(';', serverEnd);
  const server = text.slice(length, serverEnd);
  return {
    ...lexOdbc(text, semicolon < 0 ? text.length : semicolon),
    server: server.trim() === '' ? null : { text: server, start: length, end: serverEnd },
  };
}
