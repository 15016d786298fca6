/** What the lexers make of a connection string. Offsets count in the decoded text. */
export interface Token {
  /** As written. */
  readonly keyword: string;
  readonly keywordStart: number;
  readonly keywordEnd: number;
  /** Unquoted; `null` for a secret, which is never kept. */
  readonly value: string | null;
  /** Of the value without its quotes. */
  readonly valueStart: number;
  readonly valueEnd: number;
}

/** A string taken apart. `server` is the place of the host where the grammar has one outside its keywords. */
export interface Lexed {
  readonly tokens: readonly Token[];
  readonly server: { readonly text: string; readonly start: number; readonly end: number } | null;
  /** Ranges to mask beside the values of secret tokens. */
  readonly secrets: readonly { readonly start: number; readonly end: number }[];
}
