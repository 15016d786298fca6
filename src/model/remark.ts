import type { Span } from './span.ts';

/** Rules about suppressions themselves: nobody accepts what they say, they mend it. */
export const REMARK_RULES = ['suppression-expired', 'suppression-unused', 'suppression-not-counted'] as const;

/** What is to say of a suppression itself, before it becomes a finding. */
export interface Remark {
  readonly rule: (typeof REMARK_RULES)[number];
  readonly span: Span;
  readonly message: string;
  readonly fix: string;
  /** Tells it from others of the same file, without line numbers. */
  readonly about: string;
}
