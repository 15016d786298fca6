/** What container images and runner labels bring (data/images.json, data/server-images.json). */
import type { Platform } from '../model/declaration.ts';
import type { ImageMeaning } from '../model/vocabulary.ts';
import images from './data/images.json' with { type: 'json' };
import serverImages from './data/server-images.json' with { type: 'json' };
import { server } from './servers.ts';

interface ImageRow {
  readonly where: string;
  readonly pattern: string;
  readonly platform: Platform;
  /** Expression whose first group is the version in the reference. */
  readonly version: string | null;
  readonly stack: string | null;
}

const compiled = (rows: readonly ImageRow[]) =>
  rows.map((row) => ({
    ...row,
    test: new RegExp(row.pattern),
    find: row.version ? new RegExp(row.version) : null,
  }));
const IMAGES = compiled((images.rows as readonly ImageRow[]).filter((row) => row.where === 'image'));
const RUNNERS = compiled((images.rows as readonly ImageRow[]).filter((row) => row.where === 'runs-on'));
const SERVER_IMAGES = serverImages.rows.map((row) => ({ ...row, test: new RegExp(row.pattern) }));

/** Longer references are no image names; this also bounds the expressions' work. */
const MAX_REFERENCE = 300;

export function meaningOfImage(reference: string): ImageMeaning {
  const image = reference
    .slice(0, MAX_REFERENCE)
    .replace(/@sha256:.*$/, '')
    .replace(/^docker\.io\//, '');
  const sqlServer = SERVER_IMAGES.find((row) => row.test.test(image));
  if (sqlServer) {
    const product = sqlServer.server === null ? null : (server(sqlServer.server)?.label ?? null);
    return { server: { id: sqlServer.server, product, stack: sqlServer.os }, runtime: null };
  }
  const row = IMAGES.find(({ test }) => test.test(image));
  if (!row) return { server: null, runtime: null };
  const version = row.find?.exec(image)?.[1] ?? null;
  return { server: null, runtime: { platform: row.platform, version, stack: row.stack } };
}

/** Catalog id of the operating system's stack behind a `runs-on:` label of a workflow. */
export function stackOfRunner(label: string): string | null {
  return RUNNERS.find(({ test }) => test.test(label.slice(0, MAX_REFERENCE)))?.stack ?? null;
}

/** Stacks of the systems that images of a SQL Server on Linux come with, by the server's catalog id. */
export const systemsOfImages = (id: string): readonly string[] => [
  ...new Set(SERVER_IMAGES.flatMap((row) => (row.server === id && row.os !== null ? [row.os] : []))),
];
