// `mssql-tls-preflight: ignore[rule] reason` in a comment of a file that declares something.
import type { SourceText } from '../discover/text/source-text.ts';
import type { Span } from '../model/span.ts';

export interface InlineIgnore {
  /** As written between the brackets. */
  readonly rules: readonly string[];
  /** `''`: none is given, so that it does not count. */
  readonly reason: string;
  /** The line it speaks for: its own, or the next one where the comment stands alone. */
  readonly line: number;
  /** From the marker to the end of the reason. */
  readonly span: Span;
}

const MARK = 'mssql-tls-preflight: ignore[';
/** What opens a comment, right before the mark: shells, C, SQL, INI, XML and HTML, batch files, Visual Basic. */
const OPENED = /(?:#+|\/\/+|--|;+|<!--+|\/\*+|'|(?:^|\s|&|@)rem)\s*$/i;
const ALONE = /^\s*(?:#+|\/\/+|--|;+|<!--+|\/\*+|'|@?rem)\s*$/i;
/** In UTF-16 units, white space after it included. */
const LONGEST_OPENING = 80;
/** What ends a comment that does not end with its line. */
const CLOSED = /--+>|\*+\//;

/** In the order of the file. A mark in no comment is no mark. */
export function inlineIgnores(source: SourceText): readonly InlineIgnore[] {
  const { text } = source;
  const found: (InlineIgnore & { readonly alone: boolean })[] = [];
  // One mark for each line: lines can be very long, and are read once.
  for (let at = text.indexOf(MARK), end = 0; at >= 0; at = text.indexOf(MARK, end)) {
    end = lineEnd(text, at);
    const lineStart = text.lastIndexOf('\n', at) + 1;
    const before = text.slice(lineStart, at);
    if (!OPENED.test(before.slice(-LONGEST_OPENING))) continue;
    const line = text.slice(at, end);
    const bracket = line.indexOf(']');
    if (bracket < 0) continue;
    const closed = CLOSED.exec(line.slice(bracket));
    const stop = closed ? bracket + closed.index : line.length;
    const after = closed ? line.slice(stop + closed[0].length) : '';
    const span = source.span(at, at + line.slice(0, stop).trimEnd().length);
    found.push({
      rules: line
        .slice(MARK.length, bracket)
        .split(',')
        .map((rule) => rule.trim())
        .filter(Boolean),
      reason: line.slice(bracket + 1, stop).trim(),
      line: span.line,
      span,
      alone: ALONE.test(before) && after.trim() === '',
    });
  }
  // Several comments may stand above the line they all speak for.
  const own = new Set(found.filter(({ alone }) => alone).map(({ line }) => line));
  return found.map(({ alone, ...ignore }) => ({
    ...ignore,
    line: alone ? below(ignore.line, own) : ignore.line,
  }));
}

function below(line: number, comments: ReadonlySet<number>): number {
  let next = line + 1;
  while (comments.has(next)) next++;
  return next;
}

function lineEnd(text: string, at: number): number {
  const end = text.slice(at).search(/\r?\n/);
  return end < 0 ? text.length : at + end;
}
