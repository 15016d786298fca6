// The value of a literal is what the format's own parser reads, and each of its units leads back into the literal.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseDocument, Scalar, stringify } from 'yaml';
import {
  type DecodedText,
  fromDotenv,
  fromDoubledQuotes,
  fromJsonString,
  fromPercentEncoding,
  fromXmlText,
  fromYamlScalar,
  plain,
} from '../../../src/discover/text/decoded.ts';
import { SourceText } from '../../../src/discover/text/source-text.ts';

const MAKERS = { plain, fromJsonString, fromXmlText, fromYamlScalar, fromDotenv };
const source = (text: string) => new SourceText('f', text);
const whole = (make: (typeof MAKERS)[keyof typeof MAKERS], text: string) =>
  make(source(text), 0, text.length);

describe('values', () => {
  test.each([
    ['fromJsonString', String.raw`a\\b\"c\/d\n\u0041\ud83d\ude00`, 'a\\b"c/d\nA😀'],
    ['fromJsonString', String.raw`a\qb\u12`, String.raw`a\qb\u12`],
    ['fromXmlText', 'a&quot;b&amp;amp;&lt;&gt;&apos;&#65;&#x1F600;', `a"b&amp;<>'A😀`],
    ['fromXmlText', 'a&b;&unknown;&#xffffff;&', 'a&b;&unknown;&#xffffff;&'],
    ['fromYamlScalar', "'it''s'", "it's"],
    ['fromYamlScalar', String.raw`"a\\b\"\x41\u0042\U0001F600\t"`, 'a\\b"AB😀\t'],
    ['fromYamlScalar', 'plain "text"', 'plain "text"'],
    ['fromYamlScalar', 'a;  \n    b;\n\n  c  d', 'a; b;\nc  d'],
    ['fromYamlScalar', '"a; \\\n   b;\n  c"', 'a; b; c'],
    ['fromDotenv', String.raw`a\"b\\c\$d\ne\f`, 'a"b\\c$d\ne\\f'],
    ['plain', String.raw`a\"&amp;`, String.raw`a\"&amp;`],
  ] as const)('%s: %s', (maker, text, value) => expect(whole(MAKERS[maker], text).text).toBe(value));

  test('percent-encoding', () => {
    const text = 'x=a+b%2B%C3%A9%F0%9F%98%80%zz%C3%';
    expect(fromPercentEncoding(text, 2, text.length).text).toBe('a b+é😀%zz%C3%');
  });
});

test('JSON: as JSON.parse reads it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (value) => {
      const text = JSON.stringify(value);
      expect(fromJsonString(source(text), 1, text.length - 1).text).toBe(value);
    }),
  );
});

test('YAML: as the yaml library reads it', () => {
  const unit = fc.constantFrom('a', 'b', ' ', '\n', '"', "'", '\\', '\t', 'é', '😀', ';', '=');
  const type = fc.constantFrom('QUOTE_DOUBLE', 'QUOTE_SINGLE', 'PLAIN');
  fc.assert(
    fc.property(fc.string({ unit, maxLength: 60 }), type, (value, defaultStringType) => {
      const text = `key: ${stringify(value, { defaultStringType, lineWidth: 20, blockQuote: false }).replaceAll('\n', '\n  ')}`;
      const node: unknown = parseDocument(text).get('key', true);
      if (!(node instanceof Scalar) || !node.range || typeof node.value !== 'string') return;
      expect(fromYamlScalar(source(text), node.range[0], node.range[1]).text).toBe(node.value);
    }),
    { numRuns: 2000 },
  );
});

describe('places', () => {
  const places = ({ text, sourceOffset }: DecodedText, decoded: DecodedText) =>
    Array.from({ length: text.length + 1 }, (_, at) => sourceOffset.call(decoded, at));
  const PIECES = [
    'a',
    '\\',
    '\\\\',
    '\\"',
    '\\n',
    '\\u0041',
    '&',
    '&amp;',
    '&#65;',
    "''",
    '"',
    "'",
    '\n  ',
    ' ',
    '%41',
    '😀',
    '\\\n ',
  ];

  test.each(Object.keys(MAKERS) as (keyof typeof MAKERS)[])(
    '%s: within the literal, never going back',
    (maker) => {
      fc.assert(
        fc.property(
          fc.array(fc.constantFrom(...PIECES), { maxLength: 20 }).map((all) => all.join('')),
          fc.constantFrom('', '"', "'"),
          (body, quote) => {
            const literal = quote + body + quote;
            const decoded = MAKERS[maker](source(`xx${literal}yy`), 2, 2 + literal.length);
            const all = places(decoded, decoded);
            expect(all.every((at) => at >= 2 && at <= 2 + literal.length)).toBe(true);
            expect(all).toEqual(all.toSorted((one, other) => one - other));
          },
        ),
      );
    },
  );

  test('plain text is where it is', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const decoded = plain(source(`xx${text}`), 2, 2 + text.length);
        expect(places(decoded, decoded)).toEqual(Array.from({ length: text.length + 1 }, (_, at) => at + 2));
        expect(decoded.text).toBe(text);
      }),
    );
  });

  test('a part, and a text decoded from it, lead on to the file', () => {
    const text = String.raw`x: \"a=''b''c\"`;
    const decoded = fromJsonString(source(text), 3, text.length);
    expect(decoded.text).toBe(`"a=''b''c"`);
    const part = decoded.slice(3, 9);
    expect([part.text, part.sourceOffset(0), part.sourceOffset(6)]).toEqual(["''b''c", 7, 13]);
    const inner = decoded.through(fromDoubledQuotes(decoded.text, 3, 9, "'"));
    expect([inner.text, inner.sourceOffset(1), inner.sourceOffset(4)]).toEqual(["'b'c", 9, 13]);
    expect(text.slice(inner.sourceOffset(3), inner.sourceOffset(4))).toBe('c');
  });
});
