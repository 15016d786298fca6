import { expect, test } from '@jest/globals';
import { filled, type Values } from '../../../../src/discover/readers/pipelines/placeholders.ts';

const REFERENCE = /\$\((\w+)\)/g;
const VALUES: Values = new Map([
  ['one', [{ value: 'ONE', start: 100, end: 103 }]],
  [
    'two',
    [
      { value: 'A', start: 200, end: 201 },
      { value: 'B', start: 300, end: 301 },
    ],
  ],
]);

test.each([
  ['plain', ['plain at 0']],
  ['$(one)', ['ONE at 100']],
  ['x:$(one)', ['x:ONE at 0']],
  ['$(two)', ['A at 200', 'B at 300']],
  ['$(one):$(two):$(two)', ['ONE:A:A at 200', 'ONE:B:B at 300']],
  ['$(none):$(one)', ['$(none):ONE at 0']],
  ['$(none)', ['$(none) at 0']],
])('%s', (value, expected) => {
  const written = { value, start: 0, end: value.length };
  expect(filled(written, REFERENCE, VALUES).map((one) => `${one.value} at ${one.start}`)).toEqual(expected);
});
