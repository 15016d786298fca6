// The mistakes found in one policy file, in the order of the file and bounded.
import type { SourceText } from '../discover/text/source-text.ts';
import type { PolicyProblem } from '../model/policy.ts';

const MOST_SHOWN = 20;
/** A hostile file can hold a mistake in every line: beyond this they are only counted. */
const MOST_KEPT = 100;

export class Problems {
  readonly #source: SourceText;
  readonly #found: { readonly start: number; readonly message: string }[] = [];
  #count = 0;

  constructor(source: SourceText) {
    this.#source = source;
  }

  get any(): boolean {
    return this.#count > 0;
  }

  /** `start` is the offset of the text that is wrong. The message is only made when it can be shown. */
  add(start: number, message: string | (() => string)): void {
    this.#count++;
    if (this.#found.length >= MOST_KEPT) return;
    this.#found.push({ start, message: typeof message === 'string' ? message : message() });
  }

  /** In the order of the file: twenty at most, the rest as one line that counts them. */
  list(): readonly PolicyProblem[] {
    const sorted = this.#found.toSorted((one, other) => one.start - other.start);
    const shown = sorted.slice(0, MOST_SHOWN);
    const next = sorted[MOST_SHOWN];
    if (next) shown.push({ start: next.start, message: `and ${this.#count - MOST_SHOWN} more` });
    return shown.map(({ start, message }) => {
      const { file, line, column } = this.#source.span(start, start);
      return { file, line, column, message };
    });
  }
}

/**
 * What is written, for a message: one line, 60 units at most, and nothing after a sign that a connection string
 * or a URL may follow its keyword or user with (`=`, `;`, `@`, `//`): a password put in the wrong place is not shown.
 */
export function quote(written: string): string {
  const safe = /^(?:(?!\/\/)[^=;@\r\n]){0,60}/.exec(written)?.[0] ?? '';
  const visible = safe.replace(/[\p{Cc}\p{Cf}]/gu, '\uFFFD').replaceAll('`', "'");
  return `\`${visible}${safe.length < written.length ? '…' : ''}\``;
}
