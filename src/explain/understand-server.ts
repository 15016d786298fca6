/** `SQL Server 2014 SP2 on Windows Server 2012 R2`, `2019 CU18 linux`, an image → what the catalog documents of it. */
import { meaningOfImage, systemsOfImages } from '../catalog/images.ts';
import { oldestWindowsOfServer } from '../catalog/runtimes.ts';
import {
  documentedProfile,
  type NamedServer,
  type Server,
  server,
  serverOfProduct,
} from '../catalog/servers.ts';
import { operatingSystemIn, SERVER_NOISE, serviceIn } from '../catalog/spellings.ts';
import {
  compareBuilds,
  shortLabel,
  stacksOfFamily,
  TLS_STACKS,
  type TlsStack,
  tlsStack,
} from '../catalog/tls-stacks.ts';
import { type ServerProfile, UNKNOWN_SERVER } from '../model/server-profile.ts';
import { windowsOf } from '../resolve/windows.ts';
import { notUnderstood, quoted } from './not-understood.ts';
import { Remaining } from './remaining.ts';

export interface UnderstoodServer {
  readonly profile: ServerProfile;
  /** Where the system is not said: each that could be meant, with the profile on it. */
  readonly systems: readonly { readonly stack: TlsStack; readonly profile: ServerProfile }[];
  /** As people call it: `SQL Server 2014 SP2`; `null`: none was found. */
  readonly product: string | null;
  readonly build: string | null;
  readonly os: string | null;
  readonly any: boolean;
  readonly notUnderstood: readonly string[];
}

/** A repository of Microsoft's with its tag. */
const IMAGE =
  /(?:mcr\.microsoft\.com\/|docker\.io\/)?(?:mssql\/(?:rhel\/)?server|microsoft\/mssql-server[\w-]*|azure-sql-edge)(?::[\w][\w.-]*)?/i;
const PRODUCT =
  /\b(?:microsoft |ms )?(?:sql[ _-]*server|mssql[ _-]*server|mssql|sql)[ _-]*v?(20\d\d)(?!\d)(?:[ _-]*(r2)\b)?/i;
const BARE_YEAR = /\b(20(?:05|08|12|14|16|17|19|22|25))(?:[ _-]*(r2))?\b/i;
/** SQL Server's; Windows builds of 10.0 have five digits from 10240 on. */
const WINDOWS_BUILD = /\bv?(10\.0\.[1-9]\d{4}|6\.[0-3]\.\d{4})(?:\.\d+)?\b/i;
const BUILD = /\bv?((?:8|9|1[0-9])\.\d{1,2}\.\d{3,5})(?:\.\d+)?\b/i;
const SERVICE_PACK = /\b(rtm|sp ?\d)\b/i;
const GDR = /\bgdr\b/i;
const UPDATE = /\b(cu ?\d+)\b/i;
const LINUX_WORD = /\b(?:linux|container|docker|ubuntu|rhel|red ?hat|suse|sles)\b/i;

export function understandServer(written: string): UnderstoodServer {
  const text = new Remaining(written);
  const image = text.take(imageIn);
  if (image)
    return answer(
      image.named,
      image.os ? [image.os] : [],
      { ...NO_WORDS, level: image.level },
      text,
      image.lost,
    );
  for (const noise of SERVER_NOISE) text.takeMatch(noise);
  const windowsBuild = text.takeMatch(WINDOWS_BUILD);
  const system = text.take(operatingSystemIn) ?? stackOfBuild(windowsBuild?.[1]);
  const words = productWords(text);
  // A second year is the system's: `SQL 2014 2012 R2`.
  const bare = system || words.service ? null : text.takeMatch(BARE_YEAR);
  // `Linux (Ubuntu 20.04)`: the second says no more.
  if (system)
    text.take((rest) => {
      const second = operatingSystemIn(rest);
      return second && system.every((stack) => second.value.includes(stack)) ? second : null;
    });
  const stacks = system ?? (bare ? operatingSystemIn(`windows server ${bare[0]}`)?.value : null) ?? [];
  return answer(namedServer(words, isLinux(written, stacks)), stacks, words, text);
}

/** What is written of the product, taken apart. */
interface ProductWords {
  readonly service: Server | null;
  /** `2008 R2` */
  readonly year: string | null;
  readonly build: string | null;
  /** `SP2 CU5` */
  readonly level: string | null;
}

const NO_WORDS: ProductWords = { service: null, year: null, build: null, level: null };

function productWords(text: Remaining): ProductWords {
  const service = text.take(serviceIn);
  const product = text.takeMatch(PRODUCT);
  const build = text.takeMatch(BUILD)?.[1] ?? null;
  const year = product ?? (service || build ? null : text.takeMatch(BARE_YEAR));
  // The build says it better.
  if (build !== null) text.takeMatch(GDR);
  const level = [text.takeMatch(SERVICE_PACK)?.[1], text.takeMatch(UPDATE)?.[1]].filter((part) => !!part);
  return {
    service,
    year: year && `${year[1]}${year[2] ? ' R2' : ''}`,
    build,
    level: level.length > 0 ? level.join(' ').toUpperCase() : null,
  };
}

function namedServer({ service, year, build, level }: ProductWords, linux: boolean): NamedServer | null {
  if (service) return { server: service, build };
  if (year === null && build === null) return null;
  const product = year === null ? '' : `SQL Server ${year}`;
  return serverOfProduct([product, level ?? '', build ?? ''].join(' '), linux) ?? null;
}

function isLinux(written: string, stacks: readonly TlsStack[]): boolean {
  const [first] = stacks;
  return first ? first.family === 'openssl-distro' : LINUX_WORD.test(written);
}

function answer(
  named: NamedServer | null,
  stacks: readonly TlsStack[],
  { year, level }: ProductWords,
  text: Remaining,
  lostBefore: readonly string[] = [],
): UnderstoodServer {
  const [os = null] = stacks.length === 1 ? stacks : [];
  const lost = [
    ...lostBefore,
    ...(year !== null && !named ? [year] : []),
    ...(year?.endsWith('R2') && named && !named.server.label.includes('R2') ? ['R2'] : []),
  ];
  const label = named?.server.label.replace(/ on Windows$| \/ containers$/, '') ?? null;
  const known = level !== null && named?.build ? ` ${level}` : '';
  return {
    profile: profileOn(named, os),
    systems: os ? [] : systemsOf(named, stacks).map((stack) => ({ stack, profile: profileOn(named, stack) })),
    product: label?.replace(/^SQL Server \d+(?: R2)?/, (all) => all + known) ?? null,
    build: named?.build ?? null,
    os: os ? shortLabel(os) : null,
    any: named !== null || stacks.length > 0,
    notUnderstood: [
      ...notUnderstood('--server', [...lost, ...text.rest()]),
      ...(level !== null && named && named.build === null ? [withoutLevel(named.server, level)] : []),
    ],
  };
}

function withoutLevel({ label, builds }: Server, level: string): string {
  const levels = [...new Set((builds ?? []).map((build) => build.label.replace(/ CU\d+.*$/, '')))];
  const has = levels.length > 0 ? `has ${levels.join(', ')}` : 'is told apart by its build, if at all';
  return `${quoted(level)} in --server; ${label} ${has}`;
}

const profileOn = (named: NamedServer | null, os: TlsStack | null): ServerProfile =>
  named ? documentedProfile(named, os) : UNKNOWN_SERVER;

/** Every system that it could run on, where none is said; none for a service, whose system is its provider's. */
function systemsOf(named: NamedServer | null, stacks: readonly TlsStack[]): readonly TlsStack[] {
  if (!named) return [];
  if (stacks.length > 0) return stacks;
  const { platform, versionMajorMinor } = named.server;
  if (platform === 'linux') return systemsOfImages(named.server.id).flatMap((id) => tlsStack(id) ?? []);
  if (platform !== 'windows' || versionMajorMinor === undefined) return [];
  const floor = oldestWindowsOfServer(versionMajorMinor);
  return stacksOfFamily('schannel').filter(
    ({ label, osBuild }) =>
      label.startsWith('Windows Server') &&
      (floor === null || (osBuild !== null && compareBuilds(osBuild, floor) >= 0)),
  );
}

function imageIn(text: string) {
  const match = IMAGE.exec(text);
  if (!match) return null;
  const meaning = meaningOfImage(match[0]).server;
  const row = meaning?.id ? server(meaning.id) : undefined;
  const [, year, tag] = TAG.exec(match[0]) ?? [];
  const level = tag === undefined ? null : tag.toUpperCase().replace('GA', 'RTM');
  const tagged = level === null ? undefined : serverOfProduct(`SQL Server ${year} ${level}`, true);
  const named: NamedServer | null = row ? { server: row, build: tagged?.build ?? null } : null;
  return {
    value: {
      named,
      level: named?.build ? level : null,
      os: meaning?.stack ? (tlsStack(meaning.stack) ?? null) : null,
      lost: named ? [] : [match[0]],
    },
    start: match.index,
    end: match.index + match[0].length,
  };
}

/** `:2017-GA-ubuntu`, `:2022-CU13-ubuntu-22.04` */
const TAG = /:(20\d\d)-(GA|CU\d+)\b/i;

function stackOfBuild(build: string | undefined): readonly TlsStack[] | null {
  const label = build === undefined ? null : windowsOf(build);
  const found = label === null ? [] : TLS_STACKS.filter((stack) => stack.label === label);
  return found.length > 0 ? found : null;
}
