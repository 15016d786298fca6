import type { Span } from './span.ts';

/** What is to say of a suppression itself, before it becomes a finding. */
export interface Remark {
  readonly rule: 'suppression-expired' | 'suppression-unused' | 'suppression-not-counted';
  readonly span: Span;
  readonly message: string;
  readonly fix: string;
  /** Tells it from others of the same file, without line numbers. */
  readonly about: string;
}
