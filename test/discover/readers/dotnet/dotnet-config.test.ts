import { describe, expect, test } from '@jest/globals';
import { dotnetConfig } from '../../../../src/discover/readers/dotnet/dotnet-config.ts';
import { declarationsOf, pointedAt, problemOf } from '../../declarations.ts';
import { expectEveryPrefixToBeRead, expectSameInOddDress, saysOf } from '../odd-files.ts';

const FILE = 'services/billing/App.config';
const STRING = 'Data Source=sql-billing.contoso.example;Initial Catalog=Billing;Password=hunter2';
const AMBIGUOUS = 'Server=db.contoso.example;Database=Orders;User Id=app';
const TEXT = `<configuration>
  <connectionStrings>
    <add name="Billing"
         connectionString="${STRING}"
         providerName="System.Data.SqlClient" />
    <add name="Local" connectionString='${AMBIGUOUS}' />
  </connectionStrings>
  <startup>
    <supportedRuntime version="v4.0" sku=".NETFramework,Version=v4.5.2" />
  </startup>
  <system.web>
    <httpRuntime targetFramework="4.5" />
  </system.web>
</configuration>
`;
const configuration = (body: string) => `<configuration>${body}</configuration>`;
const pointed = (body: string) => pointedAt(dotnetConfig, FILE, configuration(body));

test.each([
  ['web.config', true],
  ['a/Web.Release.config', true],
  ['App.Config', true],
  ['a/connections.config', true],
  ['packages.config', false],
  ['a/NuGet.Config', false],
  ['a/web.config.bak', false],
])('%s: %p', (path, expected) => {
  expect(dotnetConfig.matches(path)).toBe(expected);
});

test('strings, what they name, and the runtime', () => {
  expect(saysOf(dotnetConfig, FILE, TEXT)).toEqual([
    `connection: ${STRING}`,
    `connection: ${AMBIGUOUS}`,
    'runtime 4.5.2: v4.5.2',
    'runtime 4.5: 4.5',
  ]);
  const declared = declarationsOf(dotnetConfig, FILE, TEXT);
  expect(declared).toMatchObject([
    {
      ambiguous: false,
      names: { ecosystem: 'provider', name: 'System.Data.SqlClient' },
      endpoint: { host: 'sql-billing.contoso.example', port: null, instance: null },
      scope: 'services/billing',
      span: { line: 4, column: 28 },
    },
    { ambiguous: true, names: null },
    { platform: 'dotnet-framework', lowerBound: true, stack: null },
    { platform: 'dotnet-framework', lowerBound: true },
  ]);
  expect(JSON.stringify(declared)).not.toContain('hunter2');
});

describe('connection strings', () => {
  test.each([
    [`<appSettings><add key="Db" value="${STRING}" /></appSettings>`, [STRING]],
    [`<appSettings><add key="Db" value="${AMBIGUOUS}" /></appSettings>`, []],
    [
      `<location path="admin"><connectionStrings><add connectionString="${STRING}" /></connectionStrings></location>`,
      [STRING],
    ],
    [
      `<connectionStrings><add connectionString="${AMBIGUOUS}" providerName="MySql.Data.MySqlClient" /></connectionStrings>`,
      [],
    ],
    [`<system.web><sessionState mode="SQLServer" sqlConnectionString="${STRING}" /></system.web>`, [STRING]],
    [`<log4net><appender><connectionString value="${STRING}" /></appender></log4net>`, [STRING]],
    [
      `<applicationSettings><My.Settings><setting name="Db"><value>${STRING}</value></setting></My.Settings></applicationSettings>`,
      [STRING],
    ],
    [
      '<connectionStrings><add name="x" connectionString="" /><remove name="y" /><clear /></connectionStrings>',
      [],
    ],
    [`<!-- <add connectionString="${STRING}" /> -->`, []],
  ])('%s', (body, expected) => {
    expect(pointed(body)).toEqual(expected.map((one) => `connection: ${one}`));
  });

  test('entities do not shift the places of keywords', () => {
    const written =
      'Data Source=sql&#45;1\\A;Initial Catalog=x;Application Name=&quot;a &amp; b&quot;;Encrypt=&#x54;rue';
    const text = configuration(
      `<connectionStrings>\n<add connectionString="${written}" />\n</connectionStrings>`,
    );
    const [one] = declarationsOf(dotnetConfig, FILE, text);
    if (one?.kind !== 'connection' || !one.encrypt || !one.endpointSpan) throw new Error('no connection');
    expect(text.slice(one.span.start, one.span.end)).toBe(written);
    expect(one.endpoint).toEqual({ host: 'sql-1', port: null, instance: 'A' });
    expect(text.slice(one.endpointSpan.start, one.endpointSpan.end)).toBe('sql&#45;1\\A');
    expect(one.encrypt.value).toBe('Mandatory');
    expect(text.slice(one.encrypt.span.start, one.encrypt.span.end)).toBe('&#x54;rue');
  });

  test.each(['connectionStrings', 'appSettings', 'log4net'])(
    'a file of its own with <%s> as root',
    (root) => {
      const text = `<${root}><add name="x" key="x" value="" connectionString="${STRING}" /></${root}>`;
      expect(pointedAt(dotnetConfig, 'config/connections.config', text)).toEqual([`connection: ${STRING}`]);
    },
  );
});

describe('runtimes', () => {
  test.each([
    [
      '<supportedRuntime sku=".NETFramework,Version=v4.0,Profile=Client" version="v4.0.30319"/>',
      ['runtime 4.0: v4.0'],
    ],
    ['<supportedRuntime version="v4.0"/>', ['runtime 4.0: v4.0']],
    ['<supportedRuntime version="v2.0.50727"/>', ['runtime 2.0: v2.0']],
    ['<supportedRuntime version="v4.0" sku=".NETCoreApp,Version=v3.1"/>', []],
    ['<httpRuntime targetFramework="4.7.2"/>', ['runtime 4.7.2: 4.7.2']],
    ['<compilation targetFramework="4.8"/>', ['runtime 4.8: 4.8']],
    ['<httpRuntime maxRequestLength="4096"/><supportedRuntime/>', []],
  ])('%s', (body, expected) => {
    expect(saysOf(dotnetConfig, FILE, configuration(body))).toEqual(expected);
  });
});

test.each([
  '<VirtualHost *:80>\n  ServerName x\n</VirtualHost>',
  '<Directory />\nAllowOverride\n',
  'key: value\n',
  '{"a": 1}',
  '',
])('another program’s file says nothing: %p', (text) => {
  expect(saysOf(dotnetConfig, 'httpd.config', text)).toEqual([]);
});

test('in other dress, and cut anywhere', () => {
  expectSameInOddDress(dotnetConfig, FILE, TEXT, '<!-- 🔒 -->');
  expectEveryPrefixToBeRead(dotnetConfig, FILE, TEXT);
});

test('what stands at the place of an error is not quoted', () => {
  const text = TEXT.replace('hunter2"', 'hunter2');
  const problem = problemOf(dotnetConfig, text);
  expect(problem?.start).toBeGreaterThan(text.indexOf('hunter2'));
  expect(problem?.message).not.toMatch(/hunter2|contoso/);
});
