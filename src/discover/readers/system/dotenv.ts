/** `.env` files: lines of `KEY=value`, as docker compose and the dotenv libraries read them. */
import { declareConnection } from '../../connection-strings/declare.ts';
import type { Reader } from '../../reader.ts';
import { fromDotenv, plain } from '../../text/decoded.ts';

/**
 * A key and its value, which runs to the closing quote (over lines, if need be), else to a ` #` or the end of the line.
 * An opening quote without a closing one is a character of the value.
 */
const LINE =
  /^[ \t]*(?:export[ \t]+)?[\w.-]+[ \t]*=[ \t]*(?:"((?:[^"\\]|\\[\s\S])*)"|'([^']*)'|`([^`]*)`|([^\r\n]*))/dgm;

export const dotenv: Reader = {
  id: 'dotenv',
  matches: (path) => /(?:^|\/)(?:\.env(?:\.[^/]+)?|[^/]+\.env)$/i.test(path),
  read(source) {
    return [...source.text.matchAll(LINE)].flatMap(({ indices }) => {
      const [, escaped, single, backtick, bare] = indices ?? [];
      if (escaped) return declareConnection(source, fromDotenv(source, ...escaped)) ?? [];
      const literal = single ?? backtick ?? (bare && withoutComment(source.text, ...bare));
      return (literal && declareConnection(source, plain(source, ...literal))) ?? [];
    });
  },
};

/** A `#` begins a comment only after a blank: passwords and URLs hold it too. */
function withoutComment(text: string, start: number, end: number): [number, number] {
  const value = text.slice(start, end).replace(/(?:^|[ \t])#.*$/, '');
  return [start, start + value.trimEnd().length];
}
