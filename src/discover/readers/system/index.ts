/** Settings of the operating system and of its processes: every reader of this family. */
import type { Reader } from '../../reader.ts';
import { dotenv } from './dotenv.ts';

export const SYSTEM: readonly Reader[] = [dotenv];
