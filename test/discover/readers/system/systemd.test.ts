// Words of `Environment=` as systemd parts them, with the way back to the file (systemd.syntax(7), "Quoting").
import { expect, test } from '@jest/globals';
import { environmentOf } from '../../../../src/discover/readers/system/systemd.ts';
import { SourceText } from '../../../../src/discover/text/source-text.ts';

/** `name=value`, and what is written between the places of the value's first and last unit. */
function variablesIn(lines: string): [string, string][] {
  const text = `[Service]\n${lines}\n`;
  return environmentOf(new SourceText('a.service', text)).map(({ name, value }) => [
    `${name}=${value.text}`,
    text.slice(value.sourceOffset(0), value.sourceOffset(value.text.length)),
  ]);
}

test.each([
  [
    'bare',
    'Environment=A=b C=d',
    [
      ['A=b', 'b'],
      ['C=d', 'd'],
    ],
  ],
  [
    'quotes around the whole',
    'Environment="A=b c" \'D=e f\'',
    [
      ['A=b c', 'b c'],
      ['D=e f', 'e f'],
    ],
  ],
  ['quotes around the value', 'Environment=A="b c"', [['A=b c', 'b c']]],
  ['the other quote inside', 'Environment="A=it\'s"', [["A=it's", "it's"]]],
  ['escapes', 'Environment="A=b\\\\c\\"d"', [['A=b\\c"d', 'b\\\\c\\"d']]],
  ['an unknown escape stays', 'Environment=A=db\\PROD', [['A=db\\PROD', 'db\\PROD']]],
  ['a percent sign', 'Environment=A=1%%2', [['A=1%2', '1%%2']]],
  [
    'joined lines',
    'Environment=A=b \\\n  C=d',
    [
      ['A=b', 'b'],
      ['C=d', 'd'],
    ],
  ],
  [
    'a comment between them',
    'Environment=A=b \\\n# X=y\n  C=d',
    [
      ['A=b', 'b'],
      ['C=d', 'd'],
    ],
  ],
  ['nothing', 'Environment=\nEnvironment==x y', []],
  [
    'empty',
    'Environment=A= B=""',
    [
      ['A=', ''],
      ['B=', ''],
    ],
  ],
  ['a quote that is not closed', 'Environment="A=b c', [['A=b c', 'b c']]],
] as const)('%s', (_, lines, expected) => {
  const found = variablesIn(lines);
  expect(found.map(([said]) => said)).toEqual(expected.map(([said]) => said));
  const filled = expected.filter(([, written]) => written !== '');
  expect(found.filter(([said]) => !said.endsWith('=')).map(([, written]) => written)).toEqual(
    filled.map(([, written]) => written),
  );
});
