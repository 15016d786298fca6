/** What `check --fix` did, for people. */
import { counted } from './words.ts';

export interface FixesShown {
  readonly diff: string;
  readonly done: readonly string[];
  readonly left: readonly string[];
  /** Shell commands that bring lockfiles up to date. */
  readonly commands: readonly string[];
}

export function fixesText({ diff, done, left, commands }: FixesShown, dryRun: boolean): string {
  const made = dryRun ? 'would be made' : 'made';
  const parts = [
    diff,
    `${counted(done.length, 'edit')} ${made}, ${counted(left.length, 'finding')} left.`,
    ...done.map((line) => `  ${line}`),
    ...left.map((line) => `  ${line}`),
    ...commands.map((command) => `Lockfiles are not edited: run \`${command}\`.`),
  ];
  return `${parts.filter(Boolean).join('\n')}\n`;
}
