/** `.properties` files (java.util.Properties, "load"): keys and values over continued lines, with their places. */
import { type DecodedText, fromProperties } from './decoded.ts';
import type { SourceText } from './source-text.ts';

export interface Property {
  readonly key: string;
  /** Escapes and continuations resolved; blanks at the end left out. */
  readonly value: DecodedText;
  /** Of the key, without the blanks before it. */
  readonly start: number;
  readonly end: number;
}

/** A comment, or a line with the lines that continue it. A backslash escapes whatever follows, line ends too. */
const LINE = /[\s\uFEFF]*(?:[#!][^\n]*|([^\\\n]*(?:\\(?:\r\n|[\s\S])[^\\\n]*)*\\?))(?:\n|$)/gy;
const KEY = /(?:\\[\s\S]|[^\\\s=:])*/y;
const SEPARATOR = /[ \t\f]*[=:]?[ \t\f]*(?:\\\r?\n[ \t\f]*)*/y;

/** In the order of the file; of keys that stand twice, both. */
export function propertiesOf(source: SourceText): readonly Property[] {
  const { text } = source;
  return [...text.matchAll(LINE)].flatMap(({ 0: whole, 1: line = '', index }) => {
    if (line.trim() === '') return [];
    const start = index + whole.indexOf(line, /^[\s\uFEFF]*/.exec(whole)?.[0].length);
    const end = lengthOf(KEY, text, start);
    const from = Math.min(lengthOf(SEPARATOR, text, end), start + line.length);
    const to = from + text.slice(from, start + line.length).trimEnd().length;
    return [
      { key: fromProperties(source, start, end).text, value: fromProperties(source, from, to), start, end },
    ];
  });
}

/** Where the match that begins at `at` ends. */
function lengthOf(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return at + (pattern.exec(text)?.[0].length ?? 0);
}
