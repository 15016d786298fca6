/** What the lexers make of a connection string. Offsets count in the decoded text. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

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
  readonly secret: boolean;
}

/** A string taken apart. */
export interface Lexed {
  readonly tokens: readonly Token[];
  /** The host, where the grammar has one outside its keywords. */
  readonly server: (Range & { readonly text: string }) | null;
  /** An instance outside the keywords: the path of go-mssqldb's URL. */
  readonly instance: string | null;
  /** Everything that may be part of a secret: more than the values of secret tokens when the text is broken. */
  readonly secrets: readonly Range[];
}
