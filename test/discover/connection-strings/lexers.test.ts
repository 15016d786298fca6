// Every lexer takes any text, and its tokens stand where they say.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { lexAdo } from '../../../src/discover/connection-strings/ado.ts';
import { declareConnection } from '../../../src/discover/connection-strings/declare.ts';
import { jdbcPrefix, lexJdbc } from '../../../src/discover/connection-strings/jdbc.ts';
import { lexOdbc } from '../../../src/discover/connection-strings/odbc.ts';
import { lexPdo, pdoPrefix } from '../../../src/discover/connection-strings/pdo.ts';
import type { Lexed } from '../../../src/discover/connection-strings/token.ts';
import { lexUrl, urlScheme } from '../../../src/discover/connection-strings/url.ts';
import { fromPercentEncoding, plain } from '../../../src/discover/text/decoded.ts';
import { SourceText } from '../../../src/discover/text/source-text.ts';

const pairs = ({ tokens }: Lexed) => tokens.map(({ keyword, value }) => [keyword, value]);

const jdbc = (text: string) => {
  const prefix = jdbcPrefix(text);
  return prefix ? lexJdbc(text, prefix) : null;
};
const url = (text: string) => {
  const scheme = urlScheme(text);
  return scheme ? lexUrl(text, scheme) : null;
};

describe('pairs', () => {
  test.each([
    [
      'a=1;b=2',
      [
        ['a', '1'],
        ['b', '2'],
      ],
    ],
    [
      ' a b = 1 2 ;; c= ;',
      [
        ['a b', '1 2'],
        ['c', ''],
      ],
    ],
    [
      "a='x;y';b=\"it's\";c='it''s'",
      [
        ['a', 'x;y'],
        ['b', "it's"],
        ['c', "it's"],
      ],
    ],
    ['a==b=1', [['a=b', '1']]],
    [
      'a=b=c;d=x"y',
      [
        ['a', 'b=c'],
        ['d', 'x"y'],
      ],
    ],
    [
      'a="open;b=2',
      [
        ['a', '"open'],
        ['b', '2'],
      ],
    ],
    [
      'junk;a=1;=2;b={x',
      [
        ['a', '1'],
        ['b', '{x'],
      ],
    ],
    [
      'Password=x;New Password=y',
      [
        ['Password', null],
        ['New Password', null],
      ],
    ],
    ['', []],
  ])('ADO.NET: %s', (text, expected) => expect(pairs(lexAdo(text))).toEqual(expected));

  test.each([
    [
      'a={x;y};b=2',
      [
        ['a', 'x;y'],
        ['b', '2'],
      ],
    ],
    [
      'a={x}}y};b="x',
      [
        ['a', 'x}y'],
        ['b', '"x'],
      ],
    ],
    [
      "a='x;b=2",
      [
        ['a', "'x"],
        ['b', '2'],
      ],
    ],
    [
      'a={open;b=2',
      [
        ['a', '{open'],
        ['b', '2'],
      ],
    ],
    ['a==b', [['a', '=b']]],
    ['PWD==b', [['PWD', null]]],
  ])('ODBC: %s', (text, expected) => expect(pairs(lexOdbc(text))).toEqual(expected));
});

test.each([
  [
    'jdbc:sqlserver://h\\I:1433;a=1;password={x;y};b={2;3}',
    'h\\I:1433',
    [
      ['a', '1'],
      ['password', null],
      ['b', '2;3'],
    ],
  ],
  ['jdbc:sqlserver://;serverName=h', undefined, [['serverName', 'h']]],
  ['jdbc:jtds:sqlserver://h:1433/db;ssl=require', 'h:1433', [['ssl', 'require']]],
])('JDBC: %s', (text, server, expected) => {
  const lexed = jdbc(text);
  expect([lexed?.server?.text, lexed && pairs(lexed)]).toEqual([server, expected]);
});

test.each([
  [
    'sqlserver://u:p@h:1?a=1&b=x+y%3B',
    'h:1',
    [
      ['a', '1'],
      ['b', 'x y;'],
    ],
  ],
  [
    'sqlserver://h:1;a=1;password=p?q;b={2}',
    'h:1',
    [
      ['a', '1'],
      ['password', null],
      ['b', '2'],
    ],
  ],
  ['mssql://u:a@b@h/db', 'h', []],
  ['mssql://u:a/b?c#d@h/db?a=1', 'h', [['a', '1']]],
  [
    'sqlserver://h?pass%77ord=x&a&=b#c=d',
    'h',
    [
      ['password', null],
      ['', 'b'],
    ],
  ],
  [
    'mssql+pyodbc:///?odbc_connect=PWD%3D%7Ba%3Bb%7D%3BServer%3Dh',
    undefined,
    [
      ['PWD', null],
      ['Server', 'h'],
    ],
  ],
])('URL: %s', (text, server, expected) => {
  const lexed = url(text);
  expect([lexed?.server?.text, lexed && pairs(lexed)]).toEqual([server, expected]);
});

const PIECES = [
  'Server',
  'Data Source',
  'Encrypt',
  'Database',
  'PWD',
  'Password',
  'Driver',
  'odbc_connect',
  '=',
  '==',
  ';',
  '{',
  '}',
  '}}',
  '"',
  "'",
  '""',
  'tcp:a,1',
  'a\\b',
  ' ',
  '\n',
  '@',
  ':',
  '/',
  '?',
  '&',
  '#',
  '%',
  '%3D',
  '%3B',
  '%zz',
  '+',
  'é',
  '\ud83d',
  'x',
  '1',
];
const hostile = (...prefixes: string[]) =>
  fc
    .tuple(
      fc.constantFrom('', ...prefixes),
      fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.array(fc.constantFrom(...PIECES), { maxLength: 40 }).map((all) => all.join('')),
      ),
    )
    .map(([prefix, rest]) => prefix + rest);

describe('any text', () => {
  const undoubled = (text: string, quote: string) => text.replaceAll(quote + quote, quote);

  test('keywords and values of pairs are what stands at their place', () => {
    fc.assert(
      fc.property(hostile(), (text) => {
        for (const { tokens } of [lexAdo(text), lexOdbc(text)]) {
          let end = 0;
          for (const token of tokens) {
            const keyword = text.slice(token.keywordStart, token.keywordEnd);
            expect([keyword, undoubled(keyword, '=')]).toContain(token.keyword);
            expect(token.value === null).toBe(token.secret);
            const value = text.slice(token.valueStart, token.valueEnd);
            if (token.value !== null)
              expect([value, ...[`'`, '"', '}'].map((quote) => undoubled(value, quote))]).toContain(
                token.value,
              );
            expect(token.keywordStart).toBeGreaterThanOrEqual(end);
            end = token.valueEnd;
          }
          expect(end).toBeLessThanOrEqual(text.length);
        }
      }),
      { numRuns: 2000 },
    );
  });

  test('values of a query are what stands at their place, decoded', () => {
    fc.assert(
      fc.property(
        hostile('sqlserver://h?', 'mssql+pyodbc:///?odbc_connect=').filter(
          (text) => urlScheme(text) !== null,
        ),
        (text) => {
          for (const { value, valueStart, valueEnd } of url(text)?.tokens ?? []) {
            const written = fromPercentEncoding(text, valueStart, valueEnd).text;
            if (value !== null) expect([written, undoubled(written, '}')]).toContain(value);
          }
        },
      ),
      { numRuns: 2000 },
    );
  });

  test('a declaration or null, and every span cuts out what it says', () => {
    fc.assert(
      fc.property(
        hostile(
          'jdbc:sqlserver://',
          'jdbc:jtds:sqlserver://',
          'sqlserver://',
          'mssql+pyodbc://',
          'Server=a,1;Encrypt=',
          'Driver={SQL Server};Server=',
        ),
        (text) => {
          const source = new SourceText('f', text);
          const found = declareConnection(source, plain(source, 0, text.length));
          if (!found) return;
          expect([found.span.start, found.span.end]).toEqual([0, text.length]);
          for (const span of [
            found.endpointSpan,
            found.names?.span,
            found.encrypt?.span,
            found.trustServerCertificate?.span,
          ]) {
            if (span) expect(0 <= span.start && span.start <= span.end && span.end <= text.length).toBe(true);
          }
        },
      ),
      { numRuns: 3000 },
    );
  });
});

test('what is written with quotes is read back', () => {
  const value = fc.string({ unit: fc.constantFrom(...'abc ;=\'"{}@') }).map((text) => `x${text}y`);
  fc.assert(
    fc.property(fc.array(value, { maxLength: 5 }), (values) => {
      const read = (lexed: Lexed) => lexed.tokens.map((token) => token.value);
      const ado = values.map((one, at) => `k${at} = "${one.replaceAll('"', '""')}"`).join(' ; ');
      const odbc = values.map((one, at) => `k${at}={${one.replaceAll('}', '}}')}}`).join(';');
      expect(read(lexAdo(ado))).toEqual(values);
      expect(read(lexOdbc(odbc))).toEqual(values);
      expect(jdbc(`jdbc:sqlserver://h;${odbc}`)?.tokens.map((token) => token.value)).toEqual(values);
      const dsn = `sqlsrv:Server=h;${odbc}`;
      const prefix = pdoPrefix(dsn);
      expect(prefix && read(lexPdo(dsn, prefix)).slice(1)).toEqual(values);
      expect(
        url(
          `sqlserver://h?${values.map((one, at) => `k${at}=${encodeURIComponent(one)}`).join('&')}`,
        )?.tokens.map((token) => token.value),
      ).toEqual(values);
      expect(
        url(`mssql+pyodbc:///?odbc_connect=${encodeURIComponent(odbc)}`)?.tokens.map((token) => token.value),
      ).toEqual(values);
    }),
  );
});

// Each would take a minute if it were quadratic.
test.each([
  '=',
  '==',
  ';',
  'a={',
  'a={;',
  'a="',
  'a="";',
  'Password=a;b;',
  '&',
  '&a=%41',
  '%',
  ' ',
  '@',
  ':',
  '/',
])('lexers are linear: %s', (piece) => {
  const text = piece.repeat(Math.ceil(300_000 / piece.length));
  const started = performance.now();
  for (const lexed of [
    lexAdo(text),
    lexOdbc(text),
    jdbc(`jdbc:sqlserver://${text}`),
    url(`sqlserver://${text}`),
    url(`sqlserver://h?${text}`),
  ])
    expect(lexed).not.toBeNull();
  expect(performance.now() - started).toBeLessThan(2000);
});
