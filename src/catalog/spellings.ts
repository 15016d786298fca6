/** Drivers, runtimes, operating systems and SQL Servers found anywhere in what a person writes (data/spellings.json). */
import type { Platform } from '../model/declaration.ts';
import data from './data/spellings.json' with { type: 'json' };
import { DRIVER_NAMES } from './driver-text.ts';
import { type Driver, driver } from './drivers.ts';
import { type Server, server } from './servers.ts';
import { stacksOfFamily, type TlsStack, tlsStack } from './tls-stacks.ts';

/** Where it stands in the text; `end` is exclusive. */
export interface Found<T> {
  readonly value: T;
  readonly start: number;
  readonly end: number;
}

export interface WrittenDriver {
  readonly driver: Driver;
  /** As written; `null` when none follows the name. */
  readonly version: string | null;
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&').replaceAll(' ', '[ _-]+');

/** A version right behind a name: ` 17.4`, `@15.0.1`, ` v1.7`, ` (11.0.5058)`. */
const VERSION = /^[ @:=,(]*(?:version |ver\.? ?|v\.? ?|[\^~])?(\d[\w.+-]*)\)?/i;

const BY_MAJOR = data.drivers.flatMap((row) =>
  'majors' in row && row.majors
    ? row.names.map((name) => ({
        name,
        test: new RegExp(`(?<![\\w.@/-])${escaped(name)}(?![a-z])`, 'i'),
        majors: row.majors as Readonly<Record<string, string>>,
      }))
    : [],
);

interface Name {
  readonly name: string;
  readonly driver: Driver;
  /** That the name itself says; `null`: none. */
  readonly version: string | null;
}

/** Say nothing without a version; the driver named `SQL Server` is told by its braces, and many are for SQL Server. */
const NEEDS_MORE = new Set(['odbc', 'ole db', 'oledb', 'msodbcsql', 'sql server']);

const NAMES: readonly (Name & { readonly test: RegExp })[] = [
  ...data.drivers.flatMap((row): Name[] => {
    const found = 'driver' in row && row.driver ? driver(row.driver) : undefined;
    return found ? row.names.map((name) => ({ name, driver: found, version: row.version ?? null })) : [];
  }),
  ...DRIVER_NAMES.map(([name, found]) => ({ name, driver: found, version: null })),
]
  .filter(({ name }) => !NEEDS_MORE.has(name))
  .sort((one, other) => other.name.length - one.name.length)
  .map((one) => ({
    ...one,
    test: new RegExp(`(?<![\\w.@/-])${escaped(one.name)}(?![\\w/]|\\.[a-z])`, 'i'),
  }));

/** The longest name that is in the text; where the major version decides (`ODBC 17.4`), by that. */
export function driverIn(text: string): Found<WrittenDriver> | null {
  const named = nameIn(text);
  const major = byMajorIn(text);
  if (!named || !major) return named ?? major;
  const longer = named.end - named.start > major.end - major.start;
  if (!longer) return major;
  const { value } = named;
  // `ODBC Driver 13.1 for SQL Server`: the name has the version inside.
  if (value.version !== null || value.driver !== major.value.driver) return named;
  return { ...named, value: { ...value, version: major.value.version } };
}

function byMajorIn(text: string): Found<WrittenDriver> | null {
  for (const { test, majors } of BY_MAJOR) {
    const match = test.exec(text);
    if (!match) continue;
    const end = match.index + match[0].length;
    const [all, version] = VERSION.exec(text.slice(end)) ?? [];
    const found = version === undefined ? undefined : driver(majors[/^\d+/.exec(version)?.[0] ?? ''] ?? '');
    if (all === undefined || version === undefined || !found) continue;
    // The major version alone is the driver's name, not one of its builds.
    return {
      value: { driver: found, version: version.includes('.') ? version : null },
      start: match.index,
      end: end + all.length,
    };
  }
  return null;
}

function nameIn(text: string): Found<WrittenDriver> | null {
  for (const { test, driver: found, version } of NAMES) {
    const match = test.exec(text);
    if (!match) continue;
    const end = match.index + match[0].length;
    const behind = VERSION.exec(text.slice(end));
    return {
      value: { driver: found, version: behind?.[1] ?? version },
      start: match.index,
      end: end + (behind?.[0].length ?? 0),
    };
  }
  return null;
}

export interface WrittenRuntime {
  readonly platform: Platform;
  readonly version: string;
}

const RUNTIMES = data.runtimes.map((row) => ({
  platform: row.platform as Platform,
  digits: 'digits' in row,
  test: new RegExp(row.pattern, 'i'),
}));

export function runtimeIn(text: string): Found<WrittenRuntime> | null {
  for (const { platform, digits, test } of RUNTIMES) {
    const match = test.exec(text);
    if (!match?.[1]) continue;
    const written = match[1].replace(/ update /i, 'u').replace(/\.+$/, '');
    return {
      value: { platform, version: digits ? [...written].join('.') : written },
      start: match.index,
      end: match.index + match[0].length,
    };
  }
  return null;
}

const SYSTEMS = data.operatingSystems.map((row) => ({
  test: new RegExp(row.pattern.replace('{windows}', data.windows), 'i'),
  stacks: (): readonly TlsStack[] =>
    row.family ? stacksOfFamily(row.family) : (row.stacks ?? []).flatMap((id) => tlsStack(id) ?? []),
}));

/** Every stack that the name can mean: all of Windows 10 where no release is written. */
export function operatingSystemIn(text: string): Found<readonly TlsStack[]> | null {
  for (const { test, stacks } of SYSTEMS) {
    const match = test.exec(text);
    if (match) return { value: stacks(), start: match.index, end: match.index + match[0].length };
  }
  return null;
}

const SERVICES = data.servers.map((row) => ({ test: new RegExp(row.pattern, 'i'), id: row.server }));

/** A SQL Server that goes by another name than its year. */
export function serviceIn(text: string): Found<Server> | null {
  for (const { test, id } of SERVICES) {
    const match = test.exec(text);
    const found = server(id);
    if (match && found) return { value: found, start: match.index, end: match.index + match[0].length };
  }
  return null;
}

/** What `SELECT @@VERSION` prints beside product, build and system. */
export const SERVER_NOISE: readonly RegExp[] = data.serverNoise.map((pattern) => new RegExp(pattern, 'i'));

const FILLER = new RegExp(
  `(?<![\\w.])(?:${[...data.filler]
    .sort((one, other) => other.length - one.length)
    .map(escaped)
    .join('|')})(?![\\w.])`,
  'gi',
);

/** The text without the words that say nothing. */
export const withoutFiller = (text: string): string => text.replace(FILLER, ' ');
