/** How far a long run is: one line that is written over. Shown on a terminal alone, and only when there is much to do. */
export class Progress {
  readonly #write: ((text: string) => void) | null;
  readonly #all: number;
  #done = 0;
  #shown = false;

  /** `write`: to a terminal; `null` for none. */
  constructor(write: ((text: string) => void) | null, all: number) {
    this.#write = all > 1 ? write : null;
    this.#all = all;
  }

  /** One more is done. */
  step(): void {
    this.#done += 1;
    if (this.#done === this.#all) return;
    this.#write?.(`\r${CLEAR}${this.#done} of ${this.#all} servers`);
    this.#shown = true;
  }

  /** Before anything else is written. */
  clear(): void {
    if (this.#shown) this.#write?.(`\r${CLEAR}`);
    this.#shown = false;
  }
}

/** ECMA-48 EL: erases to the end of the line. */
const CLEAR = '\u001b[K';
