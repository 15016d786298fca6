/** Masks secrets in free text, such as the line of a file that is shown as an excerpt. */
import type { Range } from './token.ts';
import { userInfo } from './user-info.ts';

const MASK = '***';

/** The text with each range replaced by `***`; ranges may overlap and come in any order. */
export function maskRanges(text: string, ranges: readonly Range[]): string {
  let at = 0;
  let shown = '';
  for (const { start, end } of ranges.toSorted((one, other) => one.start - other.start)) {
    if (end <= at || end <= start) continue;
    if (start >= at) shown += text.slice(at, start) + MASK;
    at = end;
  }
  return shown + text.slice(at);
}

/**
 * The text with the values of password-like keywords and the passwords of URLs replaced by `***`. Rather masks too much
 * than too little: where no quote tells the end of a value, it runs to a `;` or to the end of the line. Linear in the
 * length of the text.
 */
export function maskSecrets(text: string): string {
  return text
    .split('\n')
    .map((line) => maskRanges(line, [...passwordsOfUrls(line), ...valuesOfKeywords(line)]))
    .join('\n');
}

const URL_REST = /:\/\/([^\s"`<>]*)/g;

function passwordsOfUrls(line: string): Range[] {
  const found: Range[] = [];
  for (const { index, 1: rest = '' } of line.matchAll(URL_REST)) {
    let start = index + 3;
    // A URL may stand in the query of another.
    for (const piece of rest.split('://')) {
      const sql = /(?:sqlserver|mssql[+\w]*)$/i.test(line.slice(Math.max(0, start - 33), start - 3));
      const { password } = userInfo(line, start, start + piece.length, sql);
      if (password) found.push(password);
      start += piece.length + 3;
    }
  }
  return found;
}

const KEYWORD =
  /(?:password|passwd|passphrase|pwd|secret|(?<![a-z])(?:db)?pass|access[ _-]?token|(?:account|shared[ _-]?access|api)[ _-]?key|shared[ _-]?access[ _-]?signature)\d{0,3}(?:_[a-z0-9]{1,20}){0,2}/gi;

/** Where a value ends when no quote of its own does. */
type Style = 'element' | 'parameter' | 'word' | 'rest';

const QUOTE = String.raw`(?:\\?["'${'`'}]|&(?:quot|apos|#34|#39);)?`;
/** What may stand between a keyword and its value, and how the value then ends. */
const SEPARATORS: readonly (readonly [RegExp, Style])[] = [
  [/>/y, 'element'],
  [new RegExp(`${QUOTE}[ \\t]*(?:,[ \\t]*)?${QUOTE}value${QUOTE}[ \\t]*[=:][ \\t]*`, 'iy'), 'rest'],
  [new RegExp(`${QUOTE}\\]?[ \\t]*(?:=>|:=|={1,2}|:|\\()[ \\t]*`, 'iy'), 'rest'],
  [/%3D/iy, 'parameter'],
];
/** `--password x`, `"--password", "x"`, `ENV SA_PASSWORD x`. */
const WORD_SEPARATOR = /["']?(?:[ \t]*,)?[ \t]+/y;
const BEFORE_WORD = /(?:^|[\s"'[])--?[\w-]*$|^\s*(?:ENV|ARG|SET|EXPORT)\s+[\w-]*$/i;
const BEFORE_PARAMETER = /(?:[?&]|&amp;)$/i;

/** `-P x` of the tools that come with SQL Server and FreeTDS. */
const TOOL = /\b(?:sqlcmd|osql|bcp|isql|tsql|bsqldb|mssql-cli)\b/i;
const TOOL_PASSWORD = /(?:^|[\s"'[])-P(?:["'],?[ \t]*|[ \t]*)/g;

function valuesOfKeywords(line: string): Range[] {
  const starts = [...startsAfterKeywords(line)];
  if (TOOL.test(line))
    for (const { index, 0: option } of line.matchAll(TOOL_PASSWORD))
      starts.push([index + option.length, 'word']);
  starts.sort(([one], [other]) => one - other);

  const found: Range[] = [];
  const quotes = new OpenQuotes(line);
  let at = 0;
  for (const [start, style] of starts) {
    if (start < at) continue;
    quotes.advance(at, start);
    const value = quotedValue(line, start) ?? unquotedValue(line, start, style, quotes);
    if (line.slice(value.start, value.end).trim() !== '') found.push(value);
    at = value.end;
  }
  return found;
}

function* startsAfterKeywords(line: string): Generator<[number, Style]> {
  for (const { index, 0: keyword } of line.matchAll(KEYWORD)) {
    const end = index + keyword.length;
    const before = line.slice(Math.max(0, index - 60), index);
    const separators = BEFORE_WORD.test(before)
      ? [...SEPARATORS, [WORD_SEPARATOR, 'word'] as const]
      : SEPARATORS;
    for (const [separator, style] of separators) {
      separator.lastIndex = end;
      const match = separator.exec(line);
      if (!match) continue;
      yield [end + match[0].length, style === 'rest' && BEFORE_PARAMETER.test(before) ? 'parameter' : style];
      break;
    }
  }
}

const OPENING = /\\?["'`]|\{|&(?:quot|apos|#34|#39);|%(?:7B|22|27)/iy;
const CLOSING: Readonly<Record<string, string>> = { '{': '}', '%7B': '%7D', '%7b': '%7d' };
/** A quote in the middle of a password is followed by more of it. */
const AFTER_CLOSING = /[\s,;)}\]>/<&|+:"'`\\%]|$/y;

/** A value in quotes of its own, escaped or not; `null` when it has none. Without a closing one: the rest of the line. */
function quotedValue(line: string, from: number): Range | null {
  OPENING.lastIndex = from;
  const opening = OPENING.exec(line)?.[0];
  if (opening === undefined) return null;
  const closing = CLOSING[opening] ?? opening;
  const start = from + opening.length;
  for (let at = line.indexOf(closing, start); at >= 0; at = line.indexOf(closing, at)) {
    const after = at + closing.length;
    const isDoubled = at > start && line.startsWith(closing, after);
    if (isDoubled || isEscaped(line, at)) at = isDoubled ? after + closing.length : after;
    else if (matchesAt(AFTER_CLOSING, line, after)) return { start, end: at };
    else at = after;
  }
  return { start, end: line.length };
}

/** A quote that is doubled ends nothing, nor does the `;` of an entity. */
const ESCAPED = /(["'`])\1|&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{1,10});/iy;
const ENDS: Readonly<Record<Style, RegExp>> = {
  element: /</y,
  parameter: /&|%3B|%26|[\s"'`<>]/iy,
  word: /[\s"'`]/y,
  rest: /;|<\//y,
};

function unquotedValue(line: string, start: number, style: Style, quotes: OpenQuotes): Range {
  let at = start;
  while (at < line.length && !matchesAt(ENDS[style], line, at)) {
    const escaped = matchEnd(ESCAPED, line, at);
    if (escaped === null && quotes.closesAt(at)) break;
    at = escaped ?? at + 1;
  }
  return { start, end: style === 'rest' ? withLeftOver(line, at) : at };
}

const LEFT_OVER = /;[^;="'`<>]+(?=;)/y;

/** `Password=abc;def;Encrypt=…`: a piece that is no pair is likely more of the password. */
function withLeftOver(line: string, end: number): number {
  let at = end;
  for (let next = matchEnd(LEFT_OVER, line, at); next !== null; next = matchEnd(LEFT_OVER, line, at))
    at = next;
  return at;
}

function matchEnd(pattern: RegExp, line: string, at: number): number | null {
  pattern.lastIndex = at;
  return pattern.test(line) ? pattern.lastIndex : null;
}

const matchesAt = (pattern: RegExp, line: string, at: number): boolean =>
  matchEnd(pattern, line, at) !== null;

function isEscaped(line: string, at: number): boolean {
  let backslashes = 0;
  while (line[at - 1 - backslashes] === '\\') backslashes += 1;
  return backslashes % 2 === 1;
}

/** Which quotes stand open around a place of the line: the next of them ends everything inside. */
class OpenQuotes {
  readonly #line: string;
  readonly #open = new Set<string>();

  constructor(line: string) {
    this.#line = line;
  }

  /** Reads on over `from` … `to`; what is left out, such as a masked value, does not count. */
  advance(from: number, to: number): void {
    for (let at = from; at < to; at += 1) {
      const unit = this.#line[at] ?? '';
      if (!/["'`]/.test(unit) || isEscaped(this.#line, at)) continue;
      if (!this.#open.delete(unit)) this.#open.add(unit);
    }
  }

  closesAt(at: number): boolean {
    const unit = this.#line[at] ?? '';
    return this.#open.has(unit) && !isEscaped(this.#line, at) && matchesAt(AFTER_CLOSING, this.#line, at + 1);
  }
}
