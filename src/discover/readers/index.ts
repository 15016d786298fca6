/** Every reader, by family; within a family one per kind of file. */
import type { Reader } from '../reader.ts';
import { CONTAINERS } from './containers/index.ts';
import { DOTNET } from './dotnet/index.ts';
import { JVM } from './jvm/index.ts';
import { NODE } from './node/index.ts';
import { PIPELINES } from './pipelines/index.ts';
import { PYTHON } from './python/index.ts';
import { SERVERS } from './servers/index.ts';
import { SYSTEM } from './system/index.ts';
import { WINDOWS } from './windows/index.ts';

export const READERS: readonly Reader[] = [
  ...DOTNET,
  ...JVM,
  ...NODE,
  ...PYTHON,
  ...CONTAINERS,
  ...PIPELINES,
  ...SYSTEM,
  ...SERVERS,
  ...WINDOWS,
];
