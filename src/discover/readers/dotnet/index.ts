/** .NET: every reader of this family. */
import type { Reader } from '../../reader.ts';
import { appsettings } from './appsettings.ts';
import { dotnetConfig } from './dotnet-config.ts';
import { msbuild } from './msbuild.ts';
import { packagesConfig } from './packages-config.ts';

export const DOTNET: readonly Reader[] = [msbuild, packagesConfig, dotnetConfig, appsettings];
