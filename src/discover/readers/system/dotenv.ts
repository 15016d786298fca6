/** `.env` files: lines of `KEY=value`, as docker compose and the dotenv libraries read them. */
import type { Reader } from '../../reader.ts';
import { type DecodedText, fromDotenv, plain } from '../../text/decoded.ts';
import type { SourceText } from '../../text/source-text.ts';
import { declareVariable } from '../environment.ts';
import { laravelDatabase } from '../php/laravel-database.ts';

/**
 * A key and its value, which runs to the closing quote (over lines, if need be), else to a ` #` or the end of the line.
 * An opening quote without a closing one is a character of the value.
 */
const LINE =
  /^[ \t\uFEFF]*(?:export[ \t]+)?([\w.-]+)[ \t]*=[ \t]*(?:"((?:[^"\\]|\\[\s\S])*)"|'([^']*)'|`([^`]*)`|([^\r\n]*))/dgm;

export const dotenv: Reader = {
  id: 'dotenv',
  matches: (path) => /(?:^|\/)(?:\.env(?:\.[^/]+)?|[^/]+\.env)$/i.test(path),
  read(source) {
    const variables = variablesOf(source);
    return [
      ...variables.flatMap(({ name, value }) => declareVariable(source, name, value)),
      ...laravelDatabase(source, variables),
    ];
  },
};

export interface Variable {
  readonly name: string;
  readonly value: DecodedText;
}

/** Every variable that the file sets, in order. */
export function variablesOf(source: SourceText): readonly Variable[] {
  return [...source.text.matchAll(LINE)].flatMap(({ 1: name = '', indices }) => {
    const [, , escaped, single, backtick, bare] = indices ?? [];
    const literal = single ?? backtick ?? (bare && withoutComment(source.text, ...bare));
    if (escaped) return [{ name, value: fromDotenv(source, ...escaped) }];
    return literal ? [{ name, value: plain(source, ...literal) }] : [];
  });
}

/** A `#` begins a comment only after a blank: passwords and URLs hold it too. */
function withoutComment(text: string, start: number, end: number): [number, number] {
  const value = text.slice(start, end).replace(/(?:^|[ \t])#.*$/, '');
  return [start, start + value.trimEnd().length];
}
