/** `mssql-jdbc 6.4 on JDK 8u292` → a client with every case that could be meant. */
import { type Driver, driver, driverLabel, driverVersions } from '../catalog/drivers.ts';
import { meaningOfImage } from '../catalog/images.ts';
import {
  driverIn,
  operatingSystemIn,
  runtimeIn,
  type WrittenDriver,
  type WrittenRuntime,
} from '../catalog/spellings.ts';
import { shortLabel, type TlsStack, tlsStack } from '../catalog/tls-stacks.ts';
import type { Platform } from '../model/declaration.ts';
import type { Evidence } from '../model/evidence.ts';
import type { Span } from '../model/span.ts';
import { type Native, nativesOfDriver } from '../resolve/natives.ts';
import type { RuntimeVersion, Surroundings } from '../resolve/surroundings.ts';
import { notUnderstood } from './not-understood.ts';
import { Remaining } from './remaining.ts';

export interface UnderstoodClient {
  /** `null`: no driver was found. */
  readonly native: Native | null;
  readonly surroundings: Surroundings;
  /** `JDK 8u292, Windows Server 2012 R2`; `null`: not said. */
  readonly runsOn: string | null;
  /** Anything at all was understood. */
  readonly any: boolean;
  readonly notUnderstood: readonly string[];
}

const NETFX = 'netfx-system-data-sqlclient';
/** A reference to a container image: `debian:12`, `mcr.microsoft.com/dotnet/aspnet:8.0-jammy`. */
const IMAGE = /(?<![\w.@-])[a-z0-9][\w.-]*(?:\/[\w.-]+)*:[\w][\w.-]*/i;
/** More of one kind than anybody means. */
const MOST = 4;

export function understandClient(written: string, span: Span): UnderstoodClient {
  const text = new Remaining(written);
  const evidence = (statement: string): Evidence => ({ strength: 'declared', statement, span });
  const image = takeImage(text);
  const systems = takeAll(() => text.take(operatingSystemIn));
  const runtimes = takeAll(() => text.take(runtimeIn));
  const drivers = takeAll(() => text.take(driverIn));
  const bare = systems.length > 0 || image?.stack ? null : text.takeMatch(BARE_WINDOWS);
  const named = bare ? operatingSystemIn(`windows server ${bare[0]}`) : null;
  const os = together([...systems, ...(named ? [named.value] : [])]) ?? image?.stack ?? null;
  const all = [...runtimes, ...(image?.runtime ? [image.runtime] : [])];
  const surroundings: Surroundings = {
    os,
    runtimes: new Map(
      [...all]
        .reverse()
        .map(({ platform, version }): [Platform, RuntimeVersion] => [
          platform,
          { version, orLater: false, evidence: evidence(`runs on ${runtimeWords({ platform, version })}`) },
        ]),
    ),
    evidence: os === null ? [] : [evidence(`runs on ${systemWords(os)}`)],
    unresolved: [],
  };
  const { native, problem } = nativeOf(drivers, surroundings, span);
  return {
    native,
    surroundings,
    runsOn: [...all.map(runtimeWords), ...(os === null ? [] : [systemWords(os)])].join(', ') || null,
    any: drivers.length > 0 || all.length > 0 || os !== null,
    notUnderstood: [
      ...notUnderstood('--client', text.rest()),
      ...oneOfEach(drivers, all),
      ...(problem === null ? [] : [problem]),
    ],
  };
}

/** A Windows by its year alone, at the end of what is left. */
const BARE_WINDOWS = /\b20(?:08|12|16|19|22|25)(?:[ _-]*r2)?\b/i;

/** Several systems are all meant; `Linux (Ubuntu 20.04)` is one. */
function together(systems: readonly (readonly TlsStack[])[]): readonly TlsStack[] | null {
  const narrow = systems.filter(
    (one) =>
      !systems.some((other) => other.length < one.length && other.every((stack) => one.includes(stack))),
  );
  return narrow.length === 0 ? null : [...new Set(narrow.flat())];
}

/** What was understood and is left out: one client has one driver, and one version of a runtime. */
function oneOfEach(
  drivers: readonly WrittenDriver[],
  runtimes: readonly WrittenRuntime[],
): readonly string[] {
  const [first, ...others] = drivers.filter((one) => !isWrapper(one.driver));
  const left = runtimes.filter((one, at) =>
    runtimes.some(
      (other, before) => before < at && other.platform === one.platform && other.version !== one.version,
    ),
  );
  return [
    ...others
      .filter((one) => one.driver.id !== first?.driver.id || one.version !== first.version)
      .map(
        (one) =>
          `${driverLabel(one.driver)} ${one.version ?? ''}`.trim() +
          ` in --client is left out: one driver at a time, here ${first ? driverLabel(first.driver) : ''}`,
      ),
    ...left.map((one) => `${runtimeWords(one)} in --client is left out: one version at a time`),
  ];
}

const PLATFORMS: Readonly<Record<Platform, string>> = {
  'dotnet-framework': '.NET Framework',
  dotnet: '.NET',
  jdk: 'JDK',
  node: 'Node',
  go: 'Go',
  python: 'Python',
  os: '',
};
const runtimeWords = ({ platform, version }: WrittenRuntime) => `${PLATFORMS[platform]} ${version}`.trim();

const systemWords = (os: readonly TlsStack[]): string => {
  const names = os.map(shortLabel);
  return names.length <= 3 ? names.join(' or ') : `${names[0]} to ${names.at(-1)}`;
};

function takeAll<T>(take: () => T | null): readonly T[] {
  const found: T[] = [];
  while (found.length < MOST) {
    const one = take();
    if (one === null) break;
    found.push(one);
  }
  return found;
}

function takeImage(
  text: Remaining,
): { readonly stack: readonly TlsStack[] | null; readonly runtime: WrittenRuntime | null } | null {
  return text.take((rest) => {
    const match = IMAGE.exec(rest);
    const runtime = match && meaningOfImage(match[0]).runtime;
    if (!match || !runtime) return null;
    const stack = runtime.stack === null ? undefined : tlsStack(runtime.stack);
    const { platform, version } = runtime;
    return {
      value: {
        stack: stack ? [stack] : null,
        runtime: platform === 'os' || version === null ? null : { platform, version },
      },
      start: match.index,
      end: match.index + match[0].length,
    };
  });
}

/** `15` means every 15.x, `6.4` every 6.4.x. */
const rangeOf = (version: string | null) =>
  version !== null && /^\d+(?:\.\d+)?$/.test(version) ? `${version}.x` : version;

interface FoundNative {
  readonly native: Native | null;
  /** What stays open, in a sentence. */
  readonly problem: string | null;
}

const isWrapper = ({ versions }: Driver) => versions.some(({ stacks }) => stacks.includes('inherits'));

function nativeOf(drivers: readonly WrittenDriver[], { runtimes }: Surroundings, span: Span): FoundNative {
  const framework = runtimes.get('dotnet-framework')?.version ?? null;
  const [own] = drivers.filter((one) => !isWrapper(one.driver));
  const wrappers = drivers.filter((one) => isWrapper(one.driver));
  if (own) {
    const inFramework = own.driver.id === 'system-data-sqlclient-nuget' && framework !== null;
    const entry = (inFramework ? driver(NETFX) : undefined) ?? own.driver;
    return {
      native: nativeAs(entry, inFramework ? framework : own.version, span, wrapperRows(wrappers)),
      problem: null,
    };
  }
  const [wrapper] = wrappers;
  const netfx = framework === null ? undefined : driver(NETFX);
  const takesTheFrameworks =
    !wrapper ||
    (ADO_NET.has(wrapper.driver.id) && wrapperRows([wrapper]).some(({ brings }) => brings === null));
  if (netfx && takesTheFrameworks)
    return { native: nativeAs(netfx, framework, span, wrapperRows(wrappers)), problem: null };
  return wrapper ? brought(wrapper, span) : { native: null, problem: null };
}

/** Wrappers that take the SqlClient of the .NET Framework where they bring none. */
const ADO_NET = new Set(['ef6-sqlserver', 'dapper']);

const wrapperRows = (wrappers: readonly WrittenDriver[]) =>
  wrappers.flatMap((one) => driverVersions(one.driver, rangeOf(one.version)));

const nativeAs = (
  entry: Driver,
  version: string | null,
  span: Span,
  wrappers: Native['wrappers'],
): Native => ({
  driver: entry,
  version,
  rows: driverVersions(entry, rangeOf(version)),
  span,
  repeats: [],
  declared: null,
  wrappers,
});

/** The driver that a wrapper brings; of several the newest, which is said. */
function brought({ driver: entry, version }: WrittenDriver, span: Span): FoundNative {
  const natives = nativesOfDriver(entry, rangeOf(version), span);
  const last = natives.at(-1);
  if (!last)
    return {
      native: null,
      problem: `${driverLabel(entry)} brings no driver by itself: name the one it uses, such as "with ODBC Driver 18"`,
    };
  const same = natives.filter((one) => one.driver.id === last.driver.id);
  const others = new Set(
    natives.filter((one) => one.driver.id !== last.driver.id).map((one) => one.driver.name),
  );
  return {
    native: {
      ...last,
      version: same.length === 1 ? last.version : null,
      rows: [...new Set(same.flatMap(({ rows }) => rows))],
      wrappers: [...new Set(same.flatMap(({ wrappers }) => wrappers))],
    },
    problem:
      others.size === 0
        ? null
        : `which driver ${driverLabel(entry)} brings depends on its version: ${last.driver.name} is explained; ${[...others].join(', ')} with others`,
  };
}
