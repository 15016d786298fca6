// biome-ignore-all lint/suspicious/noTemplateCurlyInString: interpolations of the languages that are read
import { expect, test } from '@jest/globals';
import {
  BATCH,
  commandsOf,
  type Dialect,
  POWERSHELL,
  SHELL,
  wordsOf,
} from '../../../src/discover/text/commands.ts';

const values = (text: string, dialect: Dialect) =>
  commandsOf(wordsOf(text, dialect)).map((words) => words.map(({ value }) => value));
const places = (text: string, dialect: Dialect) =>
  commandsOf(wordsOf(text, dialect)).map((words) => words.map(({ start, end }) => text.slice(start, end)));

test.each([
  ['a -b "c d" \'e$f\'', [['a', '-b', 'c d', 'e$f']]],
  ['a "x`"y" "x""y" \'x\'\'y\'', [['a', 'x"y', 'x"y', "x'y"]]],
  ['a `\r\n  b\nc', [['a', 'b'], ['c']]],
  ['a; b | c && d # e', [['a'], ['b'], ['c'], ['d']]],
  ['if ($x) { a } else { b }', [['if', '($x)'], ['a'], ['else'], ['b']]],
  [
    "$x='y'; $z = 1",
    [
      ['$x', '=', 'y'],
      ['$z', '=', '1'],
    ],
  ],
  ["a @('b', 'c') $(d (e))", [['a', "@('b', 'c')", '$(d (e))']]],
  ['a ${b c}\\d "${e}"', [['a', '${b c}\\d', '${e}']]],
  ['a "never closed\nb', [['a', 'never closed\nb']]],
  ['a (b\nc', [['a', '(b'], ['c']]],
])('PowerShell: %j', (text, expected) => {
  expect(values(text, POWERSHELL)).toEqual(expected);
});

test.each([
  [
    '@echo off\r\nreg add "a b" /v c',
    [
      ['@echo', 'off'],
      ['reg', 'add', 'a b', '/v', 'c'],
    ],
  ],
  ['rem a b\n:: c\nremove d', [['remove', 'd']]],
  ['a ^\r\n b & c', [['a', 'b'], ['c']]],
  ['a "b\nc', [['a', 'b'], ['c']]],
  ["a 'b c'", [['a', "'b", "c'"]]],
])('cmd.exe: %j', (text, expected) => {
  expect(values(text, BATCH)).toEqual(expected);
});

test.each([
  ['a --b="c d" # e\nf', [['a', '--b=c d'], ['f']]],
  ['a \\\n b && c', [['a', 'b'], ['c']]],
  ['x=$(az sql) y=$(tls)', [['x=$'], ['az', 'sql'], ['y=$(tls)']]],
])('shell: %j', (text, expected) => {
  expect(values(text, SHELL)).toEqual(expected);
});

test('the place of a word is inside its quotes, when these stand around the whole', () => {
  expect(places('a "b c" d"e" \'f\'', POWERSHELL)).toEqual([['a', 'b c', 'd"e"', 'f']]);
});
