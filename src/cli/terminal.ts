/** What a command is given of the terminal it runs in. */
export interface Terminal {
  readonly out: (text: string) => void;
  readonly error: (text: string) => void;
  /** Writes over a line of its own; `null` where nobody watches. */
  readonly progress: ((text: string) => void) | null;
  /** Calls `stop` at the first Ctrl+C instead of ending the process; a second one ends it. Returns how to undo that. */
  readonly onInterrupt: (stop: () => void) => () => void;
  /** Width in columns. */
  readonly columns: number;
  readonly color: boolean;
}
