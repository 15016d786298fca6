// Files that drivers come as: which driver, which version, and where it is written.
import { expect, test } from '@jest/globals';
import { driverOfName, driverOfPackage, fileNamed } from '../../src/catalog/drivers.ts';

test.each([
  ['/opt/microsoft/msodbcsql17/lib64/libmsodbcsql-17.10.so.5.1', 'msodbcsql17', '17.10.5.1', '17.10.so.5.1'],
  ['libmsodbcsql-18.3.so', 'msodbcsql18', '18.3', '18.3.so'],
  ['/opt/microsoft/msodbcsql/lib64/libmsodbcsql-13.1.so.9.2', 'msodbcsql13', '13.1.9.2', '13.1.so.9.2'],
  ['libmsodbcsql-11.0.so.2270.0', 'msodbcsql11', '11.0.2270.0', '11.0.so.2270.0'],
  ['/opt/homebrew/lib/libmsodbcsql.18.dylib', 'msodbcsql18', null, 'libmsodbcsql.18.dylib'],
  ['/usr/lib/x86_64-linux-gnu/odbc/libtdsodbc.so.0', 'freetds', null, 'libtdsodbc.so.0'],
  ['C:\\Windows\\System32\\SQLNCLI11.DLL', 'sqlncli11', null, 'SQLNCLI11.DLL'],
  ['msoledbsql_18.6.7_x64.msi', 'msoledbsql18', '18.6.7', '18.6.7'],
  ['https://x.example.com/en-US/17.10.5.1/x64/msodbcsql.msi', 'msodbcsql17', '17.10.5.1', '17.10.5.1'],
  ['D:\\setup\\11.4.7462.6\\sqlncli.msi', 'sqlncli11', '11.4.7462.6', '11.4.7462.6'],
  ['C:\\Temp\\msodbcsql18.msi', 'msodbcsql18', null, 'msodbcsql18.msi'],
  ['MsSqlCmdLnUtils.msi', 'mssql-tools', null, 'MsSqlCmdLnUtils.msi'],
  ['$PATH:/opt/mssql-tools18/bin', 'mssql-tools18', null, '/opt/mssql-tools18/bin'],
  ['/opt/mssql-tools/bin/bcp', 'mssql-tools', null, '/opt/mssql-tools/bin/bcp'],
])('%s', (text, driver, version, written) => {
  const file = fileNamed(text);
  expect(file && driverOfPackage(file.ecosystem, file.package)).toBe(driver);
  expect(file?.version).toBe(version);
  expect(text.slice(file?.start, file?.end)).toBe(written);
});

test.each([
  ['one name for several versions, and none is said', 'msodbcsql.msi'],
  ['a version that no driver of that name has', 'msodbcsql_99.1.msi'],
  ['part of a longer name', 'libmsodbcsql-17.10.so.bak'],
  ['part of a longer name', 'my-sqlncli11.dll'],
  ['part of a longer name', '/opt/mssql-tools-extra/bin/sqlcmd'],
  ['another database', '/usr/lib/odbc/libmyodbc8w.so'],
  ['far too long', `${'a/'.repeat(600)}sqlncli11.dll`],
])('nothing: %s', (_, text) => expect(fileNamed(text)).toBeUndefined());

test('unixODBC takes a path for a name', () => {
  expect(driverOfName('odbc', '/opt/microsoft/msodbcsql18/lib64/libmsodbcsql-18.3.so.2.1')).toBe(
    'msodbcsql18',
  );
});
