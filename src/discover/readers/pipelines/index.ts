/** Pipelines: every reader of this family. */
import type { Reader } from '../../reader.ts';
import { workflow } from './workflow.ts';

export const PIPELINES: readonly Reader[] = [workflow];
