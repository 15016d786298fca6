import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { declareConnection, type Hints } from '../../../src/discover/connection-strings/declare.ts';
import { maskSecrets } from '../../../src/discover/connection-strings/mask.ts';
import {
  fromDotenv,
  fromJsonString,
  fromXmlText,
  fromYamlScalar,
  plain,
} from '../../../src/discover/text/decoded.ts';
import { SourceText } from '../../../src/discover/text/source-text.ts';
import { formatEndpoint } from '../../../src/model/connection.ts';
import type { Span } from '../../../src/model/span.ts';

const declare = (text: string, hints: Hints = {}) => {
  const source = new SourceText('a/file', text);
  return declareConnection(source, plain(source, 0, text.length), hints);
};
const sliced = (text: string, span: Span | null | undefined) =>
  span ? text.slice(span.start, span.end) : null;

describe('what a string says', () => {
  test.each([
    ['Server=tcp:sql1,1433;Database=a;Encrypt=True', 'ado', 'sql1,1433', 'Mandatory', null, null],
    [
      'Data Source=sql1\\PAYROLL;Initial Catalog=b;Integrated Security=SSPI',
      'ado',
      'sql1\\PAYROLL',
      null,
      null,
      null,
    ],
    [
      'data source = "sql1" ; database=c; Trust Server Certificate = yes; encrypt=STRICT',
      'ado',
      'sql1',
      'Strict',
      true,
      null,
    ],
    ['Server=.;Database=d;Trusted_Connection=True;Encrypt=Optional', 'ado', '.', 'Optional', null, null],
    [
      'Driver={ODBC Driver 17 for SQL Server};Server=sql1,1444;Encrypt=no;TrustServerCertificate=yes',
      'odbc',
      'sql1,1444',
      'Optional',
      true,
      'ODBC Driver 17 for SQL Server',
    ],
    ['DRIVER=FreeTDS;SERVER=sql1;PORT=1500;DATABASE=e', 'odbc', 'sql1,1500', null, null, 'FreeTDS'],
    [
      'Provider=MSOLEDBSQL19;Data Source=sql1;Use Encryption for Data=Mandatory',
      'oledb',
      'sql1',
      'Mandatory',
      null,
      'MSOLEDBSQL19',
    ],
    [
      'jdbc:sqlserver://sql1:1433;databaseName=f;encrypt=false;trustServerCertificate=true',
      'jdbc',
      'sql1,1433',
      'Optional',
      true,
      'jdbc:sqlserver',
    ],
    ['jdbc:sqlserver://sql1\\INST;encrypt=strict', 'jdbc', 'sql1\\INST', 'Strict', null, 'jdbc:sqlserver'],
    [
      'jdbc:sqlserver://;serverName=sql1;portNumber=1600;encrypt=true',
      'jdbc',
      'sql1,1600',
      'Mandatory',
      null,
      'jdbc:sqlserver',
    ],
    ['jdbc:jtds:sqlserver://sql1:1433/db;ssl=require', 'jdbc', 'sql1,1433', 'Mandatory', true, 'jdbc:jtds'],
    [
      'sqlserver://sa:secret@sql1:1433?database=g&encrypt=disable',
      'url',
      'sql1,1433',
      'Optional',
      null,
      'sqlserver',
    ],
    [
      'sqlserver://sql1:1433;database=h;encrypt=true;trustServerCertificate=false',
      'url',
      'sql1,1433',
      'Mandatory',
      false,
      'sqlserver',
    ],
    [
      'mssql+pyodbc://u:p@sql1/i?driver=ODBC+Driver+18+for+SQL+Server&Encrypt=yes',
      'url',
      'sql1',
      'Mandatory',
      null,
      'ODBC Driver 18 for SQL Server',
    ],
    ['mssql+pymssql://u:p@sql1:1433/j', 'url', 'sql1,1433', null, null, 'mssql+pymssql'],
    [
      'mssql+pyodbc:///?odbc_connect=DRIVER%3D%7BODBC+Driver+17+for+SQL+Server%7D%3BSERVER%3Dsql1%3BEncrypt%3Dno',
      'url',
      'sql1',
      'Optional',
      null,
      'ODBC Driver 17 for SQL Server',
    ],
  ])('%s', (text, grammar, endpoint, encrypt, trust, names) => {
    const found = declare(text);
    expect({
      grammar: found?.grammar,
      endpoint: found?.endpoint ? formatEndpoint(found.endpoint) : null,
      encrypt: found?.encrypt?.value ?? null,
      trust: found?.trustServerCertificate?.value ?? null,
      names: found?.names?.name ?? null,
      ambiguous: found?.ambiguous,
    }).toEqual({ grammar, endpoint, encrypt, trust, names, ambiguous: false });
  });

  test('a placeholder is a string without an endpoint', () => {
    for (const server of [
      `\${DB_HOST}`,
      '#{Server}#',
      '__Server__',
      '%SERVER%',
      '<server>',
      '{{ host }}',
      '$(Host)',
    ]) {
      const found = declare(`Server=${server};Initial Catalog=a;Encrypt=True`);
      expect([server, found?.endpoint, found?.endpointSpan === null]).toEqual([server, null, false]);
    }
  });

  test('a value nobody knows has no meaning, and keeps what was written', () => {
    expect(declare('Server=sql1;Initial Catalog=a;Encrypt=maybe')?.encrypt).toMatchObject({
      written: 'maybe',
      value: null,
    });
  });

  test('the last of two wins', () =>
    expect(declare('Server=a,1;Server=b,2;Database=c')?.endpoint?.host).toBe('b'));

  test('Entity Framework’s string within a string', () => {
    const text =
      'metadata=res://*/M.csdl;provider=System.Data.SqlClient;provider connection string="data source=sql1;initial catalog=a;encrypt=false"';
    const found = declare(text, { provider: 'System.Data.EntityClient' });
    expect([found?.endpoint?.host, sliced(text, found?.encrypt?.span)]).toEqual(['sql1', 'false']);
  });
});

describe('what is no SQL Server', () => {
  test.each([
    'Host=pg1;Database=a;Username=b;Password=c',
    'postgres://u:p@pg1/a',
    'jdbc:mysql://my1/a',
    'Data Source=app.db',
    'AccountEndpoint=https://x/;AccountKey=abc==;',
    'DefaultEndpointsProtocol=https;AccountName=a;AccountKey=b',
    'Endpoint=sb://x/;SharedAccessKeyName=a;SharedAccessKey=b',
    'Data Source=(DESCRIPTION=(ADDRESS=(HOST=ora1)));User Id=a',
    'Driver={PostgreSQL Unicode};Server=pg1;Database=a',
    'Provider=Microsoft.ACE.OLEDB.12.0;Data Source=a.accdb',
    'a=b;c=d',
    'hello world',
    '',
  ])('%s', (text) => expect(declare(text)).toBeNull());

  test('MySQL writes the same words: ambiguous', () => {
    expect(declare('Server=db1;Database=a;Uid=b;Pwd=c')).toMatchObject({ ambiguous: true });
  });
});

describe('places', () => {
  const parts = (text: string, found: ReturnType<typeof declare>) => [
    sliced(text, found?.span),
    sliced(text, found?.endpointSpan),
    sliced(text, found?.encrypt?.span),
    sliced(text, found?.trustServerCertificate?.span),
  ];

  test('plain text', () => {
    const text = 'Server=tcp:sql1,1433; Encrypt = False ;TrustServerCertificate=True';
    expect(parts(text, declare(text))).toEqual([text, 'tcp:sql1,1433', 'False', 'True']);
  });

  test.each([
    [
      'JSON',
      String.raw`"Server=sql1\\A;Database=a;Encrypt=Fal\u0073e"`,
      1,
      fromJsonString,
      String.raw`sql1\\A`,
      String.raw`Fal\u0073e`,
    ],
    [
      'XML',
      'x="Server=&#115;ql1\\A;Database=&quot;a;b&quot;;Encrypt=False"',
      3,
      fromXmlText,
      '&#115;ql1\\A',
      'False',
    ],
    ['dotenv', String.raw`X="Server=sql1,1;Database=\"a\";Encrypt=False"`, 3, fromDotenv, 'sql1,1', 'False'],
  ] as const)('%s', (_, text, start, decode, server, encrypt) => {
    const source = new SourceText('f', text);
    const found = declareConnection(source, decode(source, start, text.length - 1));
    expect([sliced(text, found?.endpointSpan), sliced(text, found?.encrypt?.span)]).toEqual([
      server,
      encrypt,
    ]);
  });

  test('YAML, single and double', () => {
    for (const text of [
      "'Server=sql1,1;Database=''a'';Encrypt=False'",
      String.raw`"Server=sql1,1;Database=\x61;Encrypt=False"`,
    ]) {
      const source = new SourceText('f', text);
      expect(
        sliced(text, declareConnection(source, fromYamlScalar(source, 0, text.length))?.encrypt?.span),
      ).toBe('False');
    }
  });
});

describe('secrets', () => {
  const SECRET = 'Tr0ub4dor';
  test.each([
    `Server=sql1,1;User Id=a;Password=${SECRET}`,
    `Server=sql1,1;Pwd="x;${SECRET}"`,
    `Server=sql1,1;Database=a;Access Token=${SECRET}`,
    `Driver={ODBC Driver 18 for SQL Server};Server=sql1;PWD={a}}${SECRET}}`,
    `jdbc:sqlserver://sql1;user=a;password={${SECRET};x};trustStorePassword=${SECRET}`,
    `sqlserver://a:${SECRET}@sql1`,
    `sqlserver://a:b@${SECRET}@sql1`,
    `mssql+pyodbc://a:${SECRET}@sql1/b?driver=ODBC+Driver+17+for+SQL+Server`,
    `mssql+pyodbc:///?odbc_connect=DRIVER%3DFreeTDS%3BSERVER%3Dsql1%3BPWD%3D${SECRET}`,
  ])('%s', (text) => {
    const found = declare(text);
    expect(found).not.toBeNull();
    expect(JSON.stringify(found)).not.toContain(SECRET);
    expect(found?.text).toContain('***');
    expect(maskSecrets(`url = "${text}"`)).not.toContain(SECRET);
  });
});

test('any text gives a declaration or null, and every span lies in the text', () => {
  const piece = fc.constantFrom(
    'Server',
    'Encrypt',
    '=',
    ';',
    '{',
    '}',
    '"',
    "'",
    '==',
    'tcp:a,1',
    ' ',
    'jdbc:sqlserver://',
    'mssql+pyodbc://',
    '@',
    '?',
    '&',
    'Password',
    'x',
    '%',
    '\n',
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(piece, { maxLength: 30 }).map((all) => all.join('')),
      ),
      (text) => {
        const found = declare(text);
        for (const span of [found?.span, found?.endpointSpan, found?.encrypt?.span, found?.names?.span]) {
          if (span) expect(span.start >= 0 && span.start <= span.end && span.end <= text.length).toBe(true);
        }
      },
    ),
    { numRuns: 3000 },
  );
});

test('masking leaves the rest of a line as it is', () => {
  expect(maskSecrets('"Db": "Server=a;Password=b;Encrypt=False", "x": 1')).toBe(
    '"Db": "Server=a;Password=***;Encrypt=False", "x": 1',
  );
  expect(maskSecrets('"password": "b c", "user": "d"')).toBe('"password": "***", "user": "d"');
  expect(maskSecrets('image: mcr.microsoft.com/mssql/server:2019-latest')).toBe(
    'image: mcr.microsoft.com/mssql/server:2019-latest',
  );
});

test('masking is linear in the length of the text', () => {
  const time = (length: number) => {
    const text = 'a =" '.repeat(length);
    const started = performance.now();
    maskSecrets(text);
    return performance.now() - started;
  };
  time(1000);
  expect(time(40_000)).toBeLessThan(Math.max(50, time(4000) * 40));
});
