/** One line of source with `^~~~` under the marked part, laid out in terminal columns. */
import type { Excerpt } from '../model/check-report.ts';
import { displayWidth } from './display-width.ts';
import { printable } from './words.ts';

export interface Underlined {
  readonly source: string;
  readonly underline: string;
}

const TAB = 4;
const CUT = '…';

interface Glyph {
  readonly text: string;
  /** In the line's UTF-16 units. */
  readonly offset: number;
  /** First column, and columns taken. */
  readonly column: number;
  readonly columns: number;
}

/** At most `width` columns: a longer line is cut around the mark. Indentation is left out. `null` for a blank line. */
export function underlined({ text, start, end }: Excerpt, width: number): Underlined | null {
  const trimmed = text.trimEnd();
  if (trimmed === '') return null;
  const indent = Math.min(start, text.length - text.trimStart().length);
  // Lines of megabytes: what lies further away than this cannot be shown.
  const first = Math.max(indent, start - 2 * width);
  const last = Math.min(trimmed.length, start + 3 * width);
  const glyphs = glyphsOf(trimmed, first, last);
  const total = endOf(glyphs);
  const from = glyphs.find(({ offset }) => offset >= start)?.column ?? total;
  const to = Math.max(from + 1, endOf(glyphs.filter(({ offset }) => offset < end)));

  const whole = first === indent && last === trimmed.length && Math.max(total, to) <= width;
  // A column for each cut.
  const room = whole ? width : width - 2;
  const left = whole ? 0 : leftOf(from, to, total, room);
  const shown = glyphs.filter(({ column, columns }) => column >= left && column + columns <= left + room);
  const before = first > indent || left > 0 ? CUT : '';
  const after = last < trimmed.length || shown.at(-1) !== glyphs.at(-1) ? CUT : '';
  const origin = shown[0]?.column ?? left;
  const marked = Math.min(to, left + room) - from;
  return {
    source: `${before}${shown.map((glyph) => glyph.text).join('')}${after}`,
    underline: `${' '.repeat(before.length + from - origin)}^${'~'.repeat(Math.max(0, marked - 1))}`,
  };
}

/** First column to show: the line's beginning or end while the mark is in view, else the mark in the middle. */
function leftOf(from: number, to: number, total: number, room: number): number {
  if (to <= room) return 0;
  const centred = from - Math.max(0, Math.floor((room - (to - from)) / 2));
  return Math.max(0, Math.min(centred, Math.max(to, total) - room));
}

function endOf(glyphs: readonly Glyph[]): number {
  const last = glyphs.at(-1);
  return last ? last.column + last.columns : 0;
}

function shownAs(character: string, column: number, before: string): string {
  if (character === '\t') return ' '.repeat(TAB - (column % TAB));
  // `##[` is spelled out as a whole: see `printable`.
  return character === '[' && before === '##' ? printable('##[').slice(before.length) : printable(character);
}

function glyphsOf(text: string, first: number, last: number): readonly Glyph[] {
  const glyphs: Glyph[] = [];
  let offset = first;
  let column = 0;
  for (const character of text.slice(first, last)) {
    const shown = shownAs(character, column, text.slice(Math.max(0, offset - 2), offset));
    const columns = displayWidth(shown);
    glyphs.push({ text: shown, offset, column, columns });
    offset += character.length;
    column += columns;
  }
  return glyphs;
}
