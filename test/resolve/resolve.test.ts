import { describe, expect, test } from '@jest/globals';
import picomatch from 'picomatch';
import type { Client } from '../../src/model/client.ts';
import type {
  ConnectionDeclaration,
  Declaration,
  DriverDeclaration,
  RuntimeDeclaration,
} from '../../src/model/declaration.ts';
import {
  DEFAULT_POLICY,
  type Policy,
  type PolicyClientRule,
  type PolicyTarget,
} from '../../src/model/policy.ts';
import type { Span } from '../../src/model/span.ts';
import { resolve } from '../../src/resolve/resolve.ts';

const span = (file: string, line = 1): Span => ({
  file,
  start: 0,
  end: 1,
  line,
  column: 1,
  endLine: line,
  endColumn: 2,
});
const folder = (file: string) => (file.includes('/') ? file.slice(0, file.lastIndexOf('/')) : '');

const driver = (
  file: string,
  pack: string,
  id: string,
  version: string | null,
  parts: Partial<DriverDeclaration> = {},
): DriverDeclaration => ({
  kind: 'driver',
  span: span(file),
  text: version ?? pack,
  scope: folder(file),
  ecosystem: 'nuget',
  package: pack,
  driver: id,
  version,
  role: 'uses',
  ...parts,
});
const runtime = (
  file: string,
  platform: RuntimeDeclaration['platform'],
  version: string | null,
  parts: Partial<RuntimeDeclaration> = {},
): RuntimeDeclaration => ({
  kind: 'runtime',
  span: span(file),
  text: version ?? platform,
  scope: folder(file),
  platform,
  version,
  lowerBound: false,
  stack: null,
  ...parts,
});
const connection = (
  file: string,
  host: string | null,
  parts: Partial<ConnectionDeclaration> = {},
): ConnectionDeclaration => ({
  kind: 'connection',
  span: span(file, 5),
  text: `Server=${host}`,
  scope: folder(file),
  grammar: 'ado',
  names: null,
  ambiguous: false,
  endpoint: host === null ? null : { host, port: null, instance: null },
  endpointSpan: host === null ? null : span(file, 5),
  encrypt: null,
  trustServerCertificate: null,
  hostNameInCertificate: null,
  passwordSpan: null,
  pooling: null,
  connectTimeout: null,
  ...parts,
});
const target = (name: string, host: string): PolicyTarget => ({
  name,
  address: { kind: 'network', endpoint: { host, port: null, instance: null } },
  span: span('policy.yml'),
  aliases: [],
  server: null,
  planned: null,
  login: null,
  enumerate: false,
  timings: false,
  linksTo: [],
  availabilityGroup: null,
});
const rule = (path: string, parts: Partial<PolicyClientRule> = {}): PolicyClientRule => ({
  path,
  runsOn: null,
  runtime: null,
  connectsTo: null,
  ...parts,
});
const placed = (value: string) => ({ value, span: span('policy.yml', 9) });

const run = (declarations: readonly Declaration[], policy: Partial<Policy> = {}) =>
  resolve(declarations, { ...DEFAULT_POLICY, ...policy }, new Map(), (glob, path) =>
    picomatch(glob, { dot: true })(path),
  );
const only = (clients: readonly Client[]): Client => {
  const [first] = clients;
  if (!first || clients.length !== 1)
    throw new Error(`expected one client, got ${clients.map(({ name }) => name).join(', ')}`);
  return first;
};
const protocolsOf = ({ cases }: Client) => [...new Set(cases.map(({ hello }) => hello?.protocols.join(' ')))];

describe('.NET Framework', () => {
  const project = [
    runtime('svc/App.csproj', 'dotnet-framework', '4.0', { lowerBound: true }),
    connection('svc/App.config', 'sql1', {
      names: { ecosystem: 'provider', name: 'System.Data.SqlClient', span: span('svc/App.config') },
    }),
  ];

  test('a target framework is a lower bound: with and without the update, on every Windows', () => {
    const client = only(run(project).clients);
    expect(client.driver.id).toBe('netfx-system-data-sqlclient');
    expect(client.driverSpan.file).toBe('svc/App.csproj');
    expect(protocolsOf(client).sort()).toEqual(['TLS 1.0', 'TLS 1.0 TLS 1.1 TLS 1.2']);
    expect(new Set(client.cases.map(({ label }) => label.split(',')[0])).size).toBeGreaterThan(10);
  });

  test('pinned by the policy it is one case', () => {
    const clientRules = [
      rule('svc/**', { runsOn: placed('Windows Server 2012 R2'), runtime: placed('.NET Framework 4.0') }),
    ];
    const client = only(run(project, { clientRules }).clients);
    expect(client.cases.map(({ label, condition }) => [label, condition])).toEqual([
      ['Windows Server 2012 R2, .NET Framework 4.0-4.5.2', null],
    ]);
    expect(protocolsOf(client)).toEqual(['TLS 1.0']);
    expect(client.cases[0]?.tls12Fix).toContain('4.6');
  });

  test('a runtime that nobody knows is said, not guessed', () => {
    const { notChecked } = run(project, {
      clientRules: [rule('svc/**', { runsOn: placed('Windows 3.11') })],
    });
    expect(notChecked.map(({ reason }) => reason)).toContainEqual(
      expect.stringContaining('`runs-on: Windows 3.11` is not known'),
    );
  });
});

describe('versions', () => {
  test('central package versions: the version and its place come from there', () => {
    const client = only(
      run([
        driver('api/Api.csproj', 'Microsoft.Data.SqlClient', 'microsoft-data-sqlclient', null),
        driver('Directory.Packages.props', 'Microsoft.Data.SqlClient', 'microsoft-data-sqlclient', '5.2.2', {
          role: 'pins',
        }),
        connection('api/appsettings.json', 'sql1'),
      ]).clients,
    );
    expect([client.driver.version, client.driverSpan.file]).toEqual(['5.2.2', 'Directory.Packages.props']);
    expect(client.settings.encrypt?.value).toBe('Mandatory');
  });

  test('a lockfile says which version a range became', () => {
    const client = only(
      run([
        driver('web/package.json', 'tedious', 'tedious', '^18.0.0', { ecosystem: 'npm' }),
        driver('web/package-lock.json', 'tedious', 'tedious', '18.6.1', { ecosystem: 'npm', role: 'pins' }),
        connection('web/.env', 'sql1'),
      ]).clients,
    );
    expect([client.driver.version, client.driverSpan.file]).toEqual(['18.6.1', 'web/package.json']);
  });

  test('a lockfile of Python may write the name in another way', () => {
    const client = only(
      run([
        driver('etl/pyproject.toml', 'python_tds', 'python-tds', '>=1.0', { ecosystem: 'pypi' }),
        driver('etl/poetry.lock', 'Python-TDS', 'python-tds', '1.15.0', { ecosystem: 'pypi', role: 'pins' }),
        connection('etl/.env', 'sql1'),
      ]).clients,
    );
    expect([client.driver.version, client.driverSpan.file]).toEqual(['1.15.0', 'etl/pyproject.toml']);
  });

  test('Spring Boot’s parent manages the version of the driver', () => {
    const client = only(
      run([
        driver('app/pom.xml', 'com.microsoft.sqlserver:mssql-jdbc', 'mssql-jdbc', null, {
          ecosystem: 'maven',
        }),
        driver(
          'app/pom.xml',
          'org.springframework.boot:spring-boot-starter-parent',
          'spring-boot-bom',
          '2.5.4',
          {
            ecosystem: 'maven',
            role: 'pins',
            span: span('app/pom.xml', 8),
          },
        ),
        connection('app/.env', 'sql1', {
          grammar: 'jdbc',
          names: { ecosystem: 'jdbc', name: 'jdbc:sqlserver', span: span('app/.env') },
        }),
      ]).clients,
    );
    expect([client.driver.version, client.driverSpan.line]).toEqual(['9.2.1.jre8', 8]);
    expect(client.settings.encrypt?.value).toBe('Optional');
  });

  test('Directory.Build.props gives a project below its framework', () => {
    const client = only(
      run([
        runtime('Directory.Build.props', 'dotnet-framework', '4.8', { lowerBound: true }),
        driver('svc/App.csproj', 'Dapper', 'dapper', '2.1.35'),
        connection('svc/App.config', 'sql1'),
      ]).clients,
    );
    expect([client.driver.id, client.driver.version]).toEqual(['netfx-system-data-sqlclient', '>=4.8']);
  });

  test('a wrapper stands for the driver it brings, with its own defaults', () => {
    const client = only(
      run([
        driver('web/package.json', 'mssql', 'mssql-npm', '6.0.1', { ecosystem: 'npm' }),
        connection('web/.env', 'sql1'),
      ]).clients,
    );
    expect(client.driver.id).toBe('tedious');
    // mssql 6.0 passes encrypt: false although tedious 6 would encrypt
    expect(client.settings.encrypt?.value).toBe('Optional');
    expect(client.cases.map(({ clearText }) => clearText)).toEqual([true]);
  });

  test('an unknown version matters only where builds differ', () => {
    const odbc = (name: string) =>
      only(
        run([
          connection('job/.env', 'sql1', {
            grammar: 'odbc',
            names: { ecosystem: 'odbc', name, span: span('job/.env') },
          }),
        ]).clients,
      );
    expect(odbc('SQL Server Native Client 11.0').driver.versionMatters).toBe('TLS 1.2');
    expect(odbc('ODBC Driver 17 for SQL Server').driver.versionMatters).toBeNull();
  });
});

describe('where it runs', () => {
  test('ODBC on Linux takes the OpenSSL of the base image', () => {
    const client = only(
      run([
        driver('job/Dockerfile', 'msodbcsql17', 'msodbcsql17', '17.10.6.1', { ecosystem: 'apt' }),
        driver('job/requirements.txt', 'pyodbc', 'pyodbc', '5.2.0', { ecosystem: 'pypi' }),
        runtime('job/Dockerfile', 'os', null, { stack: 'debian-12' }),
        connection('job/.env', 'sql1', {
          grammar: 'url',
          names: { ecosystem: 'odbc', name: 'ODBC Driver 17 for SQL Server', span: span('job/.env') },
        }),
      ]).clients,
    );
    expect([client.driver.id, client.driver.version]).toEqual(['msodbcsql17', '17.10.6.1']);
    expect(client.cases.map(({ label }) => label)).toEqual(['Debian 12 bookworm']);
  });

  test('.NET on Linux brings its own suites unless openssl.cnf sets some', () => {
    const on = (stack: string) =>
      only(
        run([
          driver('api/Api.csproj', 'Microsoft.Data.SqlClient', 'microsoft-data-sqlclient', '5.2.2'),
          runtime('api/Dockerfile', 'dotnet', '8.0', { stack }),
          connection('api/appsettings.json', 'sql1'),
        ]).clients,
      ).cases[0]?.hello?.suites;
    expect(on('debian-12')).toHaveLength(8);
    expect(on('debian-11')?.length).toBeGreaterThan(8);
  });
});

describe('a container target', () => {
  const described = (image: string, server: PolicyTarget['server'] = null, mssqlConf: string | null = null) =>
    run([], {
      targets: [{ ...target('ci', ''), address: { kind: 'container', image, mssqlConf }, server }],
    }).targets[0];

  test('is described by its image, as a server of a compose file is', () => {
    const { described: profile, endpoints } = described('mcr.microsoft.com/mssql/server:2022-latest') ?? {};
    expect(profile?.product?.value).toMatch(/^SQL Server 2022 on Linux/);
    expect(profile?.os?.value).toMatch(/^Ubuntu 22\.04/);
    expect(profile?.protocols['TLS 1.2']?.value).toBe('accepted');
    expect(endpoints).toEqual([]);
  });

  test('the policy’s word about the server comes first', () => {
    const server = { product: placed('SQL Server 2019 on Linux'), os: null, protocols: ['TLS 1.2' as const] };
    const profile = described('mcr.microsoft.com/mssql/server:2022-latest', server)?.described;
    expect(profile?.product?.value).toMatch(/^SQL Server 2019 on Linux/);
    expect(profile?.protocols['TLS 1.0']?.value).toBe('rejected');
  });

  test('with a mssql.conf its defaults are not taken for granted', () => {
    const profile = described('mcr.microsoft.com/mssql/server:2022-latest', null, 'mssql.conf')?.described;
    expect(profile?.product?.value).toMatch(/^SQL Server 2022 on Linux/);
    expect([profile?.protocols, profile?.suites]).toEqual([{}, undefined]);
  });

  test('an image of one’s own says nothing', () => {
    expect(described('registry.example/team/sql:7')).toMatchObject({
      described: { protocols: {} },
      unresolved: [],
    });
  });
});

describe('who talks to whom', () => {
  const api = (host: string | null) => [
    driver('api/Api.csproj', 'Microsoft.Data.SqlClient', 'microsoft-data-sqlclient', '5.2.2'),
    ...(host === '' ? [] : [connection('api/appsettings.json', host)]),
  ];
  const targets = [target('orders', 'sql-orders'), target('billing', 'sql-billing')];
  const linked = (declarations: readonly Declaration[], policy: Partial<Policy> = {}) =>
    run(declarations, { targets, ...policy }).links.map(({ target: { name } }) => name);

  test('the connection string decides', () => expect(linked(api('SQL-ORDERS'))).toEqual(['orders']));
  test('localhost, 127.0.0.1 and . are one host', () => {
    const lab = [{ ...target('lab', '127.0.0.1'), aliases: [] }];
    for (const host of ['localhost', '(local)', '.']) {
      expect(run(api(host), { targets: lab }).links.map(({ target: { name } }) => name)).toEqual(['lab']);
    }
  });
  test('the policy’s word comes first', () => {
    expect(
      linked(api('sql-orders'), { clientRules: [rule('api/**', { connectsTo: [placed('billing')] })] }),
    ).toEqual(['billing']);
  });
  test('without a string it could be any target of the policy', () =>
    expect(linked(api(''))).toEqual(['orders', 'billing']));
  test('a placeholder could be any as well', () => expect(linked(api(null))).toEqual(['orders', 'billing']));
  test('a developer’s localhost does not hide the real servers', () => {
    expect(linked(api('localhost'))).toEqual(['orders', 'billing']);
  });
  test('a client of its own machine alone is said, not judged', () => {
    const { links, targets: found, notChecked } = run(api('(localdb)\\MSSQLLocalDB'));
    expect([links, found]).toEqual([[], []]);
    expect(notChecked).toMatchObject([
      { subject: 'api', reason: expect.stringContaining('its own machine') },
    ]);
  });
  test('an endpoint that the policy does not declare is listed, and said', () => {
    const { links, notChecked } = run(api('elsewhere'), { targets });
    expect(links.map(({ target: { name, origin } }) => [name, origin])).toEqual([
      ['elsewhere', 'repository'],
    ]);
    expect(notChecked.map(({ subject }) => subject)).toEqual(['elsewhere']);
  });
  test('a string that nothing reads is said', () => {
    const { clients, notChecked } = run([connection('tools/.env', 'sql1')]);
    expect(clients).toEqual([]);
    expect(notChecked.map(({ reason }) => reason)).toEqual([
      expect.stringContaining('no driver that reads it'),
    ]);
  });
  test('another database’s string beside no SQL Server driver is nothing', () => {
    expect(run([connection('tools/.env', 'mysql1', { ambiguous: true })])).toEqual({
      clients: [],
      targets: [],
      links: [],
      notChecked: [],
    });
  });
});

describe('Rust: features decide the TLS stack', () => {
  const tiberius = (features?: readonly string[]) =>
    run([
      driver('svc/Cargo.toml', 'tiberius', 'tiberius', '^0.12.2', {
        ecosystem: 'cargo',
        ...(features && { features }),
      }),
      runtime('svc/Dockerfile', 'os', null, { stack: 'debian-12' }),
    ]).clients;
  const labels = (clients: readonly Client[]) => only(clients).cases.map(({ label }) => label);

  test('rustls alone is rustls', () => {
    expect(labels(tiberius(['rustls']))).toEqual([expect.stringMatching(/^rustls/)]);
  });

  test('the default is the system library', () => {
    expect(labels(tiberius(['default']))).toEqual([expect.stringMatching(/^Debian 12/)]);
  });

  test('without a word any of them could be meant', () => {
    expect(labels(tiberius()).length).toBeGreaterThan(2);
  });
});
