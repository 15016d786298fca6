/**
 * Scripts as flat words with their places: as much of PowerShell (about_Parsing, about_Quoting_Rules), of cmd.exe and of
 * the POSIX shell (IEEE Std 1003.1, 2.2 and 2.3) as it takes to read the literal arguments of simple commands.
 */

export interface Word {
  /** Quotes and escapes removed; variables as written. */
  readonly value: string;
  /** Offsets of the text inside the quotes, when quotes stand around the whole word. */
  readonly start: number;
  readonly end: number;
  /** `{`, `}`, a separator or the end of a line. */
  readonly isMark: boolean;
}

export interface Dialect {
  readonly quotes: string;
  /** Takes the meaning of the next character, or joins two lines. */
  readonly escapeWith: string;
  /** A quote within its own quotes is doubled. */
  readonly doublesQuotes: boolean;
  readonly marks: string;
  /** What begins a comment, at the beginning of a word. */
  readonly comment: RegExp;
  /** What stands in parentheses is one word, and `=` is one. */
  readonly hasExpressions: boolean;
}

export const POWERSHELL: Dialect = {
  quotes: '"\'',
  escapeWith: '`',
  doublesQuotes: true,
  marks: ';|&{}\n',
  comment: /#[^\n]*/y,
  hasExpressions: true,
};
export const BATCH: Dialect = {
  quotes: '"',
  escapeWith: '^',
  doublesQuotes: false,
  marks: '&|()\n',
  comment: /(?:::|@?rem(?![^\s]))[^\n]*/iy,
  hasExpressions: false,
};
export const SHELL: Dialect = {
  quotes: '"\'',
  escapeWith: '\\',
  doublesQuotes: false,
  marks: ';|&(){}`\n',
  comment: /#[^\n]*/y,
  hasExpressions: false,
};

/** Words between marks. */
export function commandsOf(words: readonly Word[]): readonly (readonly Word[])[] {
  const commands: Word[][] = [[]];
  for (const word of words) {
    if (word.isMark) commands.push([]);
    else commands.at(-1)?.push(word);
  }
  return commands.filter((command) => command.length > 0);
}

export function wordsOf(text: string, dialect: Dialect): readonly Word[] {
  return new Lexer(text, dialect).words();
}

/** Characters that mean only themselves, everywhere. */
const RUN = /[\w.:/-]+/y;
const MACRO = /\([\w.]{1,100}\)/y;

class Lexer {
  readonly #text: string;
  readonly #dialect: Dialect;
  #at = 0;
  /** A parenthesis that is never closed was seen: none is looked for again. */
  #unclosed = false;

  constructor(text: string, dialect: Dialect) {
    this.#text = text;
    this.#dialect = dialect;
  }

  words(): Word[] {
    const words: Word[] = [];
    const { marks, comment, hasExpressions } = this.#dialect;
    while (this.#at < this.#text.length) {
      const char = this.#char();
      comment.lastIndex = this.#at;
      const isComment = (words.at(-1)?.isMark ?? true) || char === '#' ? comment.exec(this.#text) : null;
      if (isComment) this.#at += isComment[0].length;
      else if (this.#skipContinuation()) continue;
      else if (/[^\S\n]|\uFEFF/.test(char)) this.#at += 1;
      else if (marks.includes(char) || (hasExpressions && (char === '=' || char === ')')))
        words.push(this.#mark(char));
      else words.push(this.#word());
    }
    return words;
  }

  #char(ahead = 0): string {
    return this.#text.charAt(this.#at + ahead);
  }

  #mark(char: string): Word {
    this.#at += 1;
    return { value: char, start: this.#at - 1, end: this.#at, isMark: char !== '=' };
  }

  #skipContinuation(): boolean {
    if (this.#char() !== this.#dialect.escapeWith) return false;
    const ahead = this.#char(1) === '\r' ? 2 : 1;
    if (this.#char(ahead) !== '\n') return false;
    this.#at += ahead + 1;
    return true;
  }

  #word(): Word {
    const start = this.#at;
    let value = '';
    let quoted: { start: number; end: number } | null = null;
    while (this.#at < this.#text.length && !this.#ends(value)) {
      const char = this.#char();
      if (this.#dialect.quotes.includes(char)) {
        const inside = this.#quoted(char);
        if (inside.place.start === start + 1) quoted = inside.place;
        value += inside.value;
      } else if (char === this.#dialect.escapeWith) {
        if (this.#skipContinuation()) break;
        value += this.#char(1);
        this.#at += 2;
      } else value += this.#plain(char);
    }
    const end = Math.min(this.#at, this.#text.length);
    const whole = quoted !== null && quoted.end + 1 >= end ? quoted : { start, end };
    return { value, ...whole, isMark: false };
  }

  #ends(value: string): boolean {
    const char = this.#char();
    if (/\s/.test(char)) return true;
    if (this.#dialect.hasExpressions && (char === ')' || (char === '=' && isName(value)))) return true;
    return this.#dialect.marks.includes(char) && !(char === '{' && this.#char(-1) === '$') && !this.#macro();
  }

  /** `(name)` after a `$`: a variable of a pipeline. Longer ones are commands of their own. */
  #macro(): string | null {
    if (this.#char() !== '(' || this.#char(-1) !== '$') return null;
    MACRO.lastIndex = this.#at;
    return MACRO.exec(this.#text)?.[0] ?? null;
  }

  #plain(char: string): string {
    if (char === '{') return this.#braced();
    if (char === '(' && this.#dialect.hasExpressions) return this.#parenthesised();
    RUN.lastIndex = this.#at;
    const taken = RUN.exec(this.#text)?.[0] ?? this.#macro() ?? char;
    this.#at += taken.length;
    return taken;
  }

  #quoted(quote: string): { value: string; place: { start: number; end: number } } {
    const { escapeWith, doublesQuotes } = this.#dialect;
    const literal = quote === "'" || escapeWith === '^';
    const start = this.#at + 1;
    let value = '';
    this.#at = start;
    while (this.#at < this.#text.length) {
      const char = this.#char();
      if (char === quote) {
        if (!doublesQuotes || this.#char(1) !== quote) break;
        this.#at += 1;
      } else if (char === escapeWith && !literal) this.#at += 1;
      // In cmd.exe a quote ends with its line.
      else if (char === '\n' && escapeWith === '^') break;
      value += this.#char();
      this.#at += 1;
    }
    const end = Math.min(this.#at, this.#text.length);
    this.#at += this.#char() === quote ? 1 : 0;
    return { value, place: { start, end } };
  }

  #braced(): string {
    const found = this.#text.indexOf('}', this.#at);
    const end = found < 0 || found - this.#at > 100 ? this.#at + 1 : found + 1;
    const value = this.#text.slice(this.#at, end);
    this.#at = end;
    return value;
  }

  /** As written, to the parenthesis that closes it. */
  #parenthesised(): string {
    const start = this.#at;
    let depth = 0;
    for (let at = start; at < this.#text.length && !this.#unclosed; at += 1) {
      const char = this.#text[at];
      depth += char === '(' ? 1 : char === ')' ? -1 : 0;
      if (depth > 0) continue;
      this.#at = at + 1;
      return this.#text.slice(start, at + 1);
    }
    this.#unclosed = true;
    this.#at += 1;
    return '(';
  }
}

/** What may stand before an `=` that is one word; longer ones are none. */
const isName = (value: string) => value.length <= 100 && /^\$?\w*$/.test(value);
