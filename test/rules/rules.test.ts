// Every rule through the whole pipeline, on repositories of a few lines and servers that are only described.
import { describe, expect, test } from '@jest/globals';
import { type CheckInput, check } from '../../src/check.ts';
import { mintCertificate } from '../../src/lab/certificates.ts';
import type { Finding } from '../../src/model/finding.ts';
import { DEFAULT_POLICY, type Policy } from '../../src/model/policy.ts';
import { TDS7_PROTOCOLS } from '../../src/model/protocol.ts';
import { broadHello } from '../../src/observe/peel/broad-hello.ts';
import { loadPolicy } from '../../src/policy/load-policy.ts';
import { catalogClients } from '../../src/resolve/catalog-clients.ts';
import { RULES } from '../../src/rules/rules.ts';

/** SQL Server's own. */
const OWN = mintCertificate({
  commonName: 'SSL_Self_Signed_Fallback',
  dnsNames: [],
  hash: 'sha256',
  signedBy: 'itself',
  fallback: true,
}).chain;

type Files = Readonly<Record<string, string>>;
const POLICY = 'mssql-tls-preflight.yml';

/** Checks files held in memory; nothing is probed. */
async function checked(
  files: Files,
  scan: CheckInput['scan'] = async () => ({ reason: 'nothing is probed here' }),
) {
  const policyText = files[POLICY] ?? '';
  const loaded =
    policyText === ''
      ? { policy: DEFAULT_POLICY }
      : loadPolicy(POLICY, policyText, {
          rules: RULES.map(({ meta }) => meta.id),
          labProfiles: [],
          suites: [],
        });
  if ('problems' in loaded) throw new Error(JSON.stringify(loaded.problems));
  const policy: Policy = loaded.policy;
  const { report } = await check({
    workspace: {
      list: async () => Object.keys(files).sort(),
      read: async (path) => ({ text: files[path] ?? '' }),
    },
    policy,
    policyText,
    scan,
    today: '2026-11-23',
  });
  return report;
}

const of = (rule: string, { findings }: { findings: readonly Finding[] }) =>
  findings.filter((finding) => finding.rule === rule);
const marked = (files: Files, { file, line, column, endColumn }: Finding) =>
  (files[file] ?? '').split('\n')[line - 1]?.slice(column - 1, endColumn - 1);

const api = (connection: string, version = '6.1.1'): Files => ({
  'Api.csproj': `<Project>\n<PropertyGroup><TargetFramework>net8.0</TargetFramework></PropertyGroup>\n<ItemGroup><PackageReference Include="Microsoft.Data.SqlClient" Version="${version}" /></ItemGroup>\n</Project>`,
  'appsettings.json': JSON.stringify({ ConnectionStrings: { Db: connection } }),
});
const server = (lines: string) => ({
  [POLICY]: `version: 1\ntargets:\n  sql:\n    endpoint: sql1\n${lines}`,
});

test('rule ids are unique and every rule has a title and a link', () => {
  expect(new Set(RULES.map(({ meta }) => meta.id)).size).toBe(RULES.length);
  for (const { meta } of RULES)
    expect([meta.title.length > 0, meta.helpUri]).toEqual([
      true,
      expect.stringMatching(/^https:\/\/learn\.microsoft\.com\//),
    ]);
});

describe('scenarios from documents alone', () => {
  const on = (os: string, product: string) => server(`    server: { product: ${product}, os: ${os} }\n`);

  test('1: the server lacks TLS 1.2, so the finding stands on the server in the connection string', async () => {
    const files = {
      ...api('Server=sql1;Database=a'),
      Dockerfile: 'FROM mcr.microsoft.com/dotnet/aspnet:8.0\n',
      ...on('Windows Server 2008 R2', 'SQL Server 2008 R2 SP1'),
    };
    const [finding] = of('no-common-protocol', await checked(files));
    expect(finding).toMatchObject({ scenario: 1, level: 'error', confidence: 'documented', target: 'sql' });
    expect(finding && marked(files, finding)).toBe('sql1');
    expect(finding?.fix).toContain('KB3135244');
  });

  test('2: .NET on Linux and a Windows Server 2012 R2 share nothing an RSA certificate can use', async () => {
    const gcmOnly = {
      ...api('Server=sql1;Database=a'),
      Dockerfile: 'FROM mcr.microsoft.com/dotnet/aspnet:8.0\n',
      ...on('Windows Server 2012 R2', 'SQL Server 2016 SP2'),
    };
    // it does share ECDHE CBC suites, so this is the near miss
    expect(of('no-common-cipher-suite', await checked(gcmOnly))).toEqual([]);
    const policy = `${server('    server: { product: SQL Server 2016 SP2, os: Windows Server 2012 R2 }\n')[POLICY]}clients:\n  - name: rust\n    driver: tiberius 0.12.3\n    runs-on: Ubuntu 22.04\n    connects-to: [sql]\n`;
    const report = await checked({ [POLICY]: policy });
    expect(report.pairs).toMatchObject([{ outcome: 'may-fail', scenario: 2 }]);
    expect(of('no-common-cipher-suite', report)).toMatchObject([
      { level: 'warning', message: expect.stringContaining('fails on rustls') },
    ]);
  });

  test('a plan is judged beside today, and said once', async () => {
    const files = {
      ...api('Server=sql1;Database=a'),
      'mssql-tls-preflight.yml': `version: 1\ntargets:\n  sql:\n    endpoint: sql1\n    server: { product: SQL Server 2016 SP2, os: Windows Server 2016 }\n    planned: { protocols: [TLS 1.2], from: 2027-03-01 }\nclients:\n  - name: old\n    driver: SQLNCLI11 11.0.5058\n    runs-on: Windows Server 2012 R2\n    connects-to: [sql]\n`,
    };
    const report = await checked(files);
    expect(
      report.pairs.filter(({ client }) => client === 'old').map(({ when, outcome }) => [when, outcome]),
    ).toEqual([
      ['current', 'connects'],
      ['planned', 'fails'],
    ]);
    expect(of('no-common-protocol', report)).toMatchObject([
      { level: 'warning', client: 'old', message: expect.stringMatching(/^From 2027-03-01: /) },
    ]);
  });
});

test('where only systems out of support could fail it is a notice', async () => {
  const netfx = (framework: string) => ({
    'App.csproj': `<Project><PropertyGroup><TargetFramework>${framework}</TargetFramework></PropertyGroup></Project>`,
    'App.config':
      '<configuration><connectionStrings><add name="a" connectionString="Server=sql1;Database=b" providerName="System.Data.SqlClient" /></connectionStrings></configuration>',
    ...server('    server: { product: SQL Server 2019, os: Windows Server 2019, protocols: [TLS 1.2] }\n'),
  });
  const levels = async (framework: string) =>
    of('no-common-protocol', await checked(netfx(framework))).map(({ level }) => level);
  expect(await levels('net48')).toEqual(['notice']);
  expect(await levels('net40')).toEqual(['warning']);
});

test('.NET 8 does not run on Windows Server 2008 R2, so nothing is said of it', async () => {
  const files = {
    ...api('Server=sql1;Database=a'),
    ...server('    server: { product: SQL Server 2019, os: Windows Server 2019, protocols: [TLS 1.2] }\n'),
  };
  const { findings } = await checked(files);
  // Of the Windows releases it does run on, the oldest do come to TLS_DHE.
  expect(findings.filter(({ rule }) => !rule.startsWith('dhe-'))).toEqual([]);
});

describe('strict-not-supported', () => {
  test.each([
    [
      'the server',
      'Server=sql1;Database=a;Encrypt=Strict',
      '5.2.2',
      server('    server: { product: SQL Server 2019 }\n'),
      1,
    ],
    ['the driver', 'Server=sql1;Database=a;Encrypt=Strict', '4.1.0', server(''), 1],
    [
      'neither',
      'Server=sql1;Database=a;Encrypt=Strict',
      '5.2.2',
      server('    server: { product: SQL Server 2022 }\n'),
      0,
    ],
  ])('%s cannot', async (_, connection, version, policy, count) => {
    const files = { ...api(connection, version), ...policy };
    const found = of('strict-not-supported', await checked(files));
    expect(found.map((finding) => marked(files, finding))).toEqual(
      Array.from({ length: count }, () => 'Strict'),
    );
  });
});

describe('encryption-optional', () => {
  test.each([
    ['written', 'Server=sql1;Database=a;Encrypt=False', '5.2.2', 'False', 'warning'],
    ['by default', 'Server=sql1;Initial Catalog=a', '3.1.0', 'Server=sql1;Initial Catalog=a', 'notice'],
    ['not at all', 'Server=sql1;Database=a;Encrypt=Mandatory', '5.2.2', null, null],
    ['on this machine', 'Server=localhost;Database=a;Encrypt=False', '5.2.2', null, null],
  ])('%s', async (_, connection, version, text, level) => {
    const files = api(connection, version);
    const found = of('encryption-optional', await checked(files));
    expect(found.map((finding) => [marked(files, finding), finding.level])).toEqual(
      text === null ? [] : [[text, level]],
    );
  });

  test('a container that the repository starts is on this machine', async () => {
    const compose = 'services:\n  sql:\n    image: mcr.microsoft.com/mssql/server:2022-latest\n';
    expect(
      of(
        'encryption-optional',
        await checked({ ...api('Server=sql,1433;Database=a;Encrypt=False'), 'compose.yml': compose }),
      ),
    ).toEqual([]);
  });
});

describe('server-certificate-not-validated', () => {
  test.each([
    ['written', 'Server=sql1;Database=a;TrustServerCertificate=True', ['True']],
    ['not', 'Server=sql1;Database=a;TrustServerCertificate=False', []],
    ['with Strict it is ignored', 'Server=sql1;Database=a;Encrypt=Strict;TrustServerCertificate=True', []],
  ])('%s', async (_, connection, expected) => {
    const files = api(connection);
    expect(
      of('server-certificate-not-validated', await checked(files)).map((finding) => marked(files, finding)),
    ).toEqual(expected);
  });
});

describe('driver-version-unknown', () => {
  const odbc = (name: string) => ({ '.env': `DB=Driver={${name}};Server=sql1;Database=a\n` });
  test.each([
    ['SQL Server Native Client 11.0', 1],
    ['ODBC Driver 17 for SQL Server', 0],
  ])('%s', async (name, count) => {
    const files = odbc(name);
    const found = of('driver-version-unknown', await checked(files));
    expect(found.map((finding) => [finding.level, marked(files, finding)])).toEqual(
      Array.from({ length: count }, () => ['notice', name]),
    );
  });
});

test('rules can be switched off and given another level', async () => {
  const files = api('Server=sql1;Database=a;Encrypt=False;TrustServerCertificate=True');
  const policy = {
    [POLICY]: 'version: 1\nrules:\n  encryption-optional: off\n  server-certificate-not-validated: error\n',
  };
  expect((await checked({ ...files, ...policy })).findings.map(({ rule, level }) => [rule, level])).toEqual([
    ['server-certificate-not-validated', 'error'],
  ]);
});

test('a fingerprint does not move with the line', async () => {
  const files = api('Server=sql1;Database=a;Encrypt=False');
  const moved = { ...files, 'appsettings.json': `\n\n${files['appsettings.json']}` };
  const [before, after] = [await checked(files), await checked(moved)].map(({ findings }) => findings[0]);
  expect(before?.line).not.toBe(after?.line);
  expect(before?.fingerprint).toBe(after?.fingerprint);
});

test('a policy pack that is not built in is said, not passed over', async () => {
  const { notChecked } = await checked({ [POLICY]: 'version: 1\nextends: [acme-tls]\n' });
  expect(notChecked).toMatchObject([{ subject: 'acme-tls', file: POLICY, line: 2 }]);
});

test('no finding ever holds a password', async () => {
  const files = {
    ...api('Server=sql1;Database=a;User Id=b;Password=Tr0ub4dor;Encrypt=False'),
    ...{ '.env': 'U=sqlserver://a:Tr0ub4dor@sql1?encrypt=false\n' },
  };
  expect(JSON.stringify(await checked(files))).not.toContain('Tr0ub4dor');
});

describe('a client of the policy file that names a wrapper', () => {
  const client = (lines: string) =>
    checked({
      [POLICY]: `${server('    server: { product: SQL Server 2019, os: Windows Server 2019 }\n')[POLICY]}clients:\n  - name: etl\n    runs-on: Windows Server 2019\n    connects-to: [sql]\n${lines}`,
    });

  test('is the driver that the wrapper brings', async () => {
    const { pairs, notChecked } = await client('    driver: Microsoft.EntityFrameworkCore.SqlServer 8.0.0\n');
    expect(pairs).toMatchObject([{ client: 'etl', outcome: 'connects' }]);
    expect(notChecked.filter(({ subject }) => subject === 'etl')).toEqual([]);
  });

  test('is the driver that its string names, where the wrapper brings none', async () => {
    const { pairs } = await client(
      '    driver: pyodbc\n    connection: "Driver={ODBC Driver 18 for SQL Server};Server=sql1"\n',
    );
    expect(pairs).toMatchObject([{ client: 'etl', outcome: 'connects' }]);
  });

  test('is not checked where nothing names a driver, and the report says so', async () => {
    const { pairs, notChecked } = await client('    driver: pyodbc\n');
    expect(pairs).toEqual([]);
    expect(notChecked.filter(({ subject }) => subject === 'etl')).toMatchObject([
      { subject: 'etl', reason: '`driver: pyodbc` brings no driver by itself: name the one it uses' },
    ]);
  });
});

test('the smallest set of changes: one that mends two connections comes before two that mend one each', async () => {
  const policy =
    'version: 1\ntargets:\n  sql:\n    endpoint: sql1\n    server: { product: SQL Server 2019, os: Windows Server 2019 }\n' +
    '    planned: { protocols: [TLS 1.2], from: 2027-03-01 }\n' +
    '  archive:\n    endpoint: sql2\n    server: { product: SQL Server 2019, os: Windows Server 2019, protocols: [TLS 1.2] }\n' +
    'clients:\n' +
    '  - name: old\n    driver: SQL Server Native Client 11.0 11.0.5058\n    runs-on: Windows Server 2012 R2\n    connects-to: [sql, archive]\n' +
    '  - name: new\n    driver: ODBC Driver 18 for SQL Server 18.3\n    runs-on: Windows Server 2019\n    connects-to: [sql, archive]\n';
  const { remedies } = await checked({ [POLICY]: policy });
  const of = (client: string, target: string) => ({ client, target });
  expect(remedies.map(({ when, line, pairs }) => [when, line, pairs])).toEqual([
    ['current', 12, [of('old', 'archive')]],
    ['planned', 12, [of('old', 'sql')]],
  ]);
});

test('some builds validate the certificate also where the server alone forces encryption', async () => {
  const check = async (driver: string) => {
    const client = `clients:\n  - name: etl\n    driver: ${driver}\n    runs-on: Windows Server 2019\n    connection: Server=sql1;Database=a;Encrypt=no\n`;
    const conf = '[network]\nforceencryption = 1\n';
    const planned = '    planned: { certificate: own.pem }\n    configured-by: [mssql.conf]\n';
    const policy = `version: 1\ntargets:\n  sql:\n    endpoint: sql1\n    server: { product: SQL Server 2022 on Linux }\n${planned}${client}`;
    const report = await checked({ [POLICY]: policy, 'mssql.conf': conf, 'own.pem': OWN });
    return report.pairs.filter(({ when }) => when === 'planned').map(({ outcome, step }) => [outcome, step]);
  };
  expect(await check('ODBC Driver 18 for SQL Server 18.3')).toEqual([['fails', 'certificate']]);
  expect(await check('ODBC Driver 17 for SQL Server 17.10')).toEqual([['connects', null]]);
});

describe('honest about what is not known', () => {
  const silent: CheckInput['scan'] = async () => ({
    observation: {
      prelogin: { state: 'answered', version: '15.0.4430', encryption: 'ON' },
      protocols: TDS7_PROTOCOLS.map((version) => ({
        version,
        hello: broadHello(version),
        answer: { state: 'no-answer', reason: 'no answer after 5 s' },
      })),
      certificates: [],
      hellos: new Map(),
      enumerated: null,
      strict: null,
      connections: 3,
      milliseconds: 15_000,
    },
  });

  test('a server that does not answer is not said to lack anything', async () => {
    const files = {
      ...api('Server=sql1;Database=a;Encrypt=True'),
      ...server('    timings: false\n'),
      Dockerfile: 'FROM mcr.microsoft.com/dotnet/aspnet:8.0\n',
    };
    const { findings, pairs } = await checked(files, silent);
    expect(pairs.map(({ outcome }) => outcome)).toEqual(['unknown']);
    expect(findings.filter(({ target, level }) => target !== null || level === 'error')).toEqual([]);
  });

  test('no error rests on what is assumed: not of any driver of the catalog, on any server of it', async () => {
    const servers = [
      'SQL Server 2008 R2',
      'SQL Server 2012',
      'SQL Server 2014',
      'SQL Server 2016',
      'SQL Server 2019',
      'SQL Server 2022',
    ];
    const systems = [
      'Windows Server 2008 R2',
      'Windows Server 2012 R2',
      'Windows Server 2016',
      'Windows Server 2022',
    ];
    const targets = servers.flatMap((product) =>
      systems.map(
        (os, at) =>
          `  ${product.replaceAll(' ', '-')}-${at}:\n    endpoint: ${product.replaceAll(' ', '-')}-${at}\n    server: { product: ${product}, os: ${os} }\n`,
      ),
    );
    const clients = catalogClients().map(
      ({ label, versions }, at) =>
        `  - name: c${at}\n    driver: ${JSON.stringify(`${label} ${/\d[\d.]*/.exec(versions)?.[0] ?? ''}`)}\n`,
    );
    const policy = `version: 1\ntargets:\n${targets.join('')}clients:\n${clients.join('')}`;
    const { findings, pairs } = await checked({ [POLICY]: policy });
    expect(pairs.length).toBeGreaterThan(1000);
    const errors = findings.filter(({ level }) => level === 'error');
    expect(errors.length).toBeGreaterThan(20);
    expect(errors.filter(({ confidence }) => confidence === 'assumed')).toEqual([]);
  });
});

test('end-of-life-systems: ignore leaves out what nobody supports, unless nothing else is left', async () => {
  const files = (more: string, framework = 'net48') => ({
    'App.csproj': `<Project><PropertyGroup><TargetFramework>${framework}</TargetFramework></PropertyGroup></Project>`,
    'App.config':
      '<configuration><connectionStrings><add name="a" connectionString="Server=sql1;Database=b" providerName="System.Data.SqlClient" /></connectionStrings></configuration>',
    [POLICY]: `version: 1\n${more}targets:\n  sql:\n    endpoint: sql1\n    server: { product: SQL Server 2019, os: Windows Server 2025, protocols: [TLS 1.2] }\n`,
  });
  const outcomes = async (more: string) => (await checked(files(more))).pairs.map(({ outcome }) => outcome);
  expect(await outcomes('')).toEqual(['may-fail']);
  expect(await outcomes('end-of-life-systems: ignore\n')).toEqual(['connects']);
});
