/** .NET: every reader of this family. */
import type { Reader } from '../../reader.ts';
import { appsettings } from './appsettings.ts';
import { dotnetConfig } from './dotnet-config.ts';
import { fileBasedApp } from './file-based-app.ts';
import { globalJson } from './global-json.ts';
import { integrationServices } from './integration-services.ts';
import { msbuild } from './msbuild.ts';
import { packagesConfig } from './packages-config.ts';
import { packagesLock } from './packages-lock.ts';
import { reportingServices } from './reporting-services.ts';
import { runtimeConfig } from './runtime-config.ts';
import { udl } from './udl.ts';

export const DOTNET: readonly Reader[] = [
  msbuild,
  packagesConfig,
  packagesLock,
  fileBasedApp,
  globalJson,
  dotnetConfig,
  appsettings,
  runtimeConfig,
  udl,
  integrationServices,
  reportingServices,
];
