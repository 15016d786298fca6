// biome-ignore-all lint/suspicious/noTemplateCurlyInString: interpolations of the languages that are read
import { expect, test } from '@jest/globals';
import { type HclEntry, type HclValue, readHcl } from '../../../src/discover/text/hcl.ts';

const shown = (value: HclValue): unknown =>
  value.kind === 'block'
    ? value.entries.map(entryOf)
    : value.kind === 'list'
      ? { list: value.items.map(shown) }
      : value.value;
const entryOf = ({ words, value }: HclEntry): unknown => [
  words.map((word) => word.value).join(' '),
  shown(value),
];
const read = (text: string, quote: '"' | "'" = '"') => readHcl(text, quote).map(entryOf);

test.each([
  ['a = "b"', [['a', 'b']]],
  ['a = "b\\"c\\\\"', [['a', 'b"c\\']]],
  [
    'a = 1.5 # c\nb = true // d',
    [
      ['a', '1.5'],
      ['b', 'true'],
    ],
  ],
  ['x "y" "z" {\n  a = var.b\n}', [['x y z', [['a', 'var.b']]]]],
  ['a = ["b", c, 1]', [['a', { list: ['b', 'c', '1'] }]]],
  [
    'a = { b = "c", "d" : "e" }',
    [
      [
        'a',
        [
          ['b', 'c'],
          ['d', 'e'],
        ],
      ],
    ],
  ],
  [
    'a = f("b", { c = "d" })\ne = "f"',
    [
      ['a', null],
      ['e', 'f'],
    ],
  ],
  [
    'a = b ? "c" : "d"\ne = "f"',
    [
      ['a', null],
      ['e', 'f'],
    ],
  ],
  ['a = "b" == "c"', [['a', null]]],
  [
    'a = "${b["c"]}d"\ne = "f"',
    [
      ['a', null],
      ['e', 'f'],
    ],
  ],
  [
    'a = "never closed\nb = "c"',
    [
      ['a', null],
      ['b', 'c'],
    ],
  ],
  [
    'a = "${never closed\nb = "c"',
    [
      ['a', null],
      ['b', 'c'],
    ],
  ],
  [
    'a = <<-E\n  b = "c"\n  E\nd = "e"',
    [
      ['a', '  b = "c"\n'],
      ['d', 'e'],
    ],
  ],
  ['/* a = "b" */ c = "d"', [['c', 'd']]],
  ['x {\n a = "b"', [['x', [['a', 'b']]]]],
  ['}}} a = "b"', []],
])('HCL: %j', (text, expected) => {
  expect(read(text)).toEqual(expected);
});

test.each([
  [
    "a 'b' = {\n  c: 'd'\n  'e': f.g\n}",
    [
      [
        'a b',
        [
          ['c', 'd'],
          ['e', 'f.g'],
        ],
      ],
    ],
  ],
  ["a = if (b) { c: 'd' }", [['a', [['c', 'd']]]]],
  ["a = [for x in y: { c: 'd' }]", [['a', { list: [[['c', 'd']]] }]]],
  ["a = [\n  'b'\n  'c'\n]", [['a', { list: ['b', 'c'] }]]],
  ["a = '${b}c' // d", [['a', null]]],
  [
    "a = '''\nb = 'c'\n'''\nd = 'e'",
    [
      ['a', "\nb = 'c'\n"],
      ['d', 'e'],
    ],
  ],
  ["@allowed(['a'])\nparam b string = 'c'", [['param b string', 'c']]],
])('Bicep: %j', (text, expected) => {
  expect(read(text, "'")).toEqual(expected);
});

test('what is nested too deeply is left out, and the rest is read', () => {
  const deep = `a = ${'{ b = '.repeat(5000)}${'}'.repeat(5000)}\nc = "d"`;
  expect(read(deep).at(-1)).toEqual(['c', 'd']);
});
