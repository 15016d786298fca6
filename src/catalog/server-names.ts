/** Which SQL Server a name of infrastructure as code, of an installer or of the registry means (data/server-names.json). */
import type { NamedServer, ServerNaming } from '../model/vocabulary.ts';
import data from './data/server-names.json' with { type: 'json' };
import { server } from './servers.ts';

interface NameRow {
  readonly where: string;
  readonly pattern: string;
  readonly server: string | null;
  readonly stack: string | null;
  readonly product?: string;
  readonly endpoint?: string;
}

const ROWS = (data.rows as readonly NameRow[]).map((row) => ({ ...row, test: new RegExp(row.pattern, 'i') }));
const BY_PLACE = new Map(ROWS.map(({ where }) => [where, ROWS.filter((row) => row.where === where)]));

/** Longer names are none; this also bounds the expressions' work. */
const MAX_NAME = 200;

export function serverOfName(where: ServerNaming, name: string): NamedServer | null {
  const rows = (BY_PLACE.get(where) ?? []).filter((row) => row.test.test(name.slice(0, MAX_NAME)));
  const named = rows.find((row) => row.server !== null);
  if (!named?.server) return null;
  return {
    id: named.server,
    product: named.product ?? server(named.server)?.label ?? null,
    stack: rows.find((row) => row.stack !== null)?.stack ?? null,
    hostOf: named.endpoint ?? null,
  };
}
