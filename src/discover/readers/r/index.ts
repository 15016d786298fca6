/** R: every reader of this family. */
import type { Reader } from '../../reader.ts';
import { rDescription, renvLock } from './r-packages.ts';

export const R: readonly Reader[] = [rDescription, renvLock];
