import { expect, test } from '@jest/globals';
import data from '../../src/catalog/data/server-names.json' with { type: 'json' };
import { serverOfName } from '../../src/catalog/server-names.ts';
import { server } from '../../src/catalog/servers.ts';
import { tlsStack } from '../../src/catalog/tls-stacks.ts';

test('servers and stacks exist, and every row has a source', () => {
  expect(data.rows.filter((row) => row.server !== null && !server(row.server))).toEqual([]);
  expect(data.rows.filter((row) => row.stack !== null && !tlsStack(row.stack))).toEqual([]);
  expect(data.rows.filter((row) => !/^https:\/\//.test(row.source))).toEqual([]);
});

test.each([
  ['resource-type', 'azurerm_mssql_server', 'azure-sql-database', null],
  ['resource-type', 'microsoft.sql/SERVERS', 'azure-sql-database', null],
  ['resource-type', 'Microsoft.Sql/servers/databases', undefined, undefined],
  ['rds-engine-version', '15.00.4073.23.v1', 'aws-rds-sqlserver', null],
  ['google-database-version', 'SQLSERVER_2019_STANDARD', 'gcp-cloudsql-sqlserver', null],
  ['google-database-version', 'MYSQL_8_0', undefined, undefined],
  ['azure-image-offer', 'sql2019-ws2019', 'sqlserver-2019', 'schannel-2019'],
  ['azure-image-offer', 'SQL2016SP3-WS2016', 'sqlserver-2016', 'schannel-2016'],
  ['azure-image-offer', 'sql2014sp3-ws2012r2', 'sqlserver-2014', 'schannel-2012r2'],
  ['azure-image-offer', 'sql2008r2sp3-ws2008r2sp1', 'sqlserver-2008r2', 'schannel-2008r2'],
  ['azure-image-offer', 'sql2019-ubuntu2004', 'sqlserver-linux-2019', 'ubuntu-20.04'],
  ['azure-image-offer', 'WindowsServer', undefined, undefined],
  ['instance-key', 'MSSQL.1', 'sqlserver-2005', null],
  ['instance-key', 'MSSQL10.MSSQLSERVER', 'sqlserver-2008', null],
  ['instance-key', 'MSSQL10_50.MSSQLSERVER', 'sqlserver-2008r2', null],
  ['instance-key', 'MSSQL15.SQLEXPRESS', 'sqlserver-2019', null],
  ['chocolatey', 'sql-server-2019', 'sqlserver-2019', null],
  ['chocolatey', 'sql-server-express@2017.20190916', 'sqlserver-2017', null],
  ['chocolatey', 'sql-server-management-studio', undefined, undefined],
  ['winget', 'Microsoft.SQLServer.2022.Express', 'sqlserver-2022', null],
  ['install-media', '\\\\media\\SQL Server 2008 R2', 'sqlserver-2008r2', null],
  ['install-media', 'C:\\MySQL2019', undefined, undefined],
  ['ansible-role', '2022', 'sqlserver-linux-2022', null],
] as const)('%s %s: %s on %s', (where, name, id, stack) => {
  expect(serverOfName(where, name)?.id).toBe(id);
  expect(serverOfName(where, name)?.stack).toBe(stack);
});
