import { describe, expect, test } from '@jest/globals';
import { appsettings } from '../../../../src/discover/readers/dotnet/appsettings.ts';
import { declarationsOf, pointedAt, problemOf } from '../../declarations.ts';
import { expectEveryPrefixToBeRead, expectSameInOddDress } from '../odd-files.ts';

const FILE = 'services/api/appsettings.json';
const STRING = 'Server=tcp:sql-orders.contoso.example,1433;Database=Orders;Encrypt=Strict;Password=hunter2';
const AMBIGUOUS = 'Server=db.contoso.example;Database=Orders;User Id=app';
const TEXT = `{
  // local
  "Logging": { "LogLevel": { "Default": "Information" } },
  "ConnectionStrings": {
    "Orders": "${STRING}",
    "Other": "${AMBIGUOUS}",
  },
}
`;
const pointed = (text: string) => pointedAt(appsettings, FILE, text);

test.each([
  ['appsettings.json', true],
  ['a/appsettings.Development.json', true],
  ['a/AppSettings.json', true],
  ['a/myappsettings.json', false],
  ['a/settings.json', false],
])('%s: %p', (path, expected) => {
  expect(appsettings.matches(path)).toBe(expected);
});

test('every string under ConnectionStrings, at its text inside the quotes', () => {
  const [orders, other] = declarationsOf(appsettings, FILE, TEXT);
  expect(orders).toMatchObject({
    kind: 'connection',
    scope: 'services/api',
    ambiguous: false,
    endpoint: { host: 'sql-orders.contoso.example', port: 1433, instance: null },
    encrypt: { value: 'Strict', written: 'Strict' },
    span: { line: 5, column: 16 },
  });
  expect(pointed(TEXT)).toEqual([`connection: ${STRING}`, `connection: ${AMBIGUOUS}`]);
  expect(other).toMatchObject({ ambiguous: true });
  expect(JSON.stringify([orders, other])).not.toContain('hunter2');
});

describe('elsewhere only what is certainly one of a SQL Server', () => {
  test.each([
    [`{"Db": "${STRING}"}`, [STRING]],
    [`{"Db": "${AMBIGUOUS}"}`, []],
    [`{"Serilog": {"WriteTo": [{"Args": {"connectionString": "${STRING}"}}]}}`, [STRING]],
    [`{"ConnectionStrings:Orders": "${AMBIGUOUS}"}`, [AMBIGUOUS]],
    [`{"Values": {"ConnectionStrings__Orders": "${AMBIGUOUS}"}}`, [AMBIGUOUS]],
    [`{"ConnectionStringsPath": "${AMBIGUOUS}"}`, []],
    [`{"connectionstrings": {"Tenants": {"A": "${AMBIGUOUS}"}}}`, [AMBIGUOUS]],
    ['{"ConnectionStrings": {"Redis": "cache.example.com:6380,ssl=True", "N": 1, "L": null}}', []],
    ['[]', []],
    [`"${STRING}"`, [STRING]],
  ])('%s', (text, expected) => {
    expect(pointed(text)).toEqual(expected.map((one) => `connection: ${one}`));
  });
});

test('escapes do not shift the places of keywords', () => {
  const text = '{"ConnectionStrings":{"A":"Server=sql\\u0030\\\\INST;Initial Catalog=x;Encrypt=\\u0054rue"}}';
  const [one] = declarationsOf(appsettings, FILE, text);
  if (one?.kind !== 'connection' || !one.encrypt || !one.endpointSpan) throw new Error('no connection');
  expect(one.endpoint).toEqual({ host: 'sql0', port: null, instance: 'INST' });
  expect(text.slice(one.endpointSpan.start, one.endpointSpan.end)).toBe('sql\\u0030\\\\INST');
  expect(text.slice(one.encrypt.span.start, one.encrypt.span.end)).toBe('\\u0054rue');
});

test('in other dress, and cut anywhere', () => {
  expectSameInOddDress(appsettings, FILE, TEXT, '/* 🔒 */');
  expectEveryPrefixToBeRead(appsettings, FILE, TEXT);
});

test('what stands after the place of an error is not quoted', () => {
  const problem = problemOf(appsettings, TEXT.replace(': "Server', ': Server'));
  expect(problem).toMatchObject({ start: TEXT.indexOf('Server') - 1 });
  expect(problem?.message).not.toMatch(/hunter2|contoso/);
});

test('nested too deeply is a reason, not a crash', () => {
  for (const depth of [1_000, 3_000, 5_000, 200_000]) {
    const problem = problemOf(appsettings, '['.repeat(depth) + ']'.repeat(depth));
    expect([undefined, 'nested too deeply']).toContain(problem?.message);
  }
});
