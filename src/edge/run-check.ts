/** What the command line and the action have in common: opens the folder, loads the policy, runs `check`. */
import { type Checked, check } from '../check.ts';
import { compareLevels, type Level } from '../model/finding.ts';
import type { Plan } from '../model/target.ts';
import { applyChanges, type Fixes } from './apply-changes.ts';
import type { Reach } from './arrival.ts';
import { openBaseline } from './baseline-file.ts';
import { EXIT } from './exit.ts';
import { type Complaint, type FolderOptions, openFolder } from './open-folder.ts';
import { scanner } from './reach.ts';

export interface RunOptions extends FolderOptions {
  /** Overrides the policy file's `fail-on`. */
  readonly failOn: Level | 'never' | null;
  readonly reach: Reach;
  /** What servers are to become, instead of what the policy file plans. */
  readonly whatIf?: Plan | null;
  /** Write the safe edits of findings, or only say what would be written. */
  readonly fix?: 'write' | 'dry-run' | null;
  /** File with the findings that do not count; `null`: every finding does. */
  readonly baselineFile?: string | null;
  /** ISO date. */
  readonly today: string;
}

export type Run =
  | { readonly checked: Checked; readonly exit: number; readonly fixes: Fixes | null }
  | Complaint;

export async function runCheck(options: RunOptions): Promise<Run> {
  const run = await checkOnce(options);
  if ('complaint' in run || !options.fix) return run;
  const texts = new Map(run.checked.sources.map(({ file, text }) => [file, text]));
  const fixes = await applyChanges(run.checked.report.findings, {
    root: options.path,
    dryRun: options.fix === 'dry-run',
    checkedText: (file) => texts.get(file) ?? null,
  });
  if (options.fix === 'dry-run' || fixes.done.length === 0) return { ...run, fixes };
  const remaining = await checkOnce(options);
  return 'complaint' in remaining ? remaining : { ...remaining, fixes };
}

async function checkOnce(options: RunOptions): Promise<Run> {
  const opened = await openFolder(options);
  if ('complaint' in opened) return opened;
  const { workspace, policyText } = opened;
  const policy = { ...opened.policy, failOn: options.failOn ?? opened.policy.failOn };
  const baseline = await openBaseline(options.baselineFile ?? null);
  if (baseline && 'problem' in baseline) return { complaint: [baseline.problem], exit: EXIT.USAGE };
  const checked = await check({
    workspace,
    policy,
    policyText,
    scan: scanner({ ...options.reach, read: workspace.read }),
    whatIf: options.whatIf ?? null,
    baseline,
    today: options.today,
  });
  return { checked, fixes: null, exit: failsOn(checked, policy.failOn) ? EXIT.FINDINGS : EXIT.CLEAN };
}

function failsOn({ report }: Checked, failOn: Level | 'never'): boolean {
  if (failOn === 'never') return false;
  return report.findings.some(
    ({ level, suppressed }) => suppressed === null && compareLevels(level, failOn) <= 0,
  );
}
