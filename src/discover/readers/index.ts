/** Every reader, by family; within a family one per kind of file. */
import type { Reader } from '../reader.ts';
import { CONTAINERS } from './containers/index.ts';
import { DOTNET } from './dotnet/index.ts';
import { GO } from './go/index.ts';
import { JVM } from './jvm/index.ts';
import { NODE } from './node/index.ts';
import { PHP } from './php/index.ts';
import { PIPELINES } from './pipelines/index.ts';
import { PYTHON } from './python/index.ts';
import { R } from './r/index.ts';
import { RUBY } from './ruby/index.ts';
import { RUST } from './rust/index.ts';
import { SERVERS } from './servers/index.ts';
import { SOURCE } from './source/index.ts';
import { SYSTEM } from './system/index.ts';
import { WINDOWS } from './windows/index.ts';

export const READERS: readonly Reader[] = [
  ...DOTNET,
  ...JVM,
  ...NODE,
  ...PYTHON,
  ...GO,
  ...RUST,
  ...PHP,
  ...RUBY,
  ...R,
  ...CONTAINERS,
  ...PIPELINES,
  ...SYSTEM,
  ...SERVERS,
  ...WINDOWS,
  ...SOURCE,
];
