import type { Span } from '../../model/span.ts';

/** A file's text that knows its lines: turns offsets into spans. */
export class SourceText {
  readonly file: string;
  readonly text: string;
  readonly #lineStarts: number[];

  constructor(file: string, text: string) {
    this.file = file;
    this.text = text;
    this.#lineStarts = [0];
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) this.#lineStarts.push(at + 1);
  }

  /** Folder of the file, `''` at the root. */
  get folder(): string {
    const slash = this.file.lastIndexOf('/');
    return slash < 0 ? '' : this.file.slice(0, slash);
  }

  get lines(): number {
    return this.#lineStarts.length;
  }

  /** Span from `start` to `end` (exclusive), offsets in UTF-16 units; clamped to the text. */
  span(start: number, end: number): Span {
    const from = this.#position(start);
    const to = this.#position(end);
    return {
      file: this.file,
      start,
      end,
      line: from.line,
      column: from.column,
      endLine: to.line,
      endColumn: to.column,
    };
  }

  /** Offset of the first unit of a 1-based line and column. */
  offset(line: number, column: number): number {
    return Math.min((this.#lineStarts[line - 1] ?? this.text.length) + column - 1, this.text.length);
  }

  #position(offset: number): { line: number; column: number } {
    const bounded = Math.max(0, Math.min(offset, this.text.length));
    let low = 0;
    let high = this.#lineStarts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#lineStarts[middle] ?? 0) <= bounded) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: bounded - (this.#lineStarts[low] ?? 0) + 1 };
  }
}
