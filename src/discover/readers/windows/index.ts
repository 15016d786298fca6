/** Windows TLS policy as code: every reader of this family. */
import type { Reader } from '../../reader.ts';
import { ansibleRegistry } from './ansible-registry.ts';
import { batch } from './batch.ts';
import { groupPolicyPreferences } from './group-policy-preferences.ts';
import { powershell } from './powershell.ts';
import { powershellDsc } from './powershell-dsc.ts';
import { regFile } from './reg-file.ts';
import { registryPol } from './registry-pol.ts';

export const WINDOWS: readonly Reader[] = [
  regFile,
  batch,
  powershell,
  powershellDsc,
  ansibleRegistry,
  groupPolicyPreferences,
  registryPol,
];
