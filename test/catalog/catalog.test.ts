import { describe, expect, test } from '@jest/globals';
import { driverOfText } from '../../src/catalog/driver-text.ts';
import { DRIVERS, driver, driverOfName, driverOfPackage, driverVersions } from '../../src/catalog/drivers.ts';
import { meaningOfImage, stackOfRunner } from '../../src/catalog/images.ts';
import { helloOf } from '../../src/catalog/offers.ts';
import { runtimeOfText } from '../../src/catalog/runtimes.ts';
import { documentedProfile, SERVERS, serverOfProduct, tls12Of } from '../../src/catalog/servers.ts';
import {
  stackOfOperatingSystem,
  stacksOfVersion,
  TLS_STACKS,
  tlsStack,
} from '../../src/catalog/tls-stacks.ts';
import { normalizeVersion, versionRange } from '../../src/catalog/versions.ts';

test('the catalog holds every driver, stack and server of the research', () => {
  expect([DRIVERS.length, TLS_STACKS.length, SERVERS.length]).toEqual([51, 83, 22]);
  expect(new Set(DRIVERS.map(({ id }) => id)).size).toBe(DRIVERS.length);
});

test('every row names its source or says that it is inferred', () => {
  expect(
    DRIVERS.flatMap((row) => row.versions.filter(({ sources }) => sources.length === 0).map(() => row.id)),
  ).toEqual([]);
  const unsourced = TLS_STACKS.filter(({ sources, status }) => sources.length === 0 && status !== 'inferred');
  expect(unsourced.map(({ id }) => id)).toEqual([]);
});

test('what a wrapper brings is a driver of the catalog', () => {
  const brought = DRIVERS.flatMap((row) =>
    row.versions.flatMap(({ brings }) => (brings ? [brings.driver] : [])),
  );
  expect(brought.filter((id) => !driver(id))).toEqual([]);
});

test('images and server images name stacks and servers that exist', () => {
  for (const image of [
    'mcr.microsoft.com/dotnet/aspnet:8.0',
    'debian:12',
    'ubuntu:20.04',
    'node:18-alpine',
  ]) {
    const { runtime } = meaningOfImage(image);
    expect(runtime).not.toBeNull();
    if (runtime?.stack) expect(tlsStack(runtime.stack)).toBeDefined();
  }
});

describe('versions', () => {
  test.each([
    ['17.10.5.1-1', '17.10.5'],
    ['8u292', '8.0.292'],
    ['1.8.0_292', '8.0.292'],
    ['1.8', '8.0.0'],
    ['12.4.2.jre11', '12.4.2'],
    ['10.50.6542.0', '10.50.6542'],
    ['latest', null],
  ])('%s is %s', (written, expected) => {
    expect(normalizeVersion(written)).toBe(expected);
  });

  test.each([
    ['^16.0.0', '>=16.0.0 <17.0.0-0'],
    ['[2.1,3.0)', '>=2.1.0 <3.0.0'],
    ['(,1.0]', '<=1.0.0'],
    ['5.*', '5.x'],
    ['>=4.0,<5', '>=4.0.0 <5.0.0'],
    ['~=4.1', '^4.1.0'],
    ['==4.*', '4.x'],
    ['4.8.6', '4.8.6'],
    // Cargo, Go, Ruby, Composer, as their readers hand them on.
    ['[1.3,1.4[', '>=1.3.0 <1.4.0'],
    ['^0.12.2', '>=0.12.2 <0.13.0-0'],
    ['>=0.9, <0.12', '>=0.9.0 <0.12.0'],
    ['v1.7.2', '1.7.2'],
    ['v0.0.0-20190707035753-2be1aa521ff4', '0.0.0'],
    ['>=1.3 <3', '>=1.3.0 <3.0.0'],
    ['^2.1 >=2.1.5', '>=2.1.0 <3.0.0-0 >=2.1.5'],
    ['~2.1.3', '>=2.1.3 <2.2.0-0'],
    ['^4.3 || 5.2.x', '>=4.3.0 <5.0.0-0||>=5.2.0 <5.3.0-0'],
    [`\${mssql.version}`, null],
  ])('%s means %s', (written, expected) => {
    expect(versionRange(written)).toBe(expected);
  });
});

describe('drivers', () => {
  const builds = (id: string, version: string | null) => {
    const found = driver(id);
    return found ? driverVersions(found, version).map(({ range }) => range) : [];
  };

  test('a package is known by the name of its ecosystem', () => {
    expect(driverOfPackage('nuget', 'microsoft.data.sqlclient')).toBe('microsoft-data-sqlclient');
    expect(driverOfPackage('maven', 'com.microsoft.sqlserver:sqljdbc4')).toBe('mssql-jdbc');
    expect(driverOfPackage('pypi', 'Mssql_Django')).toBe('django-mssql');
    expect(driverOfPackage('apt', 'libmono-system-data4.0-cil')).toBe('mono-system-data-sqlclient');
    expect(driverOfPackage('npm', 'express')).toBeUndefined();
  });

  test('a connection string names its driver', () => {
    expect(driverOfName('odbc', 'ODBC Driver 17 for SQL Server')).toBe('msodbcsql17');
    expect(driverOfName('oledb', 'SQLNCLI11')).toBe('sqlncli11');
    expect(driverOfName('jdbc', 'jdbc:sqlserver')).toBe('mssql-jdbc');
    expect(driverOfName('jdbc', 'jdbc:jtds')).toBe('jtds');
    expect(driverOfName('url', 'mssql+pymssql')).toBe('sqlalchemy-mssql');
  });

  test('a version picks its build, a range every build it can mean, no version all of them', () => {
    expect(builds('mssql-jdbc', '4.0')).toEqual(['4.0 (sqljdbc4.jar)']);
    expect(builds('sqlncli11', '11.0.7001.0')).toEqual(['>=11.0.6538']);
    expect(builds('tedious', '^18.2.1 || ^19.0.0')).toHaveLength(2);
    expect(builds('tedious', null)).toHaveLength(12);
    expect(builds('tedious', '0.0.1')).toEqual([]);
  });

  test.each([
    ['ODBC Driver 17 for SQL Server 17.4', 'msodbcsql17', '17.4'],
    ['mssql-jdbc 6.4', 'mssql-jdbc', '6.4'],
    ['com.microsoft.sqlserver:sqljdbc4 4.0', 'mssql-jdbc', '4.0'],
    ['tedious@16.3.0', 'tedious', '16.3.0'],
    ['Microsoft.Data.SqlClient', 'microsoft-data-sqlclient', null],
    ['msodbcsql17 17.7.1.1', 'msodbcsql17', '17.7.1.1'],
    ['FreeTDS 1.4', 'freetds', '1.4'],
  ])('%s is understood', (written, id, version) => {
    const named = driverOfText(written);
    expect([named?.driver.id, named?.version]).toEqual([id, version]);
  });
});

describe('stacks', () => {
  test.each([
    ['Windows Server 2012 R2', 'schannel-2012r2'],
    ['windows 8.1', 'schannel-2012r2'],
    ['Windows 2008 R2', 'schannel-2008r2'],
    ['Ubuntu 20.04 LTS', 'ubuntu-20.04'],
    ['debian-12', 'debian-12'],
    ['RHEL 8', 'rhel-8'],
    ['OS/2', undefined],
  ])('%s is %s', (written, id) => {
    expect(stackOfOperatingSystem(written)?.id).toBe(id);
  });

  test.each([
    ['jdk', '8u292', false, ['jdk-8u291']],
    ['jdk', '17', false, ['jdk-17', 'jdk-17.0.18']],
    ['jdk', '25', false, ['jdk-24', 'jdk-25.0.5']],
    ['node', '18', false, ['node-17-20']],
    ['node', '>=18', true, ['node-17-20', 'node-22', 'node-24']],
    ['go', '1.25', false, ['go-1.25-1.26']],
  ])('%s %s', (family, version, orLater, ids) => {
    expect(stacksOfVersion(family, version, orLater).map(({ id }) => id)).toEqual(ids);
  });

  test('no SHA-1 in the hello of security level 2 distributions (corrections 1)', () => {
    for (const id of ['ubuntu-20.04', 'debian-10', 'debian-11', 'debian-12', 'rhel-9']) {
      expect([id, tlsStack(id)?.signatureAlgorithms.filter((scheme) => scheme.endsWith('sha1'))]).toEqual([
        id,
        [],
      ]);
    }
  });

  test.each([
    ['mcr.microsoft.com/dotnet/aspnet:8.0', 'dotnet', '8.0', 'debian-12'],
    ['node:18.20-bookworm', 'node', '18.20', null],
    ['eclipse-temurin:8u292-jre', 'jdk', '8u292', null],
    ['python:3.11-slim-bookworm', 'os', null, 'debian-12'],
    ['mcr.microsoft.com/dotnet/framework/aspnet:4.8-windowsservercore-ltsc2019', 'os', null, 'schannel-2019'],
  ])('image %s', (image, platform, version, stack) => {
    expect(meaningOfImage(image).runtime).toEqual({ platform, version, stack });
  });

  test('a SQL Server image gives product and operating system', () => {
    expect(meaningOfImage('mcr.microsoft.com/mssql/server:2019-CU18-ubuntu-20.04').server).toEqual({
      id: 'sqlserver-linux-2019',
      product: 'SQL Server 2019 on Linux / containers',
      stack: 'ubuntu-20.04',
    });
    expect(meaningOfImage('mcr.microsoft.com/mssql/server:latest').server).toEqual({
      id: null,
      product: null,
      stack: null,
    });
  });

  test('runner labels and runtimes', () => {
    expect(stackOfRunner('windows-2019')).toBe('schannel-2019');
    expect(runtimeOfText('.NET Framework 4.0')).toEqual({ platform: 'dotnet-framework', version: '4.0' });
    expect(runtimeOfText('JDK 8u292')).toEqual({ platform: 'jdk', version: '8u292' });
    expect(runtimeOfText('COBOL 85')).toBeUndefined();
  });
});

describe('offers', () => {
  const sqljdbc4 = driver(driverOfPackage('maven', 'com.microsoft.sqlserver:sqljdbc4') ?? '');
  const offer = (jdk: string) => {
    const [build] = sqljdbc4 ? driverVersions(sqljdbc4, '4.0') : [];
    const [stack] = stacksOfVersion('jdk', jdk, false);
    if (!build || !stack) throw new Error(`no sqljdbc4 4.0 on JDK ${jdk}`);
    return helloOf(build, stack);
  };

  test('sqljdbc4 4.0 leaves the protocol to the JRE', () => {
    expect(offer('7').protocols).toEqual(['TLS 1.0']);
    expect(offer('8u60').protocols).toEqual(['TLS 1.0', 'TLS 1.1', 'TLS 1.2']);
    expect(offer('8u292').protocols).toEqual(['TLS 1.2']);
    expect(offer('7').signatureAlgorithms).toEqual([]);
    expect(offer('8u292').suites[0]).toBe('TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384');
  });

  test('without its TLS 1.2 update .NET Framework 4.0 offers TLS 1.0 alone, whatever Schannel could', () => {
    const netfx = driver('netfx-system-data-sqlclient');
    const [build] = netfx ? driverVersions(netfx, '4.0') : [];
    const stack = tlsStack('schannel-2019');
    if (!build || !stack) throw new Error('no .NET Framework 4.0 on Windows Server 2019');
    expect(helloOf(build, stack).protocols).toEqual(['TLS 1.0', 'TLS 1.1', 'TLS 1.2']);
    expect(helloOf(build, stack, 'TLS 1.0').protocols).toEqual(['TLS 1.0']);
  });
});

describe('servers', () => {
  const named = (text: string, linux = false) => {
    const found = serverOfProduct(text, linux);
    return [found?.server.id, found?.build];
  };

  test.each([
    ['SQL Server 2016 SP2', 'sqlserver-2016', '13.0.5026'],
    ['SQL Server 2008 R2', 'sqlserver-2008r2', null],
    ['12.0.5207.0', 'sqlserver-2014', '12.0.5207'],
    ['SQL Server 2014 (12.0.2000)', 'sqlserver-2014', '12.0.2000'],
    ['SQL Server 2022 on Linux', 'sqlserver-linux-2022', null],
    ['Azure SQL Database', 'azure-sql-database', null],
    ['Oracle 19c', undefined, undefined],
  ])('%s', (text, id, build) => {
    expect(named(text)).toEqual([id, build]);
  });

  test('TLS 1.2 by build: the branch decides (KB3135244)', () => {
    const sql2014 = serverOfProduct('SQL Server 2014', false)?.server;
    if (!sql2014) throw new Error('no SQL Server 2014');
    expect(
      ['12.0.2000', '12.0.2271', '12.0.2548', '12.0.2564', '12.0.4219', '12.0.5000'].map((b) =>
        tls12Of(sql2014, b),
      ),
    ).toEqual([false, true, false, true, true, true]);
    expect(tls12Of(sql2014, null)).toBeNull();
  });

  test('a documented profile leaves open what nobody said', () => {
    const sql2016 = serverOfProduct('SQL Server 2016 SP2', false);
    if (!sql2016) throw new Error('no SQL Server 2016');
    const unknownOs = documentedProfile(sql2016, null);
    expect([unknownOs.protocols, unknownOs.suites]).toEqual([{}, undefined]);
    const on2012r2 = documentedProfile(sql2016, stackOfOperatingSystem('Windows Server 2012 R2') ?? null);
    expect(on2012r2.protocols['TLS 1.2']?.value).toBe('accepted');
    expect(on2012r2.suites?.value.names).not.toContain('TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256');
    expect(on2012r2.strict?.value).toBe(false);
  });
});
