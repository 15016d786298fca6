/** The checked folder, as the core sees it. The edge provides it; tests provide one from a map. */
export interface Workspace {
  /** Relative paths with `/`, sorted; what the folder's `.gitignore` or git itself excludes is not among them. */
  list(): Promise<readonly string[]>;
  /** Text of one file, or a sentence on why there is none (too large, unreadable, binary). */
  read(path: string): Promise<FileRead>;
  /**
   * Those of `paths` that may hold a word, found without decoding them: bytes are taken for Latin-1, and a file in UTF-16
   * always may. Without this every file is read.
   */
  holding?(paths: readonly string[], word: RegExp): Promise<readonly string[]>;
}

/** `tooLarge`: it was not looked into at all, so that nobody knows whether it says anything. */
export type FileRead = { readonly text: string } | { readonly problem: string; readonly tooLarge?: true };
