/** Go: every reader of this family. */
import type { Reader } from '../../reader.ts';
import { goDebugComment } from './go-debug-comment.ts';
import { goMod } from './go-mod.ts';

export const GO: readonly Reader[] = [goMod, goDebugComment];
