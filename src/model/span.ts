/** A stretch of text in a file of the checked folder, as editors and SARIF name it. */
export interface Place {
  /** Path relative to the checked folder, with `/`. */
  readonly file: string;
  /** 1-based; columns count UTF-16 units, as editors and SARIF do. `endColumn` stands after the last unit. */
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

export interface Span extends Place {
  /** Offsets into the file's text in UTF-16 units; `end` is exclusive. `text.slice(start, end)` is the very text meant. */
  readonly start: number;
  readonly end: number;
}
