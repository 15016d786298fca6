// What findings carry as data: upgrades of drivers, edits of keywords, updates of servers.
import { describe, expect, test } from '@jest/globals';
import { check } from '../../src/check.ts';
import { DEFAULT_POLICY, type Policy } from '../../src/model/policy.ts';
import { loadPolicy } from '../../src/policy/load-policy.ts';

const POLICY = 'mssql-tls-preflight.yml';

async function changes(files: Readonly<Record<string, string>>, rule: string) {
  const policyText = files[POLICY] ?? '';
  const loaded: { policy: Policy } | { problems: unknown } =
    policyText === ''
      ? { policy: DEFAULT_POLICY }
      : loadPolicy(POLICY, policyText, { rules: [], labProfiles: [], suites: [] });
  if ('problems' in loaded) throw new Error(JSON.stringify(loaded.problems));
  const { report } = await check({
    workspace: {
      list: async () => Object.keys(files).sort(),
      read: async (path) => ({ text: files[path] ?? '' }),
    },
    policy: loaded.policy,
    policyText,
    scan: async () => ({ reason: 'nothing is asked here' }),
    today: '2026-11-23',
  });
  return report.findings.find((one) => one.rule === rule)?.changes;
}

const project = (version: string) =>
  `<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net8.0</TargetFramework></PropertyGroup><ItemGroup><PackageReference Include="Microsoft.Data.SqlClient" Version="${version}" /></ItemGroup></Project>`;
const pom = (version: string) =>
  `<project><dependencies><dependency><groupId>com.microsoft.sqlserver</groupId><artifactId>mssql-jdbc</artifactId><version>${version}</version></dependency></dependencies></project>`;

describe('upgrades: the lowest later build that is supported', () => {
  test.each([
    ['App.csproj', project('6.0.1'), '6.1.0', true],
    ['App.csproj', project('4.0.0'), '6.1.0', false],
    ['pom.xml', pom('7.4.1.jre8'), '10.2.0.jre8', false],
    ['pom.xml', pom('7.4.1.jre12'), '10.2.0.jre11', false],
  ])('%s %s: %s, safe %s', async (file, text, to, safe) => {
    expect(await changes({ [file]: text }, 'driver-end-of-support')).toMatchObject([
      { kind: 'edit', newText: to, safe },
      { kind: 'upgrade', to },
    ]);
  });

  test('none where nothing later is', async () => {
    expect(await changes({ 'App.csproj': project('99.0.0') }, 'driver-end-of-support')).toBeUndefined();
  });

  test('a range is no plain version: the upgrade, and no edit', async () => {
    const found = await changes({ 'App.csproj': project('[6.0.1]') }, 'driver-end-of-support');
    expect((found ?? []).filter(({ kind }) => kind === 'edit')).toEqual([]);
  });
});

describe('keywords', () => {
  const config = (rest: string) => ({
    'App.csproj': project('6.1.0'),
    'appsettings.json': `{ "ConnectionStrings": { "a": "Server=sql.example.com;Database=b;${rest}" } }`,
  });

  test.each([
    ['Encrypt=False;TrustServerCertificate=True', 'True', true],
    ['Encrypt=no;TrustServerCertificate=yes', 'yes', true],
    ['Encrypt=Optional', 'Mandatory', false],
  ])('%s: Encrypt becomes %s, safe %s', async (rest, newText, safe) => {
    expect(await changes(config(rest), 'encryption-optional')).toMatchObject([
      { kind: 'edit', newText, safe },
    ]);
  });

  test('TrustServerCertificate is never switched off without a person', async () => {
    expect(
      await changes(config('Encrypt=True;TrustServerCertificate=True'), 'server-certificate-not-validated'),
    ).toMatchObject([{ kind: 'edit', newText: 'False', safe: false }]);
  });
});

test('a server below its TLS 1.2 build: the lowest build of its branch', async () => {
  const policy = `version: 1
targets:
  orders:
    endpoint: sql.example.com,1433
    server:
      product: SQL Server 2014 12.0.4100
      os: Windows Server 2012 R2
clients:
  - name: app
    driver: Microsoft.Data.SqlClient 6.1.0
    runs-on: ubuntu-24.04
    connects-to: [orders]
`;
  expect(await changes({ [POLICY]: policy }, 'no-common-protocol')).toMatchObject([
    { kind: 'server-update', product: 'SQL Server 2014', build: '12.0.4219.0' },
  ]);
});
