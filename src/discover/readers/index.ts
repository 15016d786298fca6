/** Every reader, one per family of files. */
import type { Reader } from '../reader.ts';
import { appsettings } from './appsettings.ts';
import { compose } from './compose.ts';
import { dockerfile } from './dockerfile.ts';
import { dotenv } from './dotenv.ts';
import { dotnetConfig } from './dotnet-config.ts';
import { gradle } from './gradle.ts';
import { gradleLockfile } from './gradle-lockfile.ts';
import { msbuild } from './msbuild.ts';
import { packageJson } from './package-json.ts';
import { packageLock } from './package-lock.ts';
import { packagesConfig } from './packages-config.ts';
import { pipfile, pipfileLock } from './pipfile.ts';
import { poetryLock } from './poetry-lock.ts';
import { pom } from './pom.ts';
import { pyproject } from './pyproject.ts';
import { requirements } from './requirements.ts';
import { workflow } from './workflow.ts';

export const READERS: readonly Reader[] = [
  msbuild,
  packagesConfig,
  dotnetConfig,
  appsettings,
  pom,
  gradle,
  gradleLockfile,
  packageJson,
  packageLock,
  requirements,
  pyproject,
  poetryLock,
  pipfile,
  pipfileLock,
  dockerfile,
  compose,
  workflow,
  dotenv,
];
