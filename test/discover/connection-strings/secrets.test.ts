// A planted secret never comes out, however the string and the file around it write it, and however broken both are.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { declareConnection } from '../../../src/discover/connection-strings/declare.ts';
import { maskSecrets } from '../../../src/discover/connection-strings/mask.ts';
import {
  type DecodedText,
  fromDotenv,
  fromJsonString,
  fromXmlText,
  fromYamlScalar,
  plain,
} from '../../../src/discover/text/decoded.ts';
import { SourceText } from '../../../src/discover/text/source-text.ts';

const SECRET = 'Tr0ub4dor';
const shown = (text: string) => {
  const source = new SourceText('f', text);
  return JSON.stringify(declareConnection(source, plain(source, 0, text.length)));
};

describe('a secret in a string', () => {
  test.each([
    `Server=sql1,1;User Id=a;Password=${SECRET}`,
    `Server=sql1,1;Pwd="x;${SECRET}"`,
    `Server=sql1,1;Database=a;Access Token=${SECRET}`,
    `Server=sql1,1;Password='it''s;${SECRET}'`,
    `Driver={ODBC Driver 18 for SQL Server};Server=sql1;PWD={a}}${SECRET}}`,
    `jdbc:sqlserver://sql1;user=a;password={${SECRET};x};trustStorePassword=${SECRET}`,
    `jdbc:sqlserver://sql1;keyStoreSecret=${SECRET};clientKeyPassword=${SECRET}`,
    `sqlserver://a:${SECRET}@sql1`,
    `sqlserver://a:b@${SECRET}@sql1`,
    `sqlserver://sql1:1433;database=x;user=sa;password=pa?${SECRET};encrypt=true`,
    `sqlserver://sql1?user+id=sa&pass%77ord=${SECRET}&encrypt=true`,
    `mssql+pyodbc://a:${SECRET}@sql1/b?driver=ODBC+Driver+17+for+SQL+Server`,
    `mssql+pyodbc:///?odbc_connect=DRIVER%3DFreeTDS%3BSERVER%3Dsql1%3BPWD%3D${SECRET}`,
    `metadata=a;provider=System.Data.SqlClient;provider connection string="server=a;database=b;pwd='x;${SECRET}'"`,
  ])('lawful: %s', (text) => {
    expect(shown(text)).not.toBe('null');
    expect(shown(text)).not.toContain(SECRET);
    expect(shown(text)).toContain('***');
  });

  test.each([
    ['an open quote', `Server=sql1,1;Password="abc;${SECRET}`],
    ['an open brace', `jdbc:sqlserver://sql1;password={a;${SECRET}`],
    ['text after the quote', `Server=sql1,1;Password="abc"${SECRET};Database=a`],
    ['the quotes of another grammar', `Server=sql1,1;PWD={ab;c=${SECRET}};Database=x`],
    ['the quotes of another grammar still', `Driver={SQL Server};Server=sql1;PWD="ab;c=${SECRET}"`],
    ['a doubled equals sign', `Server=sql1,1;Password==${SECRET};Database=x`],
    ['a `;` in the password', `Server=sql1,1;Password=abc;${SECRET};Encrypt=no`],
    ['a `;` forgotten', `Server=sql1,1;Encrypt=True Password=${SECRET};Database=a`],
    ['a `;` forgotten after the server', `Server=sql1 Password=${SECRET};Initial Catalog=a`],
    ['a `;` forgotten after a brace', `Driver={ODBC Driver 17 for SQL Server} PWD=${SECRET};Server=a`],
    ['a string within a string', `Provider=MSOLEDBSQL;Data Source=a;Extended Properties="PWD=${SECRET};a=b"`],
    [
      'a file and its password',
      `Driver={ODBC Driver 18 for SQL Server};Server=a;ClientKey=file:k.pem,password:${SECRET}`,
    ],
    ['a slash', `sqlserver://sa:p/${SECRET}@sql1`],
    ['a number and a slash', `sqlserver://sa:12/${SECRET}@sql1`],
    ['a question mark', `sqlserver://sa:p?${SECRET}@sql1:1433?database=x`],
    ['a number sign', `mssql://sa:p#${SECRET}@sql1`],
    ['a semicolon', `mssql://sa:p;${SECRET}@sql1`],
  ])('broken: %s', (_, text) => {
    expect(shown(text)).not.toBe('null');
    expect(shown(text)).not.toContain(SECRET);
  });

  test('what is not secret stays', () => {
    const text = 'Server=sql1,1;User Id=a;Password="x;y";Encrypt=no';
    const source = new SourceText('f', text);
    expect(declareConnection(source, plain(source, 0, text.length))?.text).toBe(
      'Server=sql1,1;User Id=a;Password=***;Encrypt=no',
    );
  });
});

/** A password of odd characters around the planted one. */
const password = fc
  .tuple(fc.string({ maxLength: 6 }), fc.string({ maxLength: 6 }))
  .map(([before, after]) => `${before}${SECRET}${after}`);

const quoted = (text: string, quote: string) => `${quote}${text.replaceAll(quote, quote + quote)}${quote}`;
const GRAMMARS: Readonly<Record<string, (secret: string) => string>> = {
  'ADO.NET "': (secret) => `Server=sql1,1;Password=${quoted(secret, '"')};Database=a`,
  "ADO.NET '": (secret) => `Server=sql1,1;Database=a;PWD = ${quoted(secret, "'")}`,
  'OLE DB': (secret) => `Provider=MSOLEDBSQL;Password=${quoted(secret, '"')};Data Source=a`,
  ODBC: (secret) => `Driver={SQL Server};Server=a;PWD={${secret.replaceAll('}', '}}')}};APP=x`,
  JDBC: (secret) => `jdbc:sqlserver://h;password={${secret.replaceAll('}', '}}')}};encrypt=true`,
  URL: (secret) => `mssql+pymssql://u:${encodeURIComponent(secret)}@h/db?charset=utf8`,
  query: (secret) => `sqlserver://h?password=${encodeURIComponent(secret)}&encrypt=true`,
  odbc_connect: (secret) =>
    `mssql+pyodbc:///?odbc_connect=${encodeURIComponent(`Driver={SQL Server};PWD={${secret.replaceAll('}', '}}')}};Server=a`)}`,
};
type Carrier = (text: string) => readonly [string, (source: SourceText, length: number) => DecodedText];
const CARRIERS: Readonly<Record<string, Carrier>> = {
  plain: (text) => [text, (source, length) => plain(source, 0, length)],
  JSON: (text) => [JSON.stringify(text), (source, length) => fromJsonString(source, 1, length - 1)],
  XML: (text) => [
    text.replace(/[&<>"']/g, (unit) => `&#${unit.charCodeAt(0)};`),
    (source, length) => fromXmlText(source, 0, length),
  ],
  YAML: (text) => [quoted(text, "'"), (source, length) => fromYamlScalar(source, 0, length)],
  dotenv: (text) => [text.replace(/[\\"]/g, '\\$&'), (source, length) => fromDotenv(source, 0, length)],
};

describe.each(Object.keys(GRAMMARS))('%s', (grammar) => {
  test.each(Object.keys(CARRIERS))('within %s', (carrier) => {
    fc.assert(
      fc.property(password, (secret) => {
        const [text, decode] = CARRIERS[carrier]?.(GRAMMARS[grammar]?.(secret) ?? '') ?? [
          '',
          (source) => plain(source, 0, 0),
        ];
        const source = new SourceText('f', text);
        const found = declareConnection(source, decode(source, text.length));
        expect(found).not.toBeNull();
        expect(JSON.stringify(found)).not.toContain(SECRET);
      }),
      { numRuns: 300 },
    );
  });
});

test('a password that should have been quoted', () => {
  const unquoted = fc.string({ unit: fc.constantFrom(...'ab1 \'"{}@/?#&%<>|:\\$!`,'), maxLength: 12 });
  fc.assert(
    fc.property(unquoted, unquoted, (before, after) => {
      const secret = `${before}${SECRET}${after}`;
      for (const text of [
        `Server=sql1,1;Password=${secret};Database=a`,
        `Driver={SQL Server};Server=a;PWD=${secret};APP=x`,
        `Provider=MSOLEDBSQL;Password=${secret};Data Source=a`,
        `jdbc:sqlserver://h;password=${secret};encrypt=true`,
        `sqlserver://h:1433;password=${secret};encrypt=true`,
        `mssql://sa:x${secret}@h/db`,
      ])
        expect(shown(text)).not.toContain(SECRET);
    }),
    { numRuns: 2000 },
  );
});

describe('masking a line', () => {
  test.each([
    [
      '"Db": "Server=a;Password=b;Encrypt=False", "x": 1',
      '"Db": "Server=a;Password=***;Encrypt=False", "x": 1',
    ],
    ['"password": "b c", "user": "d"', '"password": "***", "user": "d"'],
    ['"password": "b\\"c", "user": "d"', '"password": "***", "user": "d"'],
    ['"password": "", "user": "d"', '"password": "", "user": "d"'],
    ['{"name": "DB_PASSWORD", "value": "b"}', '{"name": "DB_PASSWORD", "value": "***"}'],
    ['"x": "Server=a;Password=\\"b;c\\";Encrypt=no"', '"x": "Server=a;Password=\\"***\\";Encrypt=no"'],
    [
      '<add connectionString="Server=a;Password=b" providerName="c" />',
      '<add connectionString="Server=a;Password=***" providerName="c" />',
    ],
    [
      '<add connectionString="Server=a;Password=&quot;b;c&quot;;Encrypt=no" />',
      '<add connectionString="Server=a;Password=&quot;***&quot;;Encrypt=no" />',
    ],
    [
      '<add connectionString="Password=b&amp;c;Encrypt=no" />',
      '<add connectionString="Password=***;Encrypt=no" />',
    ],
    ['<add key="Password" value="b" />', '<add key="Password" value="***" />'],
    ['<db.password>b</db.password>', '<db.password>***</db.password>'],
    ['<url>jdbc:sqlserver://h;password=b</url>', '<url>jdbc:sqlserver://h;password=***</url>'],
    ['SA_PASSWORD=b c', 'SA_PASSWORD=***'],
    ['  SA_PASSWORD: b # c', '  SA_PASSWORD: ***'],
    ["  - 'SA_PASSWORD=it''s'", "  - 'SA_PASSWORD=***'"],
    ['ENV SA_PASSWORD b', 'ENV SA_PASSWORD ***'],
    ['docker run -e "SA_PASSWORD=b" image:2019', 'docker run -e "SA_PASSWORD=***" image:2019'],
    ['sqlcmd -S h -U sa -P b -Q "select 1"', 'sqlcmd -S h -U sa -P *** -Q "select 1"'],
    ['["CMD", "sqlcmd", "-P", "b", "-C"]', '["CMD", "sqlcmd", "-P", "***", "-C"]'],
    ['tool --password b --other c', 'tool --password *** --other c'],
    ["PWD=it's;Encrypt=no", 'PWD=***;Encrypt=no'],
    ['Password=a;b;Encrypt=no', 'Password=***;Encrypt=no'],
    [
      'url = "sqlserver://u:b@h?encrypt=disable&password=c&x=d"',
      'url = "sqlserver://u:***@h?encrypt=disable&password=***&x=d"',
    ],
    ['odbc_connect=PWD%3Db%3BEncrypt%3Dno', 'odbc_connect=PWD%3D***%3BEncrypt%3Dno'],
    [`postgres://u:${'b'.repeat(400)}@h`, 'postgres://u:***@h'],
    ['a: b\r\npassword: c\r\nd: e', 'a: b\r\npassword: ***\nd: e'],
  ])('%s', (line, masked) => expect(maskSecrets(line)).toBe(masked));

  test.each([
    'image: mcr.microsoft.com/mssql/server:2019-latest',
    '<PackageReference Include="Contoso.Secrets" Version="4.8.6" />',
    '<UserSecretsId>5f0a</UserSecretsId>',
    '"resolved": "https://registry.example.com:4873/@scope/pkg/-/pkg-1.0.0.tgz"',
    '"compass": "^1.0.0"',
    'Server=sql1,1433;Encrypt=no;TrustServerCertificate=yes',
    'uses: docker://ghcr.io/a/b@sha256:0123',
    'PublicKeyToken=b77a5c561934e089',
    'Password=***;Encrypt=no',
    '',
  ])('leaves %s', (line) => expect(maskSecrets(line)).toBe(line));

  test('masks once: a second time changes nothing', () => {
    const piece = fc.constantFrom(
      'Password',
      'PWD',
      '=',
      ';',
      '"',
      "'",
      'sqlserver://',
      'u:p@',
      'a',
      ' ',
      '{',
      '}',
      '&',
      ':',
      '\n',
      '***',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        const once = maskSecrets(pieces.join(''));
        expect(maskSecrets(once).replace(/(\*{3})+/g, '***')).toBe(
          maskSecrets(maskSecrets(once)).replace(/(\*{3})+/g, '***'),
        );
      }),
    );
  });
});

// Each would take minutes if it were quadratic.
test.each([
  'a =" ',
  'password',
  'password:',
  'password:"',
  "password='a'b",
  'password={',
  'password ',
  'Password=a;',
  'Password=&amp',
  '"value',
  'a://',
  'a://b:',
  'a://b:c/@',
  '\\',
  'password="\\',
  ' ',
  'sqlcmd -P ',
  '`\'"',
])('masking is linear: %s', (piece) => {
  const line = piece.repeat(Math.ceil(300_000 / piece.length));
  const started = performance.now();
  maskSecrets(line);
  maskSecrets(`password${line}`);
  maskSecrets(`password="${line}`);
  expect(performance.now() - started).toBeLessThan(2000);
});
