// The INI lexer: sections, keys and values with their places, in the dialects that the readers ask for.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type IniDialect, type IniText, readIni, valuesOf } from '../../../src/discover/text/ini.ts';

const PLAIN: IniDialect = { comments: '#;' };
const JOINED: IniDialect = { comments: '#;', joiner: '\\' };
const INLINE: IniDialect = { comments: '#', inlineComments: '#' };

/** It stands where it says, but for blanks where lines are joined. */
function expectPlaced(text: string, piece: IniText): void {
  expect(piece.end - piece.start).toBe(piece.text.length);
  const written = text.slice(piece.start, piece.end);
  if (!written.includes('\n')) expect(piece.text).toBe(written);
}

/** `[section] key=value` per entry. */
function said(text: string, dialect: IniDialect): string[] {
  return readIni(text, dialect).flatMap(({ name, entries }) => {
    if (name) expectPlaced(text, name);
    return entries.map(({ key, value }) => {
      expectPlaced(text, key);
      expectPlaced(text, value);
      return `[${name?.text ?? ''}] ${key.text}=${value.text}`;
    });
  });
}

describe('lines', () => {
  test.each([
    ['blanks around everything', ' [ a ] \n\tk  =  v w \r\n', PLAIN, ['[a] k=v w']],
    ['before the first header', '\uFEFFk=v\n[a]\n', PLAIN, ['[] k=v']],
    ['comments of both kinds', '#a=1\n  ;b=2\nc=3', PLAIN, ['[] c=3']],
    ['a comment mark in a value', 'a=1 # one\nb=x#y', PLAIN, ['[] a=1 # one', '[] b=x#y']],
    ['a comment behind a value', 'a=1 # one\nb=x#y\nc=#', INLINE, ['[] a=1', '[] b=x#y', '[] c=']],
    ['no key, no value', '=v\nword\nk=', PLAIN, ['[] k=']],
    ['the first equals sign counts', 'k=a=b', PLAIN, ['[] k=a=b']],
    ['a header that is not closed', '[a\nk=v', PLAIN, ['[] k=v']],
    ['joined lines', 'k=a\\\n  b\\\r\nc\nl=d', JOINED, ['[] k=a    b   c', '[] l=d']],
    ['a comment between joined lines', 'k=a\\\n# no\nb', JOINED, ['[] k=a       b']],
    ['a comment joins nothing', '# no \\\nk=v', JOINED, ['[] k=v']],
    ['no joiner in this dialect', 'k=a\\\nl=b', PLAIN, ['[] k=a\\', '[] l=b']],
    ['a joined last line', 'k=a\\', JOINED, ['[] k=a\\']],
  ] as const)('%s', (_, text, dialect, expected) => expect(said(text, dialect)).toEqual(expected));
});

test('keys compare without case, and one blank is as good as several', () => {
  const [, section] = readIni('[a]\nTDS  Version=7.4\ntds version = 8.0', PLAIN);
  expect(section && valuesOf(section, 'tds version').map(({ text }) => text)).toEqual(['7.4', '8.0']);
});

const word = fc.stringMatching(/^[a-z][a-z0-9.]{0,8}$/);
const value = fc.stringMatching(/^(?:[a-z0-9/\\{}:,]{1,8}(?: [a-z0-9=#;]{1,5}){0,2})?$/);
const sections = fc.array(fc.tuple(word, fc.array(fc.tuple(word, value), { maxLength: 4 })), {
  maxLength: 4,
});

test('what is written is read back', () => {
  fc.assert(
    fc.property(sections, fc.constantFrom('\n', '\r\n'), (written, newline) => {
      const lines = written.flatMap(([name, entries]) => [
        `[${name}]`,
        ...entries.map(([key, text]) => `  ${key} = ${text}`),
      ]);
      expect(said(lines.join(newline), PLAIN)).toEqual(
        written.flatMap(([name, entries]) => entries.map(([key, text]) => `[${name}] ${key}=${text.trim()}`)),
      );
    }),
  );
});

const noise = fc.string({
  unit: fc.constantFrom('[', ']', '=', '#', ';', '\\', '\n', '\r', ' ', 'a', '\uFEFF'),
});

test('anything at all is read, and every piece is where it says', () => {
  fc.assert(
    fc.property(noise, fc.constantFrom(PLAIN, JOINED, INLINE), (text, dialect) => {
      said(text, dialect);
    }),
    { numRuns: 5000 },
  );
});
