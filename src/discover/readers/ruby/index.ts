/** Ruby: every reader of this family. */
import type { Reader } from '../../reader.ts';
import { gemfile, gemfileLock } from './gems.ts';

export const RUBY: readonly Reader[] = [gemfile, gemfileLock];
