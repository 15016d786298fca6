/** A text from which what is understood is taken out, until only the rest is left. */
import type { Found } from '../catalog/spellings.ts';
import { withoutFiller } from '../catalog/spellings.ts';

/** Nobody writes more; this bounds the work. */
export const MAX_LENGTH = 500;
/** Stands for what was taken, so that no pattern reaches across it. */
const TAKEN = '\u0000';
/** What a person may put between words. */
const BLANKS = /[\s\p{Cc}\p{Z}]/gu;

export class Remaining {
  #text: string;

  constructor(written: string) {
    this.#text = written.slice(0, MAX_LENGTH).replaceAll(TAKEN, ' ').replace(BLANKS, ' ');
  }

  /** The first that `find` sees, and what it stands on is gone; `null` when it sees none. */
  take<T>(find: (text: string) => Found<T> | null): T | null {
    const found = find(this.#text);
    if (!found) return null;
    this.#blank(found.start, found.end);
    return found.value;
  }

  takeMatch(pattern: RegExp): RegExpExecArray | null {
    const match = pattern.exec(this.#text);
    if (match) this.#blank(match.index, match.index + match[0].length);
    return match;
  }

  /** Pieces that nobody took and that say something. */
  rest(): readonly string[] {
    return withoutFiller(this.#text.replaceAll(TAKEN, ' , '))
      .split(/\s*[,;/|+()[\]{}]\s*|\s{2,}/)
      .map((piece) => piece.trim().replace(/^[-–—:=&\s]+|[-–—:=&\s]+$/g, ''))
      .filter((piece) => /[\p{L}\p{N}]/u.test(piece));
  }

  #blank(start: number, end: number): void {
    this.#text = this.#text.slice(0, start) + TAKEN.repeat(end - start) + this.#text.slice(end);
  }
}
