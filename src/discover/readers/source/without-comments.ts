import type { SourceText } from '../../text/source-text.ts';
import { languageOf } from './languages.ts';
import { type Lexed, lex } from './literals.ts';

/** Where the comments of a program stand; none for a file of no known language. */
export function commentsOf({ file, text }: SourceText): Lexed['comments'] {
  const language = languageOf(file);
  return language ? lex(text, language, /(?!)/).comments : [];
}

/** The text of a program with blanks in place of its comments, so that places stay what they are. */
export function withoutComments(source: SourceText, comments = commentsOf(source)): string {
  const { text } = source;
  const pieces: string[] = [];
  let at = 0;
  for (const [start, end] of comments) {
    pieces.push(text.slice(at, start), text.slice(start, end).replace(/[^\n]/g, ' '));
    at = end;
  }
  return [...pieces, text.slice(at)].join('');
}

/** Is this place within one of the ranges, which stand in order? */
export function isWithin(offset: number, ranges: Lexed['comments']): boolean {
  let low = 0;
  let high = ranges.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const [start = 0, end = 0] = ranges[middle] ?? [];
    if (offset < start) high = middle - 1;
    else if (offset >= end) low = middle + 1;
    else return true;
  }
  return false;
}
