/** Node.js: every reader of this family. */
import type { Reader } from '../../reader.ts';
import { packageJson } from './package-json.ts';
import { packageLock } from './package-lock.ts';

export const NODE: readonly Reader[] = [packageJson, packageLock];
