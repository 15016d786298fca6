/** `SQL Server 2014 SP2 on Windows Server 2012 R2`, `2019 CU18 linux`, an image → what the catalog documents of it. */
import { meaningOfImage } from '../catalog/images.ts';
import { documentedProfile, type NamedServer, server, serverOfProduct } from '../catalog/servers.ts';
import { operatingSystemIn, serviceIn } from '../catalog/spellings.ts';
import { TLS_STACKS, type TlsStack, tlsStack } from '../catalog/tls-stacks.ts';
import { type ServerProfile, UNKNOWN_SERVER } from '../model/server-profile.ts';
import { windowsOf } from '../resolve/windows.ts';
import { notUnderstood } from './not-understood.ts';
import { Remaining } from './remaining.ts';

export interface UnderstoodServer {
  readonly profile: ServerProfile;
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
  /\b(?:microsoft |ms )?(?:sql[ _-]*server|mssql[ _-]*server|mssql|sql)[ _-]*v?(20\d\d)(?:[ _-]*(r2))?\b/i;
const BARE_YEAR = /\b(20(?:05|08|12|14|16|17|19|22|25))(?:[ _-]*(r2))?\b/i;
/** SQL Server's; Windows builds of 10.0 have five digits from 10240 on. */
const WINDOWS_BUILD = /\bv?(10\.0\.[1-9]\d{4}|6\.[0-3]\.\d{4})(?:\.\d+)?\b/i;
const BUILD = /\bv?((?:8|9|1[0-9])\.\d{1,2}\.\d{3,5})(?:\.\d+)?\b/i;
const SERVICE_PACK = /\b(rtm|sp ?\d)\b/i;
const UPDATE = /\b(cu ?\d+)\b/i;
const LINUX_WORD = /\b(?:linux|container|docker|ubuntu|rhel|red ?hat|suse|sles)\b/i;

export function understandServer(written: string): UnderstoodServer {
  const text = new Remaining(written);
  const image = text.take(imageIn);
  if (image) return of(image.named, image.os, text, image.named !== null);
  const linuxWord = LINUX_WORD.test(written);
  const windowsBuild = text.takeMatch(WINDOWS_BUILD);
  const system = text.take(operatingSystemIn);
  const service = text.take(serviceIn);
  const product = text.takeMatch(PRODUCT);
  const build = text.takeMatch(BUILD);
  const year = product ?? (service || build ? null : text.takeMatch(BARE_YEAR));
  // A second year is the system's: `SQL 2014 2012 R2`.
  const bare = system || windowsBuild ? null : text.takeMatch(BARE_YEAR);
  const stacks =
    system ??
    (bare ? operatingSystemIn(`windows server ${bare[0]}`)?.value : null) ??
    stackOfBuild(windowsBuild?.[1]);
  const os = stacks?.length === 1 ? (stacks[0] ?? null) : null;
  const linux = os ? os.family === 'openssl-distro' : linuxWord;
  const servicePack = text.takeMatch(SERVICE_PACK)?.[1];
  const update = text.takeMatch(UPDATE)?.[1];
  const words = [year && `SQL Server ${year[1]}${year[2] ? ' R2' : ''}`, servicePack, update, build?.[1]]
    .filter((word) => !!word)
    .join(' ');
  const named = service
    ? { server: service, build: build?.[1] ?? null }
    : year || build
      ? serverOfProduct(words, linux)
      : undefined;
  return of(named ?? null, os, text, !!named || !!stacks, {
    level:
      [servicePack, update]
        .filter((part) => !!part)
        .join(' ')
        .toUpperCase() || null,
    year: !named && year ? year[0] : null,
  });
}

interface Level {
  /** Service pack and update as written. */
  readonly level: string | null;
  /** A year of which the catalog has no SQL Server. */
  readonly year: string | null;
}

function of(
  named: NamedServer | null,
  os: TlsStack | null,
  text: Remaining,
  any: boolean,
  { level, year }: Level = { level: null, year: null },
): UnderstoodServer {
  const label = named?.server.label ?? null;
  const lost = level !== null && named && named.build === null ? [level] : [];
  return {
    profile: named ? documentedProfile(named, os) : UNKNOWN_SERVER,
    product:
      label === null
        ? null
        : label.replace(/ on Windows$/, '') + (level && lost.length === 0 ? ` ${level}` : ''),
    build: named?.build ?? null,
    os: os?.label ?? null,
    any,
    notUnderstood: notUnderstood('--server', [...(year === null ? [] : [year]), ...lost, ...text.rest()]),
  };
}

function imageIn(text: string) {
  const match = IMAGE.exec(text);
  if (!match) return null;
  const meaning = meaningOfImage(match[0]).server;
  const row = meaning?.id ? server(meaning.id) : undefined;
  const named: NamedServer | null = row ? { server: row, build: null } : null;
  return {
    value: { named, os: meaning?.stack ? (tlsStack(meaning.stack) ?? null) : null },
    start: match.index,
    end: match.index + match[0].length,
  };
}

function stackOfBuild(build: string | undefined): readonly TlsStack[] | null {
  const label = build === undefined ? null : windowsOf(build);
  const found = label === null ? [] : TLS_STACKS.filter((stack) => stack.label === label);
  return found.length > 0 ? found : null;
}
