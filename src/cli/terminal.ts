/** What a command is given of the terminal it runs in. */
export interface Terminal {
  readonly out: (text: string) => void;
  readonly error: (text: string) => void;
  /** Width in columns. */
  readonly columns: number;
  readonly color: boolean;
}
