import type { SourceText } from '../../text/source-text.ts';
import { languageOf } from './languages.ts';
import { lex } from './literals.ts';

/** The text of a program with blanks in place of its comments, so that places stay what they are. */
export function withoutComments({ file, text }: SourceText): string {
  const language = languageOf(file);
  if (!language) return text;
  const pieces: string[] = [];
  let at = 0;
  for (const [start, end] of lex(text, language, /(?!)/).comments) {
    pieces.push(text.slice(at, start), text.slice(start, end).replace(/[^\n]/g, ' '));
    at = end;
  }
  return [...pieces, text.slice(at)].join('');
}
