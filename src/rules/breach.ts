/** What a row of a policy pack is broken by. */
import type { Evidence, Fact } from '../model/evidence.ts';
import type { Requirement } from '../model/requirement.ts';
import type { Span } from '../model/span.ts';

/** One thing that breaks rows, all of them. */
export interface Breach {
  readonly span: Span;
  /** What was found, without its full stop. */
  readonly found: string;
  readonly fix: string;
  readonly by: readonly Requirement[];
  readonly evidence: readonly Evidence[];
  readonly about: string;
}

/** Rows that a value breaks; none when the value is only supposed. */
export function broken<T>(
  fact: Fact<T> | null | undefined,
  requirements: readonly Requirement[],
  breaks: (row: Requirement, value: T) => boolean,
): readonly Requirement[] {
  if (!fact || fact.evidence.strength === 'assumed') return [];
  return requirements.filter((row) => breaks(row, fact.value));
}
