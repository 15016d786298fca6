/** Containers: every reader of this family. */
import type { Reader } from '../../reader.ts';
import { compose } from './compose.ts';
import { dockerfile } from './dockerfile.ts';

export const CONTAINERS: readonly Reader[] = [dockerfile, compose];
