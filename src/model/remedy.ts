import type { When } from './target.ts';

/** One change, and the connections that it brings back: one of the smallest set that lets every client connect. */
export interface Remedy {
  readonly when: When;
  /** What to do, as the finding says it. */
  readonly fix: string;
  readonly file: string;
  readonly line: number;
  readonly pairs: readonly { readonly client: string; readonly target: string }[];
}
