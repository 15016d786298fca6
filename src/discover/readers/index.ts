/** Every reader, one per family of files. */
import type { Reader } from '../reader.ts';
import { compose } from './compose.ts';
import { dockerfile } from './dockerfile.ts';
import { dotenv } from './dotenv.ts';
import { workflow } from './workflow.ts';

export const READERS: readonly Reader[] = [dockerfile, compose, workflow, dotenv];
