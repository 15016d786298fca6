/**
 * Data source names of PHP's PDO: `sqlsrv:Server=host,port;Database=…;Encrypt=1` (PDO_SQLSRV DSN) and
 * `dblib:host=host:port;dbname=…` (PDO_DBLIB DSN).
 */
import { lexOdbc } from './odbc.ts';
import type { Lexed } from './token.ts';

export interface PdoPrefix {
  readonly name: 'sqlsrv' | 'dblib';
  /** Where the name begins. */
  readonly start: number;
  readonly length: number;
}

/** `null` for anything else. */
export function pdoPrefix(text: string): PdoPrefix | null {
  const [whole, blanks = '', name] = /^(\s*)(sqlsrv|dblib):(?=\s*[a-z]+\s*=)/i.exec(text) ?? [];
  if (whole === undefined) return null;
  return {
    name: name?.toLowerCase() === 'dblib' ? 'dblib' : 'sqlsrv',
    start: blanks.length,
    length: whole.length,
  };
}

export const lexPdo = (text: string, { length }: PdoPrefix): Lexed => lexOdbc(text, length);
