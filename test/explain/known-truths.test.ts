// What is known to happen, each with its source → outcome, step and cause, and the whole page as a golden file.
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { type Asked, explain } from '../../src/explain/explain.ts';
import type { ExplainedPair } from '../../src/model/explanation.ts';
import { renderExplanation } from '../../src/report/explain.ts';
import { expectGolden } from '../golden.ts';

interface Truth {
  readonly name: string;
  readonly asked: Partial<Asked> & Pick<Asked, 'client' | 'server'>;
  readonly expected: Partial<ExplainedPair>;
  /** Where it is reported or documented. */
  readonly source: string;
}

const TRUTHS: readonly Truth[] = [
  {
    name: 'jdk-8u292-and-tls-1.0',
    asked: {
      client: 'mssql-jdbc 9.2 on JDK 8u292',
      server: 'SQL Server 2008 R2 SP1 on Windows Server 2008 R2',
    },
    expected: {
      outcome: 'fails',
      step: 'protocol',
      scenario: 1,
      cause: 'server-protocols',
      rule: 'no-common-protocol',
    },
    source: 'microsoft/mssql-jdbc#1803: JDK 8u291 and later refuse TLS 1.0 and 1.1',
  },
  {
    name: 'jdk-8u121-and-tls-1.0',
    asked: {
      client: 'mssql-jdbc 6.4 on JDK 8u121',
      server: 'SQL Server 2008 R2 SP1 on Windows Server 2008 R2',
    },
    expected: { outcome: 'connects', protocol: 'TLS 1.0', rule: null, fix: null },
    source: 'microsoft/mssql-jdbc#1803: JDK 8 before 8u291 takes TLS 1.0',
  },
  {
    name: 'jdk-6-and-hardened',
    asked: {
      client: 'sqljdbc4 on JDK 6',
      server: 'SQL Server 2016 SP2 on Windows Server 2016',
      serverProtocols: 'TLS 1.2 only',
    },
    expected: { outcome: 'fails', step: 'protocol', scenario: 1, cause: 'client-protocols' },
    source: 'drivers-notes 11: JDK 6 and 7 begin at TLS 1.0 (CSS wiki 0750)',
  },
  {
    name: 'sqlncli11-before-its-update',
    asked: {
      client: 'SQLNCLI11 11.0.5058 on Windows Server 2012 R2',
      server: 'SQL Server 2019 on Windows Server 2019',
      serverProtocols: 'TLS 1.2 only',
    },
    expected: { outcome: 'fails', step: 'protocol', scenario: 1, cause: 'client-protocols' },
    source: 'drivers-notes 2: SQLNCLI11 below 11.0.6538 has no TLS 1.2 (sqlcheck:DriverInfo.cs)',
  },
  {
    name: 'sqlncli11-with-its-update',
    asked: {
      client: 'SQLNCLI11 11.0.7001 on Windows Server 2012 R2',
      server: 'SQL Server 2019 on Windows Server 2019',
      serverProtocols: 'TLS 1.2 only',
    },
    expected: { protocol: 'TLS 1.2' },
    source: 'drivers-notes 2: from 11.0.6538 on it has TLS 1.2',
  },
  {
    name: 'sqlsrv32-on-2016',
    asked: {
      client: 'Driver={SQL Server} on Windows Server 2016',
      server: 'SQL Server 2022 on Windows Server 2022',
      serverProtocols: 'TLS 1.2 only',
    },
    expected: { outcome: 'fails', step: 'protocol', scenario: 1, cause: 'client-protocols' },
    source: 'drivers-notes 3: never before Windows 10.0.17763 (sqlcheck:DriverInfo.cs)',
  },
  {
    name: 'sqlsrv32-on-2022',
    asked: {
      client: 'Driver={SQL Server} on Windows Server 2022',
      server: 'SQL Server 2022 on Windows Server 2022',
      serverProtocols: 'TLS 1.2 only',
    },
    expected: { outcome: 'connects', protocol: 'TLS 1.2' },
    source: 'drivers-notes 3: always on later Windows',
  },
  {
    name: 'net-4.5-and-hardened',
    asked: {
      client: 'System.Data.SqlClient on .NET Framework 4.5, Windows Server 2012 R2',
      server: 'SQL Server 2016 SP2 on Windows Server 2016',
      serverProtocols: 'TLS 1.2 only',
    },
    expected: { outcome: 'may-fail', step: 'protocol', scenario: 1, cause: 'client-protocols' },
    source: 'drivers-notes 4: .NET Framework 4.0 to 4.5.2 needs a Windows update for TLS 1.2',
  },
  {
    name: 'net-4.8-and-hardened',
    asked: {
      client: 'System.Data.SqlClient on .NET Framework 4.8, Windows Server 2019',
      server: 'SQL Server 2016 SP2 on Windows Server 2019',
      serverProtocols: 'TLS 1.2 only',
    },
    expected: { outcome: 'connects', protocol: 'TLS 1.2' },
    source: 'drivers-notes 4: SqlClient has TLS 1.2 from .NET Framework 4.6',
  },
  {
    name: 'odbc-ubuntu-20.04-and-tls-1.0',
    asked: { client: 'ODBC 17.4 on Ubuntu 20.04', server: 'SQL Server 2014 RTM on Windows Server 2012 R2' },
    expected: { outcome: 'fails', step: 'protocol', scenario: 1, cause: 'server-protocols' },
    source:
      'drivers-notes 9: Ubuntu 20.04 has MinProtocol TLS 1.2 (mkleehammer/pyodbc#610); servers.yaml: TLS 1.2 of SQL Server 2014 from 12.0.2271 on',
  },
  {
    name: 'odbc-ubuntu-20.04-and-sha-1-fallback',
    asked: {
      client: 'ODBC 17.8 on Ubuntu 20.04',
      server: 'SQL Server 2016 on Win2012R2',
      certificate: 'self-generated SHA-1',
    },
    expected: {
      outcome: 'fails',
      step: 'certificate',
      scenario: 4,
      cause: 'sha1-fallback-certificate',
      rule: 'weak-certificate-hash',
    },
    source: 'corrections 1: OpenSSL at security level 2 lists no SHA-1 (microsoft/msphpsql#1021)',
  },
  {
    name: 'odbc-ubuntu-20.04-and-sha-1-fallback-on-2016',
    asked: {
      client: 'ODBC 17.8 on Ubuntu 20.04',
      server: 'SQL Server 2016 on Windows Server 2016',
      certificate: 'self-generated SHA-1',
    },
    expected: { outcome: 'connects', protocol: 'TLS 1.2' },
    source: 'corrections 1: Windows Server 2016 and newer send that certificate anyway',
  },
  {
    name: 'go-1.25-and-sha-1-fallback',
    asked: {
      client: 'go-mssqldb 1.7 built with go1.25',
      server: 'SQL Server 2014 SP3 on Windows Server 2012 R2',
      certificate: 'self-generated SHA-1',
    },
    expected: { outcome: 'fails', step: 'certificate', scenario: 4, cause: 'sha1-fallback-certificate' },
    source: 'drivers-notes 14: Go 1.25 refuses SHA-1 (open-telemetry/opentelemetry-collector-contrib#50774)',
  },
  {
    name: 'go-1.24-and-sha-1-fallback',
    asked: {
      client: 'go-mssqldb 1.7 built with go1.24',
      server: 'SQL Server 2014 SP3 on Windows Server 2012 R2',
      certificate: 'self-generated SHA-1',
    },
    expected: { outcome: 'connects', protocol: 'TLS 1.2' },
    source: 'drivers-notes 14: Go before 1.25 lists SHA-1',
  },
  {
    name: 'go-1.23-and-a-negative-serial',
    asked: {
      client: 'go-mssqldb 1.7, Go 1.23',
      server: 'mcr.microsoft.com/mssql/server:2019-latest',
      certificate: 'self-generated, negative serial',
    },
    expected: { outcome: 'fails', step: 'certificate', cause: 'negative-serial-number' },
    source: 'microsoft/go-mssqldb#217: Go 1.23 refuses a negative serial number, trusted or not',
  },
  {
    name: 'go-1.22-and-a-negative-serial',
    asked: {
      client: 'go-mssqldb 1.7, Go 1.22',
      server: 'mcr.microsoft.com/mssql/server:2019-latest',
      certificate: 'self-generated, negative serial',
    },
    expected: { outcome: 'connects', protocol: 'TLS 1.2' },
    source: 'microsoft/go-mssqldb#217: Go before 1.23 takes it',
  },
  {
    name: 'go-1.18-and-tls-1.0',
    asked: {
      client: 'go-mssqldb 1.6 with Go 1.19',
      server: 'SQL Server 2008 R2 SP1 on Windows Server 2008 R2',
    },
    expected: { outcome: 'fails', step: 'protocol', scenario: 1, cause: 'server-protocols' },
    source: 'microsoft/go-mssqldb#33: Go 1.18 and later need TLS 1.2',
  },
  {
    name: 'rustls-and-2012-r2',
    asked: { client: 'rust tiberius 0.12.3', server: 'SQL Server 2016 on Windows Server 2012 R2' },
    expected: { step: 'cipher-suite', scenario: 2, rule: 'no-common-cipher-suite' },
    source:
      'scenarios.md, scenario 2: rustls and Windows Server 2012 R2 with an RSA certificate share no suite [measured lists]',
  },
  {
    name: 'node-18-and-tls-1.0',
    asked: { client: 'tedious 15 / Node 18', server: 'SQL Server 2012 RTM on Windows Server 2012' },
    expected: { outcome: 'fails', step: 'protocol', scenario: 1, cause: 'server-protocols' },
    source: 'drivers-notes 13: Node 12 and later need TLS 1.2 (tediousjs/tedious#914)',
  },
  {
    name: 'tedious-without-encryption',
    asked: {
      client: 'tedious 15 / Node 18',
      server: 'SQL Server 2019 on Windows Server 2019',
      settings: 'Encrypt=false',
    },
    expected: { outcome: 'connects', protocol: null, suite: null },
    source: 'drivers-notes 22: tedious with encrypt=false has no TLS at all',
  },
  {
    name: 'strict-and-2019',
    asked: {
      client: 'Microsoft.Data.SqlClient 5.2 on Windows Server 2022',
      server: 'SQL Server 2019 on Windows Server 2022',
      settings: 'Encrypt=Strict',
    },
    expected: {
      outcome: 'fails',
      step: 'strict',
      cause: 'server-without-strict',
      rule: 'strict-not-supported',
    },
    source: 'drivers-notes 6: a strict client and a server without TDS 8.0 (microsoft/mssql-rs#577)',
  },
  {
    name: 'strict-and-an-old-driver',
    asked: {
      client: 'Microsoft.Data.SqlClient 4.1 on Windows Server 2022',
      server: 'SQL Server 2022 on Windows Server 2022',
      settings: 'Encrypt=Strict',
    },
    expected: {
      outcome: 'fails',
      step: 'strict',
      cause: 'driver-without-strict',
      rule: 'strict-not-supported',
    },
    source: 'drivers-notes, strict floor: Microsoft.Data.SqlClient 5.0',
  },
  {
    name: 'windows-2012-r2-and-2019-choose-dhe',
    asked: {
      client: 'ODBC Driver 17.10 on Windows Server 2012 R2',
      server: 'SQL Server 2019 on Windows Server 2019',
    },
    expected: {
      suite: 'TLS_DHE_RSA_WITH_AES_256_GCM_SHA384',
      step: 'handshake',
      scenario: 5,
      cause: 'dhe-leading-zero',
    },
    source:
      'scenarios.md, scenarios 3 and 5: 0x009F between a client on 2012 R2 and a server on 2016 to 2022',
  },
  {
    name: 'windows-2019-and-2012-r2-choose-ecdhe',
    asked: {
      client: 'ODBC Driver 17.10 on Windows Server 2019',
      server: 'SQL Server 2016 on Windows Server 2012 R2',
    },
    expected: { outcome: 'connects', suite: 'TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384' },
    source: 'scenarios.md, scenario 3: the reverse direction picks ECDHE',
  },
  {
    name: 'md5-and-windows',
    asked: {
      client: 'MSOLEDBSQL 18.6 on Windows Server 2012 R2',
      server: 'SQL Server 2016 on Windows Server 2016',
      certificate: 'CA-signed MD5',
    },
    expected: { outcome: 'fails', step: 'certificate', scenario: 4, cause: 'certificate-hash' },
    source: 'scenarios.md, scenario 4: no Schannel ever listed MD5',
  },
  {
    name: 'odbc-18-validates-the-own-certificate',
    asked: {
      client: 'ODBC Driver 18.3 on Windows Server 2022',
      server: 'SQL Server 2022 on Windows Server 2022',
      certificate: 'self-generated',
    },
    expected: { outcome: 'fails', step: 'certificate', cause: 'certificate-not-trusted' },
    source: 'drivers-notes 17: ODBC 18.0 encrypts by default and validates',
  },
  {
    name: 'freetds-0.91-has-tls-1.0-only',
    asked: {
      client: 'FreeTDS 0.91 on Ubuntu 18.04',
      server: 'SQL Server 2019 on Windows Server 2019',
      serverProtocols: 'TLS 1.2 only',
    },
    expected: { outcome: 'fails', step: 'protocol', scenario: 1, cause: 'client-protocols' },
    source: 'drivers-notes 7: FreeTDS up to 0.95 with OpenSSL is pinned to TLS 1.0',
  },
];

const explained = ({ asked }: Truth): ExplainedPair => {
  const found = explain({ certificate: null, serverProtocols: null, settings: null, ...asked }, '2026-11-23');
  if ('complaint' in found) throw new Error(found.complaint.join('\n'));
  return found.pair;
};

describe.each(TRUTHS)('$name ($source)', (truth) => {
  test('as reported, with everything understood', () => {
    const pair = explained(truth);
    expect(pair).toMatchObject({ ...truth.expected, notUnderstood: [] });
  });

  test('its page', () => {
    const page = renderExplanation(
      { schemaVersion: 1, pair: explained(truth), planned: null },
      { color: false, width: 200 },
    );
    for (const line of page.split('\n').filter((line) => !line.includes('https://')))
      expect([...line].length).toBeLessThanOrEqual(100);
    expectGolden(fileURLToPath(new URL(`pages/${truth.name}.golden.txt`, import.meta.url)), page);
  });
});
