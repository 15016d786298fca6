// The command line: exit codes, and what people read when something is wrong.
import { afterAll, describe, expect, test } from '@jest/globals';
import type { CheckReport } from '../../src/model/check-report.ts';
import type { ProbeReport } from '../../src/model/probe-report.ts';
import { folderOf, removeFolders } from './folders.ts';
import { run } from './run.ts';

afterAll(removeFolders);
const cli = (...args: string[]) => run('dist/cli.js', args);
const json = async (folder: string, ...args: string[]) => {
  const { stdout, code } = await cli('check', folder, '--format', 'json', ...args);
  return { code, report: JSON.parse(stdout) as CheckReport };
};

const NET40 =
  '<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net40</TargetFramework></PropertyGroup></Project>';
const APP_CONFIG =
  '<configuration><connectionStrings><add name="a" connectionString="Data Source=sql1;Initial Catalog=b" providerName="System.Data.SqlClient" /></connectionStrings></configuration>';
const policyFor = (lab: string, rest = '') =>
  `version: 1\ntargets:\n  sql:\n    endpoint: lab:${lab}\n    aliases: [sql1]\n${rest}`;

describe('nothing to check', () => {
  test.each([
    ['an empty folder', {}],
    [
      'a program without a database',
      {
        'main.c': 'int main(void) { return 0; }',
        'package.json': '{ "dependencies": { "express": "5.0.0" }, "engines": { "node": ">=20" } }',
      },
    ],
    [
      'another database',
      {
        'appsettings.json': '{ "ConnectionStrings": { "a": "Host=pg1;Database=b;Username=c" } }',
        '.env': 'URL=postgres://a@b/c\n',
      },
    ],
  ])('%s ends clean and says so', async (_, files: Record<string, string>) => {
    const { code, stdout, stderr } = await cli('check', folderOf(files));
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^Nothing to check: /);
  });
});

describe('scenario 1: a target framework is a lower bound', () => {
  const files = { 'App.csproj': NET40, 'App.config': APP_CONFIG };

  test('pinned by the policy it fails', async () => {
    const pin =
      'clients:\n  - path: "**"\n    runs-on: Windows Server 2012 R2\n    runtime: .NET Framework 4.0\n';
    const { code, report } = await json(
      folderOf({ ...files, 'mssql-tls-preflight.yml': policyFor('sql-server-2019-tls12-only', pin) }),
    );
    expect(code).toBe(1);
    expect(report.pairs).toMatchObject([
      { outcome: 'fails', step: 'protocol', scenario: 1, rejection: 'reset' },
    ]);
    expect(report.findings.find(({ rule }) => rule === 'no-common-protocol')).toMatchObject({
      level: 'error',
      file: 'App.csproj',
      line: 1,
      column: 66,
      endColumn: 71,
    });
  });

  test('unpinned it may fail, and says where', async () => {
    const { code, report } = await json(
      folderOf({ ...files, 'mssql-tls-preflight.yml': policyFor('sql-server-2019-tls12-only') }),
    );
    expect(code).toBe(0);
    expect(report.pairs).toMatchObject([{ outcome: 'may-fail', scenario: 1 }]);
    expect(report.findings.find(({ rule }) => rule === 'no-common-protocol')).toMatchObject({
      level: 'warning',
      message: expect.stringMatching(/fails on .*without the TLS 1\.2 update.*connects on /),
    });
  });
});

test('scenario 4 exempts a self-signed certificate', async () => {
  const files = { 'App.csproj': NET40.replace('net40', 'net48'), 'App.config': APP_CONFIG };
  const pin = 'clients:\n  - path: "**"\n    runs-on: Windows Server 2019\n';
  const findings = async (lab: string) =>
    (await json(folderOf({ ...files, 'mssql-tls-preflight.yml': policyFor(lab, pin) }))).report.findings.map(
      ({ scenario }) => scenario,
    );
  expect(await findings('sql-server-2019-sha512-certificate')).toContain(4);
  expect(await findings('sql-server-2019-md5-certificate')).toContain(4);
  expect(await findings('sql-server-2019-self-signed-sha512')).not.toContain(4);
});

test('the SHA-1 certificate on Windows Server 2012 R2 stops clients that list no SHA-1', async () => {
  const files = {
    'requirements.txt': 'pyodbc==5.2.0\n',
    Dockerfile: 'FROM ubuntu:22.04\nRUN apt-get install -y msodbcsql18=18.4.1.1-1\n',
    '.env': 'DB=Driver={ODBC Driver 18 for SQL Server};Server=sql1;Database=a\n',
    'mssql-tls-preflight.yml': policyFor('sql-server-2016-on-windows-2012-r2'),
  };
  const { report } = await json(folderOf(files));
  expect(report.pairs).toMatchObject([
    { outcome: 'fails', step: 'certificate', scenario: 4, rejection: 'close' },
  ]);
});

test('a target that says nothing is no answer, never "not supported"', async () => {
  const files = {
    'App.csproj': NET40.replace('net40', 'net48'),
    'App.config': APP_CONFIG,
    'mssql-tls-preflight.yml': policyFor('silent'),
  };
  const { report } = await json(folderOf(files));
  expect(report.pairs).toMatchObject([{ outcome: 'unknown' }]);
  expect(report.notChecked).toMatchObject([{ subject: 'sql', reason: 'no answer after 5 s' }]);
  expect(JSON.stringify(report)).not.toMatch(/not supported/i);
}, 15_000);

test('Encrypt=Strict is asked on the wire', async () => {
  const files = {
    'App.csproj':
      '<Project><ItemGroup><PackageReference Include="Microsoft.Data.SqlClient" Version="6.1.1" /></ItemGroup></Project>',
    'appsettings.json': '{ "ConnectionStrings": { "Db": "Server=sql1;Database=a;Encrypt=Strict" } }',
    'mssql-tls-preflight.yml': policyFor('sql-server-2019-tls12-only'),
  };
  const { report } = await json(folderOf(files));
  expect(report.pairs).toMatchObject([{ outcome: 'fails', step: 'strict' }]);
  expect(report.findings).toMatchObject([{ rule: 'strict-not-supported', file: 'appsettings.json' }]);
  expect(report.findings[0]?.evidence).toContainEqual({
    strength: 'observed',
    statement: 'the server refused a connection that begins with TLS',
  });
});

test('a server that is not what the policy file says of it: the answer wins, the difference is said', async () => {
  const files = { 'App.csproj': NET40.replace('net40', 'net48'), 'App.config': APP_CONFIG };
  const differences = async (server: string) => {
    const policy = policyFor('sql-server-2019-tls12-only', `    server: ${server}\n`);
    const { report } = await json(folderOf({ ...files, 'mssql-tls-preflight.yml': policy }));
    return report.findings.filter(({ rule }) => rule === 'server-differs-from-policy');
  };
  expect(await differences('{ product: SQL Server 2014 RTM, os: Windows Server 2012 R2 }')).toMatchObject([
    {
      level: 'notice',
      confidence: 'observed',
      line: 4,
      message: expect.stringMatching(/\(12\.0\.2000\) and answers as 15\.0\.4430; it takes TLS 1\.2/),
    },
  ]);
  expect(await differences('{ protocols: [TLS 1.1, TLS 1.2] }')).toMatchObject([
    { message: expect.stringContaining('it does not take TLS 1.1, which the policy file lists') },
  ]);
  // hardened beyond the default is no contradiction
  expect(await differences('{ product: SQL Server 2019, os: Windows Server 2019 }')).toEqual([]);
});

test('a server without TLS is said, beside what it means for the client', async () => {
  const files = {
    'App.csproj': NET40.replace('net40', 'net48'),
    'App.config': APP_CONFIG.replace('Initial Catalog=b', 'Initial Catalog=b;Encrypt=True'),
    'mssql-tls-preflight.yml': policyFor('sql-server-2019-no-encryption'),
  };
  const { report } = await json(folderOf(files));
  expect(report.pairs).toMatchObject([{ outcome: 'fails', step: 'encryption' }]);
  expect(report.findings.map(({ rule }) => rule)).toContain('encryption-not-available');
  expect(report.notChecked).toMatchObject([
    { subject: 'sql', reason: expect.stringContaining('ENCRYPT_NOT_SUP') },
  ]);
});

describe('bad input gets a sentence', () => {
  test.each([
    [
      'an unknown key',
      'version: 1\ntarget:\n  a: { endpoint: sql1 }\n',
      /^mssql-tls-preflight\.yml:2:1: .*`target`.*`targets`/,
    ],
    ['a wrong type', 'version: 1\ntargets: 5\n', /^mssql-tls-preflight\.yml:2:10: /],
    [
      'a duplicate target',
      'version: 1\ntargets:\n  a: { endpoint: sql1 }\n  a: { endpoint: sql2 }\n',
      /^mssql-tls-preflight\.yml:4:3: /,
    ],
    [
      'a bad date',
      'version: 1\nsuppressions:\n  - rule: unreadable\n    reason: x\n    expires: 2027-02-30\n',
      /^mssql-tls-preflight\.yml:5:14: /,
    ],
    [
      'an unknown lab server',
      'version: 1\ntargets:\n  a: { endpoint: lab:sql-server-2015 }\n',
      /^mssql-tls-preflight\.yml:3:18: .*sql-server-201/,
    ],
  ])('policy file: %s', async (_, policy, expected) => {
    const { code, stdout, stderr } = await cli('check', folderOf({ 'mssql-tls-preflight.yml': policy }));
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(expected);
    expect(stderr).not.toContain('    at ');
  });

  test('a file that cannot be parsed is one note with its place, and the run goes on', async () => {
    const { code, report } = await json(
      folderOf({
        'broken/pom.xml': '<project>\n  <dependencies>\n</project>',
        'App.csproj': NET40,
        'App.config': APP_CONFIG,
      }),
    );
    expect(code).toBe(0);
    expect(report.findings.filter(({ rule }) => rule === 'unreadable')).toMatchObject([
      { level: 'notice', file: 'broken/pom.xml', line: 3 },
    ]);
    expect(report.pairs).toHaveLength(1);
  });

  test.each([
    [['check', '/no/such/folder'], 3, 'The folder "/no/such/folder" does not exist.\n'],
    [['check', 'package.json'], 3, '"package.json" is a file; expected a folder to check.\n'],
    [['check', '--format', 'yaml'], 2, '--format yaml is not one of terminal, json, github, markdown.\n'],
    [['check', 'a', 'b'], 2, 'check takes one folder; got a, b.\n'],
    [['lab', 'sql-server-2015'], 2, 'There is no lab profile "sql-server-2015"; `lab --list` names them.\n'],
  ])('%j', async (args, code, stderr) => {
    expect(await cli(...args)).toEqual({ code, stdout: '', stderr });
  });

  test('no command, an unknown command, help', async () => {
    expect(await cli()).toMatchObject({ code: 2, stdout: '' });
    expect((await cli('frob')).stderr).toMatch(/^There is no command "frob"\./);
    expect(await cli('--help')).toMatchObject({ code: 0, stderr: '' });
  });
});

test('fail-on: the option wins over the policy file, the policy file over the default', async () => {
  const files = { 'App.csproj': NET40.replace('net40', 'net48'), 'App.config': APP_CONFIG };
  expect((await json(folderOf(files))).code).toBe(0);
  expect(
    (await json(folderOf({ ...files, 'mssql-tls-preflight.yml': 'version: 1\nfail-on: notice\n' }))).code,
  ).toBe(1);
  expect(
    (
      await json(
        folderOf({ ...files, 'mssql-tls-preflight.yml': 'version: 1\nfail-on: notice\n' }),
        '--fail-on',
        'never',
      )
    ).code,
  ).toBe(0);
});

test('a suppressed finding is shown as such and does not fail', async () => {
  const policy =
    'version: 1\nfail-on: notice\nsuppressions:\n  - rule: encryption-optional\n    path: App.config\n    reason: OPS-1\n';
  const { code, report } = await json(
    folderOf({
      'App.csproj': NET40.replace('net40', 'net48'),
      'App.config': APP_CONFIG,
      'mssql-tls-preflight.yml': policy,
    }),
  );
  expect(code).toBe(0);
  expect(report.findings).toMatchObject([
    { rule: 'encryption-optional', suppressed: { reason: 'OPS-1', expires: null } },
  ]);
});

test('an endpoint that only a connection string names is never dialled', async () => {
  const { stderr, stdout } = await cli(
    'check',
    folderOf({ 'App.csproj': NET40, 'App.config': APP_CONFIG.replace('sql1', 'sql1.invalid,1') }),
    '--verbose',
    '--format',
    'json',
  );
  expect(stderr).toBe('');
  expect((JSON.parse(stdout) as CheckReport).targets).toMatchObject([
    { origin: 'repository', probed: false, connections: 0 },
  ]);
});

describe('probe', () => {
  test('everything about a server, by the contract', async () => {
    const { code, stdout, stderr } = await cli('probe', 'lab:sql-server-2022-gcm-only', '--format', 'json');
    expect([code, stderr]).toEqual([0, '']);
    expect(JSON.parse(stdout)).toMatchObject({
      schemaVersion: 1,
      targets: [
        {
          endpoint: 'lab:sql-server-2022-gcm-only',
          prelogin: { version: '16.0.4195', encryption: 'ON' },
          strict: false,
          forcesStrict: false,
          encryption: [
            { client: 'ON', server: 'ON', tls: 'everything' },
            { client: 'OFF', server: 'OFF', tls: 'login' },
            { client: 'REQ', server: 'ON', tls: 'everything' },
            { client: 'NOT_SUP', server: 'NOT_SUP', tls: 'none' },
          ],
          protocols: [
            { version: 'SSL 3.0', state: 'rejected', rejection: 'reset', suites: [] },
            { version: 'TLS 1.0', state: 'rejected', rejection: 'reset', suites: [] },
            { version: 'TLS 1.1', state: 'rejected', rejection: 'reset', suites: [] },
            {
              version: 'TLS 1.2',
              state: 'accepted',
              suites: ['TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384', 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256'],
              order: 'server',
              groups: expect.arrayContaining(['x25519', 'secp256r1', 'secp384r1']),
              suiteFacts: [{ grade: 'secure' }, { grade: 'secure' }],
            },
          ],
          strictProtocols: [],
          handshake: { version: 'TLS 1.2', extendedMasterSecret: true, withoutSha1: 'accepted' },
          certificate: { signatureHash: 'SHA-256', keyType: 'RSA', selfSigned: false },
          reason: null,
        },
      ],
    });
  });

  test('which drivers connect: the SHA-1 certificate on Windows Server 2012 R2 (corrections to the facts, 1)', async () => {
    const { code, stdout } = await cli(
      'probe',
      'lab:sql-server-2016-on-windows-2012-r2',
      '--simulate',
      'all',
      '--format',
      'json',
    );
    expect(code).toBe(0);
    const [target] = (JSON.parse(stdout) as ProbeReport).targets;
    const outcomes = (driver: string) =>
      new Set(target?.drivers?.filter((one) => one.driver === driver).map(({ outcome }) => outcome));
    expect(target?.drivers?.length).toBeGreaterThan(90);
    expect(outcomes('netfx-system-data-sqlclient')).toEqual(new Set(['connects']));
    const tedious = target?.drivers?.find(({ driver }) => driver === 'tedious');
    expect(tedious).toMatchObject({
      outcome: 'may-fail',
      scenario: 4,
      reason: expect.stringMatching(/^fails on Node\.js 17-20, .*connects on Node\.js 8/),
    });
    const go = target?.drivers?.find(({ driver }) => driver === 'go-mssqldb-microsoft');
    expect(go?.reason).toMatch(/^fails on Go 1\.25-1\.26, Go 1\.27; connects on Go 1\.12-1\.17/);
  });

  test('a page for people; several servers, in the order asked', async () => {
    const { code, stdout } = await cli('probe', 'lab:sql-server-2014-rtm', 'lab:closing');
    expect(code).toBe(3);
    expect(stdout.replace(/\d+ ms/g, 'N ms')).toMatch(
      /^lab:sql-server-2014-rtm\n {2}PRELOGIN {4}version 12\.0\.2000\n[\s\S]+\n\nlab:closing\n {14}it closed the connection/,
    );
  });

  test.each([
    [[], 'probe needs an endpoint'],
    [['lab:sql-server-2015'], 'There is no lab profile "sql-server-2015"'],
    [['a,b'], '"a,b" is no endpoint'],
    [['sql1', '--format', 'html'], '--format html is not one of'],
  ])('%j is wrong usage', async (args, sentence) => {
    const { code, stdout, stderr } = await cli('probe', ...args);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(sentence);
  });

  test('nothing listens: exit code 3 and the reason', async () => {
    const { code, stdout } = await cli('probe', '127.0.0.1,1');
    expect(code).toBe(3);
    expect(stdout).toContain('connection refused: nothing listens there');
  });

  test('cloud metadata is never dialled', async () => {
    const { code, stdout } = await cli('probe', '169.254.169.254,80');
    expect(code).toBe(3);
    expect(stdout).toContain('never dialled');
  });
});

test('--offline dials nothing and says so', async () => {
  const policy = 'version: 1\ntargets:\n  sql: { endpoint: "127.0.0.1,1", aliases: [sql1] }\n';
  const { report } = await json(
    folderOf({ 'App.csproj': NET40, 'App.config': APP_CONFIG, 'mssql-tls-preflight.yml': policy }),
    '--offline',
  );
  expect(report.notChecked).toMatchObject([{ subject: 'sql', reason: 'not probed: --offline' }]);
});
