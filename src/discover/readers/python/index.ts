/** Python: every reader of this family. */
import type { Reader } from '../../reader.ts';
import { django } from './django.ts';
import { pipfile, pipfileLock } from './pipfile.ts';
import { poetryLock } from './poetry-lock.ts';
import { pyproject } from './pyproject.ts';
import { requirements } from './requirements.ts';
import { setupCfg, setupPy } from './setuptools.ts';

export const PYTHON: readonly Reader[] = [
  requirements,
  pyproject,
  poetryLock,
  pipfile,
  pipfileLock,
  setupCfg,
  setupPy,
  django,
];
