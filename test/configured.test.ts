// Declared TLS settings through the whole pipeline: which clients and servers they hold for, and where the finding stands.
import { describe, expect, test } from '@jest/globals';
import { check } from '../src/check.ts';
import type { Finding } from '../src/model/finding.ts';
import type { Plan } from '../src/model/target.ts';
import { loadPolicy } from '../src/policy/load-policy.ts';
import { RULES } from '../src/rules/rules.ts';
import { settingsOfFile } from '../src/settings-of-file.ts';

type Files = Readonly<Record<string, string>>;
const POLICY = 'mssql-tls-preflight.yml';

/** Checks files held in memory; nothing is probed. */
async function checked(files: Files, whatIf: Plan | null = null) {
  const policyText = files[POLICY] ?? '';
  const loaded = loadPolicy(POLICY, policyText, {
    rules: RULES.map(({ meta }) => meta.id),
    labProfiles: [],
    suites: [],
  });
  if ('problems' in loaded) throw new Error(JSON.stringify(loaded.problems));
  const { report } = await check({
    workspace: {
      list: async () => Object.keys(files).sort(),
      read: async (path) => ({ text: files[path] ?? '' }),
    },
    policy: loaded.policy,
    policyText,
    whatIf,
    scan: async () => ({ reason: 'nothing is probed here' }),
    today: '2026-11-23',
  });
  return report;
}

const of = (rule: string, { findings }: { findings: readonly Finding[] }) =>
  findings.filter((finding) => finding.rule === rule);
const marked = (files: Files, { file, line, column, endColumn }: Finding) =>
  (files[file] ?? '').split('\n')[line - 1]?.slice(column - 1, endColumn - 1);

const KEY = '[HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL';
const reg = (...lines: string[]) => `Windows Registry Editor Version 5.00\n\n${lines.join('\n')}\n`;
const OPENSSL = (line: string) =>
  `openssl_conf = init\n[init]\nssl_conf = ssl\n[ssl]\nsystem_default = defaults\n[defaults]\n${line}\n`;
const off = (path: string) => `${KEY}\\${path}]\n"Enabled"=dword:00000000`;

/** A .NET service and a server; `configuredBy` is the line under the target. */
const service = (os: string, configuredBy = ''): Files => ({
  'Api.csproj':
    '<Project><PropertyGroup><TargetFramework>net8.0</TargetFramework></PropertyGroup><ItemGroup><PackageReference Include="Microsoft.Data.SqlClient" Version="5.2.2" /></ItemGroup></Project>',
  'appsettings.json': '{ "ConnectionStrings": { "Db": "Server=sql1;Database=a" } }',
  Dockerfile: 'FROM mcr.microsoft.com/dotnet/aspnet:8.0\n',
  [POLICY]: `version: 1\ntargets:\n  sql:\n    endpoint: sql1\n    server: { product: SQL Server 2019, os: ${os} }\n${configuredBy}`,
});

describe('a server that a file configures', () => {
  const by = (file: string) => `    configured-by: [${file}]\n`;

  test('TLS 1.2 is off in the registry file: the finding stands on the value', async () => {
    const files = {
      ...service('Windows Server 2016', by('infra/*.reg')),
      'infra/hardening.reg': reg(off('Protocols\\TLS 1.2\\Server')),
    };
    const [finding] = of('no-common-protocol', await checked(files));
    expect(finding).toMatchObject({ file: 'infra/hardening.reg', target: 'sql', level: 'error' });
    expect(finding && marked(files, finding)).toBe('dword:00000000');
  });

  test('the same file is a plan where the policy file does not name it', async () => {
    const files = {
      ...service('Windows Server 2016'),
      'infra/hardening.reg': reg(off('Protocols\\TLS 1.2\\Server')),
    };
    expect((await checked(files)).pairs).toMatchObject([{ outcome: 'connects' }]);
  });

  test.each([
    ['the client side', reg(off('Protocols\\TLS 1.2\\Client'))],
    ['a comment', reg(`;${off('Protocols\\TLS 1.2\\Server')}`.replace('\n', '\n;'))],
    ['a version that nobody needs', reg(off('Protocols\\TLS 1.0\\Server'))],
  ])('a near miss: %s', async (_, text) => {
    const files = { ...service('Windows Server 2016', by('infra/s.reg')), 'infra/s.reg': text };
    expect((await checked(files)).pairs).toMatchObject([{ outcome: 'connects' }]);
  });

  test('a suite order with nothing that the client has', async () => {
    const order = '"Functions"="TLS_RSA_WITH_AES_128_CBC_SHA256"';
    const files = {
      ...service('Windows Server 2016', by('infra/order.reg')),
      'infra/order.reg': reg(
        `[HKEY_LOCAL_MACHINE\\SOFTWARE\\Policies\\Microsoft\\Cryptography\\Configuration\\SSL\\00010002]\n${order}`,
      ),
    };
    const [finding] = of('no-common-cipher-suite', await checked(files));
    expect(finding).toMatchObject({ file: 'infra/order.reg', scenario: 2, level: 'error' });
  });

  test('mssql.conf: protocols and suites by their names of OpenSSL', async () => {
    const files = {
      ...service('Ubuntu 22.04', by('infra/mssql.conf')),
      'infra/mssql.conf': '[network]\ntlsprotocols = 1.0\n',
    };
    const [finding] = of('no-common-protocol', await checked(files));
    expect(finding && marked(files, finding)).toBe('1.0');
    const suites = { ...files, 'infra/mssql.conf': '[network]\ntlsciphers = AES128-SHA256\n' };
    expect(of('no-common-cipher-suite', await checked(suites))).toMatchObject([{ file: 'infra/mssql.conf' }]);
  });

  test('a value that stands in a variable leaves the verdict open, and says so', async () => {
    const files = {
      ...service('Ubuntu 22.04', by('infra/mssql.conf')),
      'infra/mssql.conf': '[network]\ntlsprotocols = $VERSIONS\n',
    };
    const report = await checked(files);
    expect(report.pairs).not.toMatchObject([{ outcome: 'fails' }]);
    expect(report.notChecked.map(({ reason }) => reason)).toContainEqual(
      expect.stringContaining('its value stands in a variable'),
    );
  });

  test('a file that is only asked about: the plan fails, and the finding stands in the repository', async () => {
    const settings = settingsOfFile('/elsewhere/new.reg', reg(off('Protocols\\TLS 1.2\\Server')));
    const evidence = { strength: 'declared', statement: 'asked' } as const;
    const plan = { change: { settings }, certificateFile: null, from: null, evidence };
    const report = await checked(service('Windows Server 2016'), plan);
    expect(report.pairs).toMatchObject([
      { when: 'current', outcome: 'connects' },
      { when: 'planned', outcome: 'fails', scenario: 1 },
    ]);
    expect(of('no-common-protocol', report)).toMatchObject([
      { file: 'appsettings.json', fix: expect.stringContaining('/elsewhere/new.reg:4') },
    ]);
  });

  test('a path that matches nothing is said', async () => {
    const report = await checked(service('Windows Server 2016', by('infra/nothing.reg')));
    expect(report.notChecked).toMatchObject([
      { reason: expect.stringContaining('matches no file') },
      { subject: 'sql' },
    ]);
  });
});

describe('a client that a file configures', () => {
  const SERVER =
    'version: 1\ntargets:\n  sql:\n    endpoint: sql1\n    server: { product: SQL Server 2019, os: Windows Server 2016, protocols: [TLS 1.2] }\n';
  const legacy = (more: string) =>
    `${SERVER}clients:\n  - name: etl\n    driver: ODBC Driver 17 for SQL Server 17.10\n    runs-on: Windows Server 2016\n    connects-to: [sql]\n${more}`;

  test('schannel: TLS 1.2 is off for clients', async () => {
    const files = {
      [POLICY]: legacy('    configured-by: [clients.reg]\n'),
      'clients.reg': reg(off('Protocols\\TLS 1.2\\Client')),
    };
    const [finding] = of('no-common-protocol', await checked(files));
    expect(finding).toMatchObject({
      file: 'clients.reg',
      client: 'etl',
      fix: expect.stringContaining('TLS 1.2 is switched off for clients'),
    });
    const server = { ...files, 'clients.reg': reg(off('Protocols\\TLS 1.2\\Server')) };
    expect((await checked(server)).pairs).toMatchObject([{ outcome: 'connects' }]);
  });

  test('schannel settings say nothing of a client on Linux', async () => {
    const files = {
      [POLICY]: legacy('    configured-by: [clients.reg]\n').replace(
        'runs-on: Windows Server 2016',
        'runs-on: Ubuntu 22.04',
      ),
      'clients.reg': reg(off('Protocols\\TLS 1.2\\Client')),
    };
    expect((await checked(files)).pairs).toMatchObject([{ outcome: 'connects' }]);
  });

  test('openssl.cnf named by the policy file', async () => {
    const files = {
      [POLICY]: legacy('    configured-by: [openssl.cnf]\n').replace(
        'runs-on: Windows Server 2016',
        'runs-on: Ubuntu 22.04',
      ),
      'openssl.cnf': OPENSSL('MaxProtocol = TLSv1.1'),
    };
    const report = await checked(files);
    expect(report.pairs).toMatchObject([{ outcome: 'fails', scenario: 1 }]);
    const lowered = { ...files, 'openssl.cnf': OPENSSL('CipherString = DEFAULT:@SECLEVEL=0') };
    const open = await checked(lowered);
    expect(open.pairs).toMatchObject([{ outcome: 'unknown' }]);
    expect(open.notChecked).toMatchObject([
      { reason: expect.stringContaining('SECLEVEL') },
      { reason: expect.stringContaining('SECLEVEL') },
      {},
    ]);
  });

  const node = (options: string, folder = ''): Files => ({
    [`${folder}package.json`]:
      '{ "engines": { "node": "22.11.0" }, "dependencies": { "tedious": "19.0.0" } }',
    [`${folder}.env`]: `NODE_OPTIONS=${options}\n`,
    [POLICY]: SERVER,
  });

  test('node: its own flags, in the folder they stand in', async () => {
    const files = node('--tls-max-v1.1');
    const [finding] = of('no-common-protocol', await checked(files));
    expect(finding?.file).toBe('.env');
    const elsewhere = {
      ...node(''),
      'other/.env': 'NODE_OPTIONS=--tls-max-v1.1\n',
      'other/package.json': '{ "engines": { "node": "22.11.0" }, "dependencies": { "tedious": "19.0.0" } }',
    };
    const report = await checked(elsewhere);
    expect(report.pairs.map(({ client, outcome }) => [client, outcome])).toEqual([
      ['root', 'connects'],
      ['other', 'fails'],
    ]);
  });

  test('java: algorithms that java.security disables', async () => {
    const files = {
      'pom.xml':
        '<project><properties><maven.compiler.release>21</maven.compiler.release></properties><dependencies><dependency><groupId>com.microsoft.sqlserver</groupId><artifactId>mssql-jdbc</artifactId><version>12.8.1.jre11</version></dependency></dependencies></project>',
      'java.security': 'jdk.tls.disabledAlgorithms=SSLv3, TLSv1, TLSv1.1, TLSv1.2, RC4\n',
      [POLICY]: SERVER,
    };
    expect((await checked(files)).pairs).toMatchObject([{ outcome: 'fails', scenario: 1 }]);
    const usual = {
      ...files,
      'java.security': 'jdk.tls.disabledAlgorithms=SSLv3, TLSv1, TLSv1.1, RC4, DH keySize < 1024\n',
    };
    expect((await checked(usual)).pairs).toMatchObject([{ outcome: 'connects' }]);
  });
});
