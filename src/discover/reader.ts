import type { Declaration } from '../model/declaration.ts';
import type { Vocabulary } from '../model/vocabulary.ts';
import type { SourceText } from './text/source-text.ts';

/**
 * Reads one family of files. `matches` looks at the path alone (cheap, first); `read` is pure: text in, declarations out.
 * It may throw {@link Unreadable}; nothing else.
 */
export interface Reader {
  readonly id: string;
  matches(path: string): boolean;
  /**
   * For readers of very many files: only those with such a word (ASCII) in them are read at all. Must find whatever the
   * reader itself would.
   */
  readonly words?: RegExp;
  /** Asked only where no other reader finds anything. */
  readonly last?: true;
  read(source: SourceText, vocabulary: Vocabulary): Declaration[];
}

/** The text is not what its name says. Becomes one `unreadable` declaration at that place. */
export class Unreadable extends Error {
  readonly start: number;
  readonly end: number;

  /** `reason` is a sentence part in the parser's words: `expected "}" but the file ends`. */
  constructor(reason: string, start: number, end: number = start) {
    super(reason);
    this.start = start;
    this.end = end;
  }
}
