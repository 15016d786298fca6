/** A driver as a person writes it in one line: `ODBC Driver 17 for SQL Server 17.4`, `mssql-jdbc 6.4`, `tedious@16.3`. */
import { DRIVERS, type Driver, driverLabel } from './drivers.ts';

export interface NamedDriver {
  readonly driver: Driver;
  /** What follows the name, as written; `null` when nothing does. */
  readonly version: string | null;
}

/** Every name of every driver, in lower case, the longest first. */
export const DRIVER_NAMES: readonly (readonly [string, Driver])[] = DRIVERS.flatMap((driver) =>
  spellings(driver).map((name) => [name.toLowerCase(), driver] as const),
).sort(([one], [other]) => other.length - one.length);

/** The driver with the longest name that the text begins with. `undefined` when the catalog has none of that name. */
export function driverOfText(written: string): NamedDriver | undefined {
  const text = written.trim();
  const lower = text.toLowerCase();
  const match = DRIVER_NAMES.find(
    ([name]) => lower.startsWith(name) && !/^[\w.]/.test(lower.slice(name.length)),
  );
  if (!match) return undefined;
  const version = /^[\s@:]*(?:version\s+|v)?(\d[\w.+-]*)/i.exec(text.slice(match[0].length))?.[1];
  return { driver: match[1], version: version ?? null };
}

function spellings(driver: Driver): string[] {
  const names = [driver.id, driverLabel(driver)];
  for (const { ecosystem, name } of driver.declaredAs) {
    if (ecosystem === 'connection-string-keyword') {
      names.push(/^(?:Driver=\{?|Provider=)([^}]+)\}?$/.exec(name)?.[1] ?? name);
    } else {
      names.push(name);
      if (ecosystem === 'maven') names.push(name.slice(name.indexOf(':') + 1));
    }
  }
  return names;
}
