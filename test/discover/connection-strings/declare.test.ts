import { describe, expect, test } from '@jest/globals';
import { declareConnection, type Hints } from '../../../src/discover/connection-strings/declare.ts';
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
    ['  jdbc:sqlserver://[::1]:1433;encrypt=true', 'jdbc', '::1,1433', 'Mandatory', null, 'jdbc:sqlserver'],
    [
      'jdbc:sqlserver://sql1;instanceName=INST;encrypt=1',
      'jdbc',
      'sql1\\INST',
      'Mandatory',
      null,
      'jdbc:sqlserver',
    ],
    [
      'jdbc:jtds:sqlserver://sql1/db;instance=INST;ssl=off',
      'jdbc',
      'sql1\\INST',
      'Optional',
      null,
      'jdbc:jtds',
    ],
    ['jdbc:jtds:sqlserver://sql1/db;ssl=authenticate', 'jdbc', 'sql1', 'Mandatory', false, 'jdbc:jtds'],
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
    ['sqlserver://u:p@sql1/INST?database=a', 'url', 'sql1\\INST', null, null, 'sqlserver'],
    ['sqlserver://u:p@sql1:1500/INST', 'url', 'sql1,1500', null, null, 'sqlserver'],
    ['sqlserver://u@[::1]:1433?encrypt=strict', 'url', '::1,1433', 'Strict', null, 'sqlserver'],
    [
      'sqlserver://sql1:1433;user=a@b;trustServerCertificate=true',
      'url',
      'sql1,1433',
      null,
      true,
      'sqlserver',
    ],
    ['mssql://u:p@sql1/INST/db?Trust%20Server+Certificate=1', 'url', 'sql1\\INST', null, true, 'mssql'],
    ['mssql://u:p@sql1/db', 'url', 'sql1', null, null, 'mssql'],
    ['mssql+pytds://u:p/w@sql1/db', 'url', 'sql1', null, null, 'mssql+pytds'],
    ['mssql+aioodbc://u:p@data_source', 'url', null, null, null, 'mssql+aioodbc'],
    ['DRIVER=FreeTDS;SERVER=sql1;Encryption=require', 'odbc', 'sql1', 'Mandatory', null, 'FreeTDS'],
    ['Driver=FreeTDS;Servername=section;Database=a', 'odbc', null, null, null, 'FreeTDS'],
    ['Driver={SQL Server};Server=a;Server=b;PWD={x}};y}', 'odbc', 'a', null, null, 'SQL Server'],
    ['DSN=payroll;Trusted_Connection=yes', 'odbc', null, null, null, null],
    ['Provider=SQLOLEDB.1;Server=sql1;Database=a', 'oledb', 'sql1', null, null, 'SQLOLEDB.1'],
    ['Server=np:sql1;Database=a', 'ado', null, null, null, null],
    ['Server=lpc:.;Database=a', 'ado', null, null, null, null],
    ['Server=(localdb)\\MSSQLLocalDB;Database=a', 'ado', '(localdb)\\MSSQLLocalDB', null, null, null],
    ['Server=\'sql1\' ; Database = "a;""b"; Integrated Security=true', 'ado', 'sql1', null, null, null],
    ['Server=sql1:1433;Initial Catalog=a', 'ado', null, null, null, null],
    ['Server=sql1\\MSSQL$A;Database=a', 'ado', 'sql1\\MSSQL$A', null, null, null],
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
      '$HOST',
      '__HOST__,1433',
      'sql-__ENV__.contoso.example,1433',
      `sql1\\\${INSTANCE}`,
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

  test('each keyword has its own values', () => {
    const values = (text: string) => declare(text)?.encrypt?.value;
    expect(values('Server=sql1,1;Database=a;Encrypt=require')).toBeNull();
    expect(values('jdbc:jtds:sqlserver://sql1;ssl=true')).toBeNull();
    expect(values('sqlserver://sql1?encrypt=t')).toBe('Mandatory');
    expect(values('Server=sql1,1;Database=a;Encrypt=t')).toBeNull();
  });

  test('of two the last wins, in ODBC the first', () => {
    expect(declare('Server=a,1;Server=b,2;Database=c')?.endpoint?.host).toBe('b');
    expect(declare('Driver={SQL Server};Server=a,1;Server=b,2')?.endpoint?.host).toBe('a');
  });

  test('the provider beside the string decides, and is what the string is for', () => {
    const text = 'Server=db1;Database=a;User Id=b';
    expect(declare(text, { provider: 'System.Data.SqlClient' })).toMatchObject({
      ambiguous: false,
      names: { ecosystem: 'provider', name: 'System.Data.SqlClient' },
    });
    expect(declare(text, { provider: 'System.Data.OleDb' })?.ambiguous).toBe(true);
    for (const provider of ['MySql.Data.MySqlClient', 'Npgsql', 'System.Data.SqlServerCe.4.0'])
      expect(declare(text, { provider })).toBeNull();
  });

  test('a scope of its own', () => {
    expect(declare('Server=sql1,1;Database=a')?.scope).toBe('a');
    expect(declare('Server=sql1,1;Database=a', { scope: 'b/c' })?.scope).toBe('b/c');
  });

  test('Entity Framework’s string within a string', () => {
    const text =
      'metadata=res://*/M.csdl;provider=System.Data.SqlClient;provider connection string="data source=sql1;initial catalog=a;encrypt=false"';
    const found = declare(text, { provider: 'System.Data.EntityClient' });
    expect([found?.endpoint?.host, sliced(text, found?.encrypt?.span)]).toEqual(['sql1', 'false']);
    expect(declare(text.replace('System.Data.SqlClient', 'MySql.Data.MySqlClient'))).toBeNull();
    const quoted = text.replace(/"/g, "'").replace('initial catalog=a', "initial catalog=''a''");
    expect(sliced(quoted, declare(quoted)?.encrypt?.span)).toBe('false');
    expect(declare(quoted)?.text).toBe("data source=sql1;initial catalog='a';encrypt=false");
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
    'Server=my1;Port=3306;Database=a;Uid=b;Pwd=c',
    'Server=pg1;Port=5432;Database=a;User Id=b;Trust Server Certificate=true;Integrated Security=true',
    'Server=pg1;Database=a;Username=b;Password=c',
    'Data Source=data\\app.db;Mode=ReadOnly;User Id=a',
    'Data Source=|DataDirectory|\\a.sdf;Database=b',
    'Data Source=//ora1:1521/orcl;User Id=a',
    'Data Source=asazure://region.asazure.windows.net/a;Initial Catalog=b',
    'Provider=Microsoft.SQLSERVER.CE.OLEDB.4.0;Data Source=a.sdf',
    'Provider=MSOLAP;Data Source=ssas1;Initial Catalog=b',
    'Driver={MySQL ODBC 8.0 Driver};Server=my1;Database=a',
    'jdbc:jtds:sybase://syb1/a',
    'jdbc:sqlserver://',
    'sqlserver://',
    'Server=sql1,1433',
    'Driver={ODBC Driver 17 for SQL Server}',
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

  test('percent-encoding, down to a string within a URL', () => {
    const text =
      'mssql+pyodbc:///?odbc_connect=Driver%3D%7BODBC+Driver+17+for+SQL+Server%7D%3BServer%3Dsql1%2C1433%3BEncrypt%3Dn%6F';
    const found = declare(text);
    expect([
      sliced(text, found?.names?.span),
      sliced(text, found?.endpointSpan),
      sliced(text, found?.encrypt?.span),
    ]).toEqual(['ODBC+Driver+17+for+SQL+Server', 'sql1%2C1433', 'n%6F']);
  });

  test.each([
    ['  JDBC:SQLServer://sql1;encrypt=true', 'JDBC:SQLServer'],
    ['jdbc:jtds:sqlserver://sql1', 'jdbc:jtds'],
    ['mssql+pymssql://sql1/a', 'mssql+pymssql'],
    ['mssql+pyodbc://sql1/a?driver=ODBC+Driver+18+for+SQL+Server', 'ODBC+Driver+18+for+SQL+Server'],
    ['Driver={SQL Server};Server=a', 'SQL Server'],
    ['Provider = MSOLEDBSQL ;Data Source=a', 'MSOLEDBSQL'],
  ])('of the name in %s', (text, name) => expect(sliced(text, declare(text)?.names?.span)).toBe(name));

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

describe('PHP’s data source names and R2DBC’s URLs', () => {
  const read = (text: string) => {
    const source = new SourceText('file', text);
    const found = declareConnection(source, plain(source, 0, text.length));
    const { names, endpoint, encrypt, grammar } = found ?? {};
    return [grammar, names?.name, endpoint?.host, endpoint?.port, endpoint?.instance, encrypt?.value];
  };

  test.each([
    ['sqlsrv:Server=sql01,1433;Encrypt=1', ['odbc', 'sqlsrv', 'sql01', 1433, null, 'Mandatory']],
    ['sqlsrv:server = tcp:sql01\\PROD ; Encrypt=strict', ['odbc', 'sqlsrv', 'sql01', null, 'PROD', 'Strict']],
    ['dblib:host=sql01:1433;dbname=x', ['odbc', 'dblib', 'sql01', 1433, null, undefined]],
    ['dblib:host=sql01\\PROD', ['odbc', 'dblib', 'sql01', null, 'PROD', undefined]],
    ['r2dbc:mssql://sql01:1433/x', ['url', 'r2dbc:mssql', 'sql01', 1433, null, undefined]],
    ['r2dbc:pool:sqlserver://u:p@sql01/x', ['url', 'r2dbc:sqlserver', 'sql01', null, null, undefined]],
    ['sqlsrv:Server=', ['odbc', 'sqlsrv', undefined, undefined, undefined, undefined]],
    ['sqlsrv:', [undefined, undefined, undefined, undefined, undefined, undefined]],
    ['r2dbc:postgresql://db01/x', [undefined, undefined, undefined, undefined, undefined, undefined]],
  ])('%s', (text, expected) => {
    expect(read(text)).toEqual(expected);
  });
});
