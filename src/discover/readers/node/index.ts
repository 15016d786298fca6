/** Node.js, and the files of version managers for every runtime. */
import type { Reader } from '../../reader.ts';
import { bunLock } from './bun-lock.ts';
import { mise } from './mise.ts';
import { npmrc } from './npmrc.ts';
import { optionsJson } from './options-json.ts';
import { packageJson } from './package-json.ts';
import { packageLock } from './package-lock.ts';
import { pnpmLock } from './pnpm-lock.ts';
import { prisma } from './prisma.ts';
import { versionFiles } from './version-files.ts';
import { yarnLock } from './yarn-lock.ts';

export const NODE: readonly Reader[] = [
  packageJson,
  packageLock,
  yarnLock,
  pnpmLock,
  bunLock,
  versionFiles,
  mise,
  prisma,
  optionsJson,
  npmrc,
];
