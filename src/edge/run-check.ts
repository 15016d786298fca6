/** What the command line and the action have in common: opens the folder, loads the policy, runs `check`. */
import { readFile } from 'node:fs/promises';
import { relative, resolve } from 'node:path';
import { type Checked, check } from '../check.ts';
import { labProfiles } from '../lab/profiles.ts';
import { compareLevels, type Level } from '../model/finding.ts';
import { DEFAULT_POLICY, type Policy, type PolicyProblem } from '../model/policy.ts';
import type { Workspace } from '../model/workspace.ts';
import { loadPolicy, policyFileNames } from '../policy/load-policy.ts';
import { RULES } from '../rules/rules.ts';
import { openWorkspace, WorkspaceError } from '../workspace/workspace.ts';
import type { Reach } from './arrival.ts';
import { EXIT } from './exit.ts';
import { scanner } from './reach.ts';

export interface RunOptions {
  /** Folder to check. */
  readonly path: string;
  /** Policy file outside the usual places; `null`: look for one. */
  readonly policyFile: string | null;
  /** Overrides the policy file's `fail-on`. */
  readonly failOn: Level | 'never' | null;
  readonly reach: Reach;
  /** ISO date. */
  readonly today: string;
}

export type Run =
  | { readonly checked: Checked; readonly exit: number }
  /** Nothing could be checked: sentences for people, and why it ended. */
  | { readonly complaint: readonly string[]; readonly exit: number };

export async function runCheck(options: RunOptions): Promise<Run> {
  let workspace: Workspace;
  try {
    workspace = await openWorkspace(options.path);
  } catch (error) {
    if (error instanceof WorkspaceError) return { complaint: [error.message], exit: EXIT.UNABLE };
    throw error;
  }
  const found = await policyText(workspace, options);
  if ('complaint' in found) return found;
  const loaded = found.file === null ? { policy: DEFAULT_POLICY } : load(found.file, found.text);
  if ('problems' in loaded) return { complaint: loaded.problems.map(problemLine), exit: EXIT.USAGE };
  const policy: Policy = { ...loaded.policy, failOn: options.failOn ?? loaded.policy.failOn };
  const checked = await check({
    workspace,
    policy,
    policyText: found.text,
    scan: scanner({ ...options.reach, read: workspace.read }),
    today: options.today,
  });
  return { checked, exit: failsOn(checked, policy.failOn) ? EXIT.FINDINGS : EXIT.CLEAN };
}

function load(file: string, text: string) {
  return loadPolicy(file, text, {
    rules: RULES.map(({ meta }) => meta.id),
    labProfiles: labProfiles().map(({ name }) => name),
  });
}

type PolicyText = { readonly file: string | null; readonly text: string };

async function policyText(
  workspace: Workspace,
  { path, policyFile }: RunOptions,
): Promise<PolicyText | (Run & { complaint: unknown })> {
  if (policyFile !== null) {
    const file = relative(resolve(path), resolve(policyFile)).replaceAll('\\', '/');
    try {
      return { file, text: await readFile(policyFile, 'utf8') };
    } catch {
      return { complaint: [`The policy file "${policyFile}" cannot be read.`], exit: EXIT.USAGE };
    }
  }
  const files = new Set(await workspace.list());
  const file = policyFileNames.find((name) => files.has(name));
  if (file === undefined) return { file: null, text: '' };
  const read = await workspace.read(file);
  return 'text' in read
    ? { file, text: read.text }
    : { complaint: [`${file}: ${read.problem}`], exit: EXIT.USAGE };
}

const problemLine = ({ file, line, column, message }: PolicyProblem) =>
  `${file}:${line}:${column}: ${message}`;

function failsOn({ report }: Checked, failOn: Level | 'never'): boolean {
  if (failOn === 'never') return false;
  return report.findings.some(
    ({ level, suppressed }) => suppressed === null && compareLevels(level, failOn) <= 0,
  );
}
