import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { shellCommands } from '../../../../src/discover/readers/containers/shell-words.ts';

const words = (text: string, joiner?: string) =>
  shellCommands(text, 0, text.length, joiner).map((command) => command.map(({ value }) => value));

describe('commands', () => {
  test.each<[string, string[][]]>([
    ['a b', [['a', 'b']]],
    ['a && b || c; d | e & f', [['a'], ['b'], ['c'], ['d'], ['e'], ['f']]],
    ['a\nb\r\nc', [['a'], ['b'], ['c']]],
    ['a \\\n  b \\\r\n c', [['a', 'b', 'c']]],
    ['a \\\n # note\n\n b', [['a', 'b']]],
    ['a # b && c', [['a']]],
    ['a#b', [['a#b']]],
    [`a 'b c' "d \\" e" f\\ g`, [['a', 'b c', 'd " e', 'f g']]],
    ['a"b c"d', [['ab cd']]],
    ['(a; b) >c 2>&1', [['a'], ['b'], ['c', '2'], ['1']]],
    [
      'a $(b c)',
      [
        ['a', '$'],
        ['b', 'c'],
      ],
    ],
    [`a=\${b:-c d}`, [[`a=\${b:-c d}`]]],
    ['"open', [['open']]],
    ["a ''", [['a', '']]],
    ['', []],
    [' \n;; ', []],
  ])('%p', (text, expected) => {
    expect(words(text)).toEqual(expected);
  });

  test('joined by a backtick, where a backslash is a character', () => {
    expect(words('a C:\\x `\n b', '`')).toEqual([['a', 'C:\\x', 'b']]);
  });
});

test('a word that is written as it is meant stands exactly at its place', () => {
  const word = fc.stringMatching(/^[a-z0-9=.+-]{1,12}$/);
  const quoted = fc.tuple(word, fc.constantFrom('', '"', "'"));
  fc.assert(
    fc.property(
      fc.array(quoted, { minLength: 1 }),
      fc.constantFrom(' ', '  ', ' \\\n ', ' && ', '\n'),
      (parts, between) => {
        const text = parts.map(([value, quote]) => quote + value + quote).join(between);
        const found = shellCommands(text, 0, text.length).flat();
        expect(found.map(({ value }) => value)).toEqual(parts.map(([value]) => value));
        expect(found.map(({ start, end }) => text.slice(start, end))).toEqual(parts.map(([value]) => value));
      },
    ),
  );
});

test('any text ends, and every word lies within it', () => {
  const piece = fc.constantFrom('a', ' ', '\\', '\n', '"', "'", '`', '$', '${', '}', '#', ';', '(', '\r');
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      const text = pieces.join('');
      for (const { start, end } of shellCommands(text, 0, text.length).flat()) {
        expect(start).toBeLessThanOrEqual(end);
        expect(end).toBeLessThanOrEqual(text.length);
      }
    }),
  );
});

test.each([
  ['a <<EOF b\nc d\nEOF\ne', [['a', 'b', 'c d\n'], ['e']]],
  ['a <<A <<B\n1\nA\n2\nB\n', [['a', '1\n', '2\n']]],
  ['a <<EOF | b\nc\nEOF', [['a', 'c\n'], ['b']]],
  [
    'bash <<-"EOF"\n\tc d\n\tEOF\n',
    [
      ['bash', '\tc d\n'],
      ['c', 'd'],
    ],
  ],
  ['<<EOF\nc d\nEOF\n', [['c d\n'], ['c', 'd']]],
  ['a <<EOF\nc', [['a', 'c']]],
  ['a <<<b\nc', [['a', 'b'], ['c']]],
  [
    'a x:$(tag) $(b c)',
    [
      ['a', 'x:$(tag)', '$'],
      ['b', 'c'],
    ],
  ],
])('here-documents and macros: %j', (script, expected) => {
  expect(shellCommands(script, 0, script.length).map((words) => words.map(({ value }) => value))).toEqual(
    expected,
  );
});
