/**
 * Files of `[sections]` with lines of `key = value`. There is no one specification: what the dialects differ in is said by
 * {@link IniDialect}. Never fails: a line that is none of these is passed over. Linear in the length of the text.
 */

export interface IniDialect {
  /** Characters that begin a comment where a line begins. */
  readonly comments: string;
  /** Characters that begin a comment behind a value, after a blank. None unless said. */
  readonly inlineComments?: string;
  /** Joins a line to the next one when it stands at the end. */
  readonly joiner?: '\\';
}

/** A piece of the file, trimmed. */
export interface IniText {
  /** As written, and as long; where lines are joined, blanks stand for the joint. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

export interface IniEntry {
  readonly key: IniText;
  readonly value: IniText;
}

export interface IniSection {
  /** `null` for the lines before the first header. */
  readonly name: IniText | null;
  readonly entries: readonly IniEntry[];
}

/** Sections in the order of the file, one per header; a name may come again. */
export function readIni(text: string, dialect: IniDialect): readonly IniSection[] {
  let entries: IniEntry[] = [];
  const sections: IniSection[] = [{ name: null, entries }];
  for (const line of linesOf(text, dialect)) {
    const name = headerOf(line);
    if (name) {
      entries = [];
      sections.push({ name, entries });
      continue;
    }
    const entry = entryOf(line, dialect.inlineComments ?? '');
    if (entry) entries.push(entry);
  }
  return sections;
}

/** Every value of a key, in order; keys compare without case, and of several blanks one counts. */
export function valuesOf({ entries }: IniSection, ...keys: readonly string[]): readonly IniText[] {
  return entries.filter(({ key }) => keys.includes(foldedKey(key.text))).map(({ value }) => value);
}

const foldedKey = (key: string) => key.toLowerCase().replace(/\s+/g, ' ');

/** The part of a text from `from` to `to`, without the blanks around it. */
export function pieceOf({ text, start }: IniText, from: number, to: number): IniText {
  const raw = text.slice(from, to);
  const begin = from + (raw.length - raw.trimStart().length);
  const trimmed = raw.trim();
  return { text: trimmed, start: start + begin, end: start + begin + trimmed.length };
}

/** Lines that are no comment, blanks around them left out, continued ones as one. */
function* linesOf(text: string, { comments, joiner }: IniDialect): Generator<IniText> {
  for (let at = 0; at < text.length; ) {
    const line = lineAt(text, at, comments, joiner);
    at = line.end + 1;
    const piece = pieceOf(line, 0, line.text.length);
    if (piece.text !== '' && !isComment(piece.text, comments)) yield piece;
  }
}

function isComment(line: string, comments: string): boolean {
  const first = line.trimStart().charAt(0);
  return first !== '' && comments.includes(first);
}

/** The line that begins at `at`. What joins it to the next is blanks here, so that places stay what they are. */
function lineAt(text: string, at: number, comments: string, joiner: string | undefined): IniText {
  const pieces: string[] = [];
  for (let from = at; ; ) {
    const newline = text.indexOf('\n', from);
    const end = newline < 0 ? text.length : newline;
    const line = text.slice(from, end);
    const comment = isComment(line, comments);
    // A comment in between joined lines is none of them and does not part them.
    const joined = joiner !== undefined && (comment ? from > at : /\\\r?$/.test(line.slice(-2)));
    if (!joined || newline < 0) {
      pieces.push(comment && from > at ? ' '.repeat(line.length) : line);
      return { text: pieces.join(''), start: at, end };
    }
    const marks = comment ? line.length : line.endsWith('\r') ? 2 : 1;
    pieces.push(line.slice(0, line.length - marks), ' '.repeat(marks + 1));
    from = end + 1;
  }
}

function headerOf(line: IniText): IniText | null {
  const close = line.text.startsWith('[') ? line.text.indexOf(']') : -1;
  return close < 0 ? null : pieceOf(line, 1, close);
}

function entryOf(line: IniText, inlineComments: string): IniEntry | null {
  const equals = line.text.indexOf('=');
  if (equals <= 0) return null;
  const end = equals + 1 + commentAt(line.text.slice(equals + 1), inlineComments);
  return { key: pieceOf(line, 0, equals), value: pieceOf(line, equals + 1, end) };
}

/** Where a comment behind the value begins; the value's length when there is none. */
function commentAt(value: string, marks: string): number {
  if (marks === '') return value.length;
  for (let at = 0; at < value.length; at += 1) {
    if (marks.includes(value.charAt(at)) && (at === 0 || /\s/.test(value.charAt(at - 1)))) return at;
  }
  return value.length;
}
