/** What a command is given of the terminal it runs in. */
export interface Terminal {
  readonly out: (text: string) => void;
  readonly error: (text: string) => void;
  /** Writes over a line of its own; `null` where nobody watches. */
  readonly progress: ((text: string) => void) | null;
  /** Width in columns. */
  readonly columns: number;
  readonly color: boolean;
}
