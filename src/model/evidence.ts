import type { Span } from './span.ts';

/** How a thing is known, strongest first: seen on the wire, written in a file, in vendor documentation, supposed. */
export const STRENGTHS = ['observed', 'declared', 'documented', 'assumed'] as const;
export type Strength = (typeof STRENGTHS)[number];

/** One reason to believe something, in a sentence a person can check. */
export interface Evidence {
  readonly strength: Strength;
  readonly statement: string;
  /** Documentation link or citation, for `documented`. */
  readonly source?: string;
  /** Where it is written, for `declared`. */
  readonly span?: Span;
  /** Of a TLS setting: the versions, suites, groups or signature schemes that it takes from its side. */
  readonly took?: readonly string[];
}

/** A value together with how it is known. */
export interface Fact<T> {
  readonly value: T;
  readonly evidence: Evidence;
}

/** The weakest strength among `evidence`: a chain is as strong as its weakest link. `assumed` when there is none. */
export function weakest(evidence: readonly Evidence[]): Strength {
  if (evidence.length === 0) return 'assumed';
  const rank = Math.max(...evidence.map(({ strength }) => STRENGTHS.indexOf(strength)));
  return STRENGTHS[rank] ?? 'assumed';
}

/** The stronger of two facts about the same thing; the first wins a tie. */
export function stronger<T>(one: Fact<T> | undefined, other: Fact<T> | undefined): Fact<T> | undefined {
  if (!one || !other) return one ?? other;
  return STRENGTHS.indexOf(other.evidence.strength) < STRENGTHS.indexOf(one.evidence.strength) ? other : one;
}
