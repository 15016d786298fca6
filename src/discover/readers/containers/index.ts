/** Containers: every reader of this family. */
import type { Reader } from '../../reader.ts';
import { compose } from './compose.ts';
import { devcontainer } from './devcontainer.ts';
import { dockerfile } from './dockerfile.ts';
import { helm } from './helm.ts';
import { kubernetes } from './kubernetes.ts';

export const CONTAINERS: readonly Reader[] = [dockerfile, compose, kubernetes, helm, devcontainer];
