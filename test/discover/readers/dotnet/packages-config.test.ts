import { expect, test } from '@jest/globals';
import { packagesConfig } from '../../../../src/discover/readers/dotnet/packages-config.ts';
import { declarationsOf, problemOf } from '../../declarations.ts';
import { expectEveryPrefixToBeRead, expectSameInOddDress, saysOf } from '../odd-files.ts';

const FILE = 'legacy/packages.config';
const TEXT = `<packages>
  <package id="Dapper" version="1.50.2" targetFramework="net40" />
  <package
      version='4.4.0'
      id='System.Data.SqlClient' />
  <package id="Newtonsoft.Json" version="13.0.1" />
  <package id="Microsoft.Data.SqlClient" />
</packages>
`;

test.each([
  ['packages.config', true],
  ['a/Packages.Config', true],
  ['a/web.config', false],
  ['a/mypackages.config', false],
])('%s: %p', (path, expected) => {
  expect(packagesConfig.matches(path)).toBe(expected);
});

test('each driver at its version, else at its name', () => {
  expect(saysOf(packagesConfig, FILE, TEXT)).toEqual([
    'driver 1.50.2: 1.50.2',
    'driver 4.4.0: 4.4.0',
    'driver null: Microsoft.Data.SqlClient',
  ]);
  expect(declarationsOf(packagesConfig, FILE, TEXT)[1]).toMatchObject({
    ecosystem: 'nuget',
    package: 'System.Data.SqlClient',
    driver: 'system-data-sqlclient-nuget',
    role: 'uses',
    scope: 'legacy',
    span: { line: 4, column: 16, endColumn: 21 },
  });
});

test('in other dress, and cut anywhere', () => {
  expectSameInOddDress(packagesConfig, FILE, TEXT, '<!-- 🔒 -->');
  expectEveryPrefixToBeRead(packagesConfig, FILE, TEXT);
  expect(problemOf(packagesConfig, TEXT.slice(0, 40))).toMatchObject({ start: expect.any(Number) });
});
