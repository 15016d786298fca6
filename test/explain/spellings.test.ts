// How people write clients and servers → what is understood. A golden table, read by eye: a line that is wrong is a bug.
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { driver } from '../../src/catalog/drivers.ts';
import { understandCertificate } from '../../src/explain/understand-certificate.ts';
import { understandClient } from '../../src/explain/understand-client.ts';
import { understandProtocols } from '../../src/explain/understand-protocols.ts';
import { understandServer } from '../../src/explain/understand-server.ts';
import { understandSettings } from '../../src/explain/understand-settings.ts';
import { UNKNOWN_SERVER } from '../../src/model/server-profile.ts';
import { expectGolden } from '../golden.ts';

const CLIENTS = [
  'mssql-jdbc 6.4 on JDK 8u292',
  'mssql-jdbc 12.4.2.jre11 / Temurin 17.0.9+9',
  'com.microsoft.sqlserver:mssql-jdbc:9.4.1.jre8 on Java 1.8.0_292',
  'Microsoft JDBC Driver 12.2 for SQL Server, OpenJDK 11',
  'sqljdbc42 on Java 8 update 121',
  'MSSQL JDBC 10.2, jdk-21.0.10',
  'jTDS 1.3.1 on JDK 7',
  'msodbcsql 17.7.1.1',
  'msodbcsql18 on Ubuntu 22.04.3 LTS',
  'ODBC 17.4 on Ubuntu 20.04',
  'ODBC Driver 17 for SQL Server 17.4 on RHEL 8.6',
  'ODBC Driver 17.10 for SQL Server on debian-12',
  'Microsoft ODBC Driver 18 for SQL Server on Windows Server 2022',
  'ODBC Driver 13.1 for SQL Server on Win2012R2',
  'ODBC Driver 11 for SQL Server 12.0.4219 on windows 2008 r2 sp1',
  'MSOLEDBSQL 18.6 on Windows 10 22H2',
  'OLE DB Driver 19.3 for SQL Server',
  'SQLNCLI11 11.0.5058',
  'SQL Server Native Client 11.0 11.0.7001 on Windows Server 2016',
  'SNAC 10 on Windows 7',
  'SQLOLEDB on Windows Server 2012 R2',
  'Driver={SQL Server} on W2K12R2',
  'System.Data.SqlClient on .NET Framework 4.5',
  'System.Data.SqlClient .NET 4.5 on Windows Server 2008 R2',
  'System.Data.SqlClient 4.8.6 on .NET 8 / Ubuntu 22.04',
  'System.Data.SqlClient, net462, Windows Server 2012 R2',
  'Microsoft.Data.SqlClient 5.2.2 in mcr.microsoft.com/dotnet/aspnet:8.0',
  'Microsoft.Data.SqlClient@6.0 net8.0 jammy',
  'MDS 5.1 on .NET 6 (alpine 3.18)',
  'EF Core 7 on .NET 7',
  'Entity Framework 6 on .NET Framework 4.8',
  'app on .NET Framework 4.0',
  'Dapper with Microsoft.Data.SqlClient 5.1 on Windows Server 2019',
  'tedious 15 / Node 18',
  'tedious@16.3.0 node.js v20.11.1',
  'mssql 10 on Node 24',
  'node-mssql 6.2 / node:12-buster',
  'sequelize 6 with tedious 18, Node 22',
  'knex 2.5 node 18',
  'msnodesqlv8 4.1 on Windows 11',
  'prisma 5 on node 20',
  'go-mssqldb 1.7 built with go1.25',
  'github.com/microsoft/go-mssqldb v1.7.2, Go 1.22',
  'github.com/denisenkom/go-mssqldb v0.12.3 golang 1.17',
  'go-sqlcmd 1.8, go 1.23',
  'sqlcmd 18 on rocky linux 9',
  'pyodbc with ODBC Driver 18 in debian:12',
  'pyodbc',
  'pymssql 2.2.8 on Debian bookworm',
  'python-tds 1.15, Python 3.11',
  'pytds 1.9 python 3.8',
  'SQLAlchemy with pymssql 2.3',
  'rust tiberius',
  'tiberius 0.12.3 on alpine',
  'sqlx 0.6 (rust)',
  'FreeTDS 0.95',
  'FreeTDS 1.3.17 on Amazon Linux 2023',
  'tiny_tds 2.1.5 ruby on Ubuntu 18.04',
  'php sqlsrv 5.10 with msodbcsql17 17.9 on Debian 11',
  'PDO dblib with FreeTDS 1.1',
  'r2dbc-mssql 1.0 JDK 17',
  'tedious 15 on Node 18 and Node 20',
  'mssql-jdbc 12.4 and tedious 15 on JDK 17',
  'ODBC 18.3 on Ubuntu 22.04 and Windows Server 2019',
  'ODBC 18.3 on Linux (Debian 12)',
  'frobnicate 3 on BeOS',
  'tedius 15 on Node 18',
  'Microsoft.Data.SqlClient 5.1 on OpenVMS',
];

const SERVERS = [
  'SQL Server 2014 SP2 on Windows Server 2012 R2',
  'SQL Server 2016 on Win2012R2',
  'SQL Server 2016 SP2 2012 R2',
  'SQL 2014 2012 R2',
  'Microsoft SQL Server 2014 - 12.0.5207.0 (X64) on Windows Server 2012 R2 Standard',
  '12.0.5207.0',
  'v13.0.5026',
  'v13.0.5026 on windows 2016',
  '2019 CU18 linux',
  'SQL Server 2019 CU18 on Ubuntu 20.04',
  'SQL Server 2019 Enterprise Edition, Windows 2019',
  'SQL 2008 R2 SP3 CU…',
  'SQL Server 2008 R2 SP2 on Windows Server 2008 R2 SP1',
  'SQL2012 SP4 on W2K12',
  'mssql 2017',
  'mssql-server 2022 on RHEL 9',
  'SQL Server 2016 SP9 on Windows Server 2016',
  'SQL Server 2022 on Windows Server 2022',
  'SQL Server 2025 / windows 2025',
  'SQL Server 2005 on Windows 2003',
  'SQL Server 2017 build 14.0.3456 on 10.0.14393',
  'mcr.microsoft.com/mssql/server:2017-GA-ubuntu',
  'mcr.microsoft.com/mssql/server:2019-latest',
  'mcr.microsoft.com/mssql/server:2022-CU13-ubuntu-22.04',
  'mcr.microsoft.com/mssql/rhel/server:2022-latest',
  'mcr.microsoft.com/mssql/server',
  'Microsoft SQL Server 2019 (RTM-CU18) (KB5017593) - 15.0.4261.1 (X64) on Linux (Ubuntu 20.04.5 LTS) <X64>',
  'Microsoft SQL Server 2016 (SP2-CU17) (KB5001092) - 13.0.5888.11 (X64) Standard Edition (64-bit) on Windows Server 2012 R2 Standard 6.3 <X64> (Build 9600: )',
  'Microsoft SQL Server 2014 (SP3-CU4-GDR) (KB4583462) - 12.0.6433.1 (X64)   Oct 31 2020 02:54:45   Copyright (c) Microsoft Corporation  Standard Edition (64-bit) on Windows NT 6.3 <X64> (Build 9600: ) (Hypervisor)',
  'SQL Server 2012 R2',
  'SQL Server 2016SP2 on windows server 2012r2 datacenter',
  'sql2014 win2012',
  'SQL Server 2019 on Windows Server 2016 or Windows Server 2022',
  'Azure SQL',
  'Azure SQL Database',
  'Azure SQL Managed Instance',
  'RDS',
  'Amazon RDS for SQL Server 2019',
  'Cloud SQL',
  'Babelfish',
  'localdb',
  'Oracle 19c',
];

test('clients', () => {
  const lines = CLIENTS.map((written) => {
    const { native, surroundings, notUnderstood, any } = understandClient(written, SPAN);
    const runtimes = [...surroundings.runtimes].map(([platform, { version }]) => `${platform} ${version}`);
    return [
      written,
      any
        ? `${native ? `${native.driver.id} ${native.version ?? 'any'} [${native.rows.map(({ range }) => range).join(' | ')}]` : 'no driver'}`
        : 'nothing',
      [...runtimes, ...(surroundings.os ?? []).map(({ id }) => id)].join(', ') || 'anywhere',
      ...notUnderstood.map((one) => `? ${one}`),
    ].join('\n    ');
  });
  expectGolden(path('clients'), `${lines.join('\n')}\n`);
});

test('servers', () => {
  const lines = SERVERS.map((written) => {
    const { product, build, os, systems, notUnderstood, any } = understandServer(written);
    return [
      written,
      any ? `${product ?? 'no product'} ${build ?? 'any build'}` : 'nothing',
      os ?? (systems.map(({ stack }) => stack.id).join(', ') || 'no system'),
      ...notUnderstood.map((one) => `? ${one}`),
    ].join('\n    ');
  });
  expectGolden(path('servers'), `${lines.join('\n')}\n`);
});

test.each([
  ['self-generated SHA-1', 'made by SQL Server for itself, RSA, signed with SHA-1'],
  ['SHA-512 RSA 2048 from our CA', 'issued by somebody else, RSA 2048, signed with SHA-512'],
  ['self-signed sha256 4096 bit', 'self-signed, RSA 4096, signed with SHA-256'],
  ['ECDSA P-256 SHA384', 'issued by somebody else, ECDSA 256, signed with SHA-384'],
  ['md5WithRSAEncryption', 'issued by somebody else, RSA, signed with MD5'],
  ['fallback certificate', 'made by SQL Server for itself, RSA, signed with a hash that is not said'],
  [
    'self-generated, negative serial',
    'made by SQL Server for itself, RSA, signed with a hash that is not said, negative serial number',
  ],
  ['expired SHA-256', 'issued by somebody else, RSA, signed with SHA-256, expired'],
  ['X.509 v1 SHA-1 RSA 1024', 'issued by somebody else, RSA 1024, signed with SHA-1, X.509 version 1'],
])('certificate: %s', (written, words) => {
  expect(understandCertificate(written, UNKNOWN_SERVER)).toMatchObject({ words, notUnderstood: [] });
});

test.each([
  ['TLS 1.2 only', ['TLS 1.2']],
  ['tls1.0, TLS 1.1', ['TLS 1.0', 'TLS 1.1']],
  ['TLSv1.2 and TLSv1.3', ['TLS 1.2', 'TLS 1.3']],
  ['1.0-1.2', ['TLS 1.0', 'TLS 1.1', 'TLS 1.2']],
  ['TLS 1.1 and later', ['TLS 1.1', 'TLS 1.2', 'TLS 1.3']],
  ['1.2+', ['TLS 1.2', 'TLS 1.3']],
  ['no TLS 1.0', ['TLS 1.1', 'TLS 1.2', 'TLS 1.3']],
  ['TLS 1.0 disabled, TLS 1.1 disabled', ['TLS 1.2', 'TLS 1.3']],
])('protocols: %s', (written, on) => {
  expect(understandProtocols(written)).toEqual({ on, notUnderstood: [] });
});

test.each([
  ['mssql-jdbc', 'encrypt=false;trustServerCertificate=true', 'Optional', true],
  ['microsoft-data-sqlclient', 'Encrypt=Strict', 'Strict', null],
  ['microsoft-data-sqlclient', 'Encrypt=Mandatory;TrustServerCertificate=True;Database=a', 'Mandatory', true],
  ['msodbcsql18', 'Encrypt=no', 'Optional', null],
  [
    'msodbcsql18',
    'Driver={ODBC Driver 18 for SQL Server};Server=sql1.example.com;Encrypt=strict',
    'Strict',
    null,
  ],
  ['msoledbsql19', 'Use Encryption for Data=Mandatory', 'Mandatory', null],
  ['go-mssqldb-microsoft', 'encrypt=disable', 'Optional', null],
  ['go-mssqldb-microsoft', 'encrypt=true;TrustServerCertificate=true', 'Mandatory', true],
  ['tedious', 'encrypt: false, trustServerCertificate: true', 'Optional', true],
  ['jtds', 'ssl=require', 'Mandatory', true],
  ['freetds', 'Encryption=off', 'Optional', null],
])('settings of %s: %s', (id, written, encrypt, trust) => {
  const { connection, notUnderstood } = understandSettings(written, driver(id) ?? null);
  expect([
    connection?.encrypt?.value,
    connection?.trustServerCertificate?.value ?? null,
    notUnderstood,
  ]).toEqual([encrypt, trust, []]);
});

test('what is no version or certificate is said', () => {
  expect(understandProtocols('TLS 1.2 and QUIC').notUnderstood).toEqual([expect.stringContaining('"QUIC"')]);
  expect(understandProtocols('QUIC').on).toBeNull();
  expect(understandCertificate('self-generatd', UNKNOWN_SERVER)).toMatchObject({
    facts: null,
    notUnderstood: [expect.stringContaining('did you mean "self-generated"?')],
  });
});

const SPAN = { file: '--client', start: 0, end: 0, line: 1, column: 1, endLine: 1, endColumn: 1 };
const path = (name: string) => fileURLToPath(new URL(`spellings-${name}.golden.txt`, import.meta.url));
