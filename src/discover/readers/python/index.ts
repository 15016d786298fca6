/** Python: every reader of this family. */
import type { Reader } from '../../reader.ts';
import { conda } from './conda.ts';
import { django } from './django.ts';
import { pipfile, pipfileLock } from './pipfile.ts';
import { poetryLock } from './poetry-lock.ts';
import { pyproject } from './pyproject.ts';
import { requirements } from './requirements.ts';
import { runtimeTxt } from './runtime-txt.ts';
import { setupCfg } from './setup-cfg.ts';
import { setupPy } from './setup-py.ts';

export const PYTHON: readonly Reader[] = [
  requirements,
  pyproject,
  poetryLock,
  pipfile,
  pipfileLock,
  setupCfg,
  setupPy,
  conda,
  runtimeTxt,
  django,
];
