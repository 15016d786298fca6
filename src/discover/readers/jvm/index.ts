/** The JVM: every reader of this family. */
import type { Reader } from '../../reader.ts';
import { gradle } from './gradle.ts';
import { gradleLockfile } from './gradle-lockfile.ts';
import { pom } from './pom.ts';

export const JVM: readonly Reader[] = [pom, gradle, gradleLockfile];
