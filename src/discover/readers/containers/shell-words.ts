/**
 * Simple commands of a shell text with the place of every word: as much of the POSIX shell's grammar (IEEE Std 1003.1,
 * 2.2 quoting and 2.3 token recognition) as it takes to see which packages a `RUN` line installs.
 */

export interface Word {
  /** Quotes and escapes removed; variables as written. */
  readonly value: string;
  /** Offsets of the text inside the quotes, when quotes stand around the whole word. */
  readonly start: number;
  readonly end: number;
}

/** Characters that end a command; `$(` and backticks start one of their own, which is as good here. */
const SEPARATORS = ';|&()`';
const BLANK = /[ \t\r]/;

/**
 * Commands between two offsets of `text`. `joiner` joins lines when it stands at the end of one: `\`, or what a
 * Dockerfile's `escape` directive says.
 */
export function shellCommands(text: string, start: number, end: number, joiner = '\\'): Word[][] {
  return new ShellLexer(text, start, end, joiner).commands();
}

class ShellLexer {
  readonly #text: string;
  readonly #end: number;
  readonly #joiner: string;
  #at: number;
  /** The line before ended with an escape: comment lines and empty lines do not end the command. */
  #continued = false;

  constructor(text: string, start: number, end: number, joiner: string) {
    this.#text = text;
    this.#at = start;
    this.#end = end;
    this.#joiner = joiner;
  }

  commands(): Word[][] {
    const commands: Word[][] = [];
    let words: Word[] = [];
    while (this.#at < this.#end) {
      const char = this.#char();
      if (this.#skipContinuation() || this.#skipComment()) continue;
      if (char === '\n' ? !this.#continued : SEPARATORS.includes(char)) {
        if (words.length > 0) commands.push(words);
        words = [];
        this.#at += 1;
      } else if (BLANK.test(char) || '\n<>'.includes(char)) {
        this.#at += 1;
      } else {
        this.#continued = false;
        words.push(this.#word());
      }
    }
    if (words.length > 0) commands.push(words);
    return commands;
  }

  #char(ahead = 0): string {
    return this.#at + ahead < this.#end ? this.#text.charAt(this.#at + ahead) : '';
  }

  #skipContinuation(): boolean {
    if (this.#char() !== this.#joiner) return false;
    let ahead = 1;
    while (BLANK.test(this.#char(ahead))) ahead += 1;
    if (this.#char(ahead) !== '\n' && this.#char(ahead) !== '') return false;
    this.#at += ahead + 1;
    this.#continued = true;
    return true;
  }

  #skipComment(): boolean {
    if (this.#char() !== '#') return false;
    while (this.#char() !== '\n' && this.#char() !== '') this.#at += 1;
    if (this.#continued) this.#at += 1;
    return true;
  }

  #word(): Word {
    const start = this.#at;
    let value = '';
    while (this.#at < this.#end) {
      const char = this.#char();
      if (char === "'" || char === '"') value += this.#quoted(char);
      else if (char === '$' && this.#char(1) === '{') value += this.#until('}');
      else if (this.#skipContinuation()) break;
      else if (char === '\\' && this.#joiner === '\\') value += this.#escaped();
      else if (BLANK.test(char) || '\n<>'.includes(char) || SEPARATORS.includes(char)) break;
      else {
        value += char;
        this.#at += 1;
      }
    }
    return this.#placed(value, start);
  }

  #placed(value: string, start: number): Word {
    // A continuation that ended the word is not part of it.
    const raw = this.#text.slice(start, this.#at);
    const inside = raw.indexOf(value);
    if (value !== '' && inside >= 0)
      return { value, start: start + inside, end: start + inside + value.length };
    return { value, start, end: start + raw.trimEnd().length };
  }

  #quoted(quote: string): string {
    let value = '';
    this.#at += 1;
    while (this.#at < this.#end && this.#char() !== quote) {
      if (quote === '"' && this.#skipContinuation()) continue;
      if (quote === '"' && this.#char() === '\\' && this.#escapes(this.#char(1))) this.#at += 1;
      value += this.#char();
      this.#at += 1;
    }
    this.#at += 1;
    return value;
  }

  /** Where lines are joined by another character, the backslash is one of a path. */
  #escapes(next: string): boolean {
    return this.#joiner === '\\' && '"\\$`'.includes(next);
  }

  #escaped(): string {
    const value = this.#char(1);
    this.#at += 2;
    return value;
  }

  #until(close: string): string {
    const found = this.#text.indexOf(close, this.#at);
    const end = found < 0 || found >= this.#end ? this.#end : found + 1;
    const value = this.#text.slice(this.#at, end);
    this.#at = end;
    return value;
  }
}
