import type { Change } from './change.ts';
import type { Evidence, Strength } from './evidence.ts';
import type { Place } from './span.ts';
import type { Scenario } from './verdict.ts';

export const LEVELS = ['error', 'warning', 'notice'] as const;
export type Level = (typeof LEVELS)[number];

/** One thing someone should act on. The shape is the JSON contract: fields are added, never renamed. */
export interface Finding {
  readonly rule: string;
  readonly scenario: Scenario | null;
  readonly level: Level;
  /** The weakest evidence it rests on. */
  readonly confidence: Strength;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  /** What was found, why it fails. */
  readonly message: string;
  /** The smallest change that helps, as a sentence. */
  readonly fix: string;
  /** The same as data; more than one where each of them would do. */
  readonly changes: readonly Change[];
  readonly helpUri: string;
  readonly client: string | null;
  readonly target: string | null;
  readonly evidence: readonly Evidence[];
  /** Stable across unrelated edits: rule, file, client, target and what was found, without line numbers. */
  readonly fingerprint: string;
  /** Other places that say the same, in the order of files and lines. */
  readonly alsoAt: readonly Place[];
  readonly suppressed: Suppressed | null;
}

/** Who accepted a finding: an entry of the policy file, a comment where it stands, or the baseline. */
export interface Suppressed {
  readonly by: 'policy' | 'inline' | 'baseline';
  readonly reason: string;
  /** ISO date, the last day it counts. */
  readonly expires: string | null;
}

export function compareLevels(one: Level, other: Level): number {
  return LEVELS.indexOf(one) - LEVELS.indexOf(other);
}
