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
  /** The lines of a here-document (2.7.4), which the command gets to read. */
  readonly heredoc?: true;
}

/** Characters that end a command; `$(` and backticks start one of their own, which is as good here. */
const SEPARATORS = ';|&()`';
const BLANK = /[ \t\r]/;

/**
 * Commands between two offsets of `text`. `joiner` joins lines when it stands at the end of one: `\`, or what a
 * Dockerfile's `escape` directive says.
 */
export function shellCommands(text: string, start: number, end: number, joiner = '\\', depth = 0): Word[][] {
  const commands = new ShellLexer(text, start, end, joiner).commands();
  if (depth >= MAX_DEPTH) return commands;
  return commands.flatMap((command) => {
    const [program, ...rest] = command;
    const isScript = program?.heredoc || SHELL.test(program?.value ?? '');
    const scripts = isScript ? [program, ...rest].filter((word) => word?.heredoc) : [];
    const inner = scripts.flatMap((word) =>
      word ? shellCommands(text, word.start, word.end, joiner, depth + 1) : [],
    );
    return [command, ...inner];
  });
}

/** A here-document without a command is run by Docker; one for a shell by that shell. */
const SHELL = /^(?:.*\/)?(?:ba|da|a|z|k)?sh$/;
/** Scripts within scripts. */
const MAX_DEPTH = 3;
/** `<<EOF`, `<<-EOF`, `<<"EOF"`; `<<<` is something else. */
const HEREDOC = /<<(-?)[ \t]*(["']?)([A-Za-z_][\w.-]{0,60})\2/y;

const MACRO = /\$\([\w.-]{1,100}\)/y;

interface PendingHeredoc {
  readonly words: Word[];
  readonly mark: string;
}

class ShellLexer {
  readonly #text: string;
  readonly #end: number;
  readonly #joiner: string;
  #at: number;
  /** The line before ended with an escape: comment lines and empty lines do not end the command. */
  #continued = false;
  /** Begun on this line; their texts follow it. */
  #pending: PendingHeredoc[] = [];

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
      if (this.#skipContinuation() || this.#skipComment() || this.#heredocMark(words)) continue;
      if (this.#endsCommand()) {
        if (words.length > 0) commands.push(words);
        words = [];
      } else if (BLANK.test(this.#char()) || '\n<>'.includes(this.#char())) {
        this.#at += 1;
      } else {
        this.#continued = false;
        words.push(this.#word());
      }
    }
    if (words.length > 0) commands.push(words);
    return commands;
  }

  #endsCommand(): boolean {
    const char = this.#char();
    const isNewLine = char === '\n';
    if (isNewLine ? this.#continued && this.#pending.length === 0 : !SEPARATORS.includes(char)) return false;
    this.#at += 1;
    if (isNewLine) this.#heredocs();
    return true;
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

  #heredocMark(words: Word[]): boolean {
    if (this.#char() !== '<') return false;
    if (this.#char(1) === '<' && this.#char(2) === '<') {
      this.#at += 3;
      return true;
    }
    HEREDOC.lastIndex = this.#at;
    const match = HEREDOC.exec(this.#text);
    if (!match || HEREDOC.lastIndex > this.#end) return false;
    this.#pending.push({ words, mark: match[3] ?? '' });
    this.#at = HEREDOC.lastIndex;
    return true;
  }

  /** Each runs to a line that is its mark, else to the end. */
  #heredocs(): void {
    for (const { words, mark } of this.#pending) {
      const start = this.#at;
      let end = -1;
      while (end < 0 && this.#at < this.#end) {
        const found = this.#text.indexOf('\n', this.#at);
        const next = found < 0 || found >= this.#end ? this.#end : found;
        if (this.#text.slice(this.#at, next).trim() === mark) end = this.#at;
        this.#at = Math.min(next + 1, this.#end);
      }
      if (end < 0) end = this.#at;
      if (end > start) words.push({ value: this.#text.slice(start, end), start, end, heredoc: true });
    }
    this.#pending = [];
  }

  #word(): Word {
    const start = this.#at;
    let value = '';
    while (this.#at < this.#end) {
      const char = this.#char();
      if (char === "'" || char === '"') value += this.#quoted(char);
      else if (char === '$' && this.#char(1) === '{') value += this.#until('}');
      else if (char === '$' && this.#isMacro()) value += this.#until(')');
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

  /** `$(name)`, which is a variable of Azure Pipelines, and a command without arguments in a shell. */
  #isMacro(): boolean {
    MACRO.lastIndex = this.#at;
    return MACRO.test(this.#text) && MACRO.lastIndex <= this.#end;
  }

  #until(close: string): string {
    const found = this.#text.indexOf(close, this.#at);
    const end = found < 0 || found >= this.#end ? this.#end : found + 1;
    const value = this.#text.slice(this.#at, end);
    this.#at = end;
    return value;
  }
}
