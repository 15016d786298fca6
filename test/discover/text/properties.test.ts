// java.util.Properties, "load": the examples of its documentation, and what people do to it.
import { expect, test } from '@jest/globals';
import { propertiesOf } from '../../../src/discover/text/properties.ts';
import { SourceText } from '../../../src/discover/text/source-text.ts';

const read = (text: string) =>
  propertiesOf(new SourceText('a.properties', text)).map(({ key, value }) => [key, value.text]);

test.each([
  ['Truth = Beauty', 'Truth', 'Beauty'],
  ['  Truth:Beauty', 'Truth', 'Beauty'],
  ['Truth                    :Beauty  ', 'Truth', 'Beauty'],
  ['cheeses', 'cheeses', ''],
  ['cheeses =', 'cheeses', ''],
  ['a b = c', 'a', 'b = c'],
  ['a = = c', 'a', '= c'],
  ['a\\:b\\=c\\ d e', 'a:b=c d', 'e'],
  ['url = jdbc\\:x\\://h\\\\i', 'url', 'jdbc:x://h\\i'],
  ['a = \\u00e9\\t\\q\\u00', 'a', 'é\tq\\u00'],
  ['fruits  apple, banana, \\\n        pear, \\\r\n\tmango', 'fruits', 'apple, banana, pear, mango'],
  ['key=\\\n    value', 'key', 'value'],
  ['key\\\n = value', 'key', 'value'],
  ['a=b\\', 'a', 'b'],
  ['\uFEFFa=b', 'a', 'b'],
  ['a=b # c', 'a', 'b # c'],
])('%j', (text, key, value) => {
  expect(read(text)).toEqual([[key, value]]);
});

test('comments and blank lines are nothing; a comment is not continued, a value is', () => {
  expect(read('# a=b\\\nc=d\n   ! e=f\n\n\t\ng=h\\\n# i\nk=l\r\n')).toEqual([
    ['c', 'd'],
    ['g', 'h# i'],
    ['k', 'l'],
  ]);
});

test('a value knows its place through escapes and lines', () => {
  const text = 'x=1\nurl=jdbc\\:a\\\n    ;b=c  \n';
  const value = propertiesOf(new SourceText('a.properties', text))[1]?.value;
  const place = [value?.sourceOffset(0), value?.sourceOffset(value.text.length)] as const;
  expect(text.slice(...(place as [number, number]))).toBe('jdbc\\:a\\\n    ;b=c');
});
