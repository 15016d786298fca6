/** Rust: every reader of this family. */
import type { Reader } from '../../reader.ts';
import { cargoLock, cargoToml } from './cargo.ts';

export const RUST: readonly Reader[] = [cargoToml, cargoLock];
