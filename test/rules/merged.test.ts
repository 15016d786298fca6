import { describe, expect, test } from '@jest/globals';
import { check } from '../../src/check.ts';
import { DEFAULT_POLICY } from '../../src/model/policy.ts';
import { loadPolicy } from '../../src/policy/load-policy.ts';
import { RULES } from '../../src/rules/rules.ts';

const POLICY = 'policy.yml';

async function findings(rule: string, files: Readonly<Record<string, string>>, policyText = '') {
  const known = { rules: RULES.map(({ meta }) => meta.id), labProfiles: [], suites: [] };
  const loaded = policyText === '' ? { policy: DEFAULT_POLICY } : loadPolicy(POLICY, policyText, known);
  if ('problems' in loaded) throw new Error(JSON.stringify(loaded.problems));
  const { report } = await check({
    workspace: {
      list: async () => Object.keys(files).sort(),
      read: async (path) => ({ text: files[path] ?? '' }),
    },
    policy: loaded.policy,
    policyText,
    scan: async () => ({ reason: 'not probed' }),
    today: '2026-11-23',
  });
  const text = ({ file, line, column, endColumn }: (typeof report.findings)[number]['alsoAt'][number]) =>
    `${file} ${files[file]?.split('\n')[line - 1]?.slice(column - 1, endColumn - 1)}`;
  return report.findings
    .filter((one) => one.rule === rule)
    .map((one) => ({ ...one, at: text(one), also: one.alsoAt.map(text) }));
}

const project = (version: string) =>
  `<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net8.0</TargetFramework></PropertyGroup><ItemGroup><PackageReference Include="Microsoft.Data.SqlClient" Version="${version}" /></ItemGroup></Project>`;
const settings = (connection: string) => `{ "ConnectionStrings": { "Orders": "${connection}" } }`;
const OFF = 'Server=sql1;Database=a;Encrypt=False';
const ANNOTATED = {
  'api/api.csproj': project('5.2.2'),
  'api/appsettings.json': settings(OFF),
};

describe('the same connection string in three files', () => {
  const files = {
    ...ANNOTATED,
    'api/appsettings.Production.json': settings('Server=sql1;Encrypt=no;Database=b'),
    'api/docker-compose.yml': `services:\n  api:\n    image: registry.example.com/api\n    environment:\n      DB: "${OFF}"\n`,
  };

  test('is one finding that names the others, each at its own characters', async () => {
    expect(await findings('encryption-optional', files)).toMatchObject([
      {
        at: 'api/appsettings.Production.json no',
        also: ['api/appsettings.json False', 'api/docker-compose.yml False'],
      },
    ]);
  });

  test('is accepted only where all of them are', async () => {
    const policy = (path: string) =>
      `version: 1\nsuppressions:\n  - rule: encryption-optional\n    path: "${path}"\n    reason: trial\n`;
    const suppressed = async (path: string) =>
      (await findings('encryption-optional', files, policy(path))).map((one) => one.suppressed !== null);
    expect(await suppressed('api/appsettings.Production.json')).toEqual([false]);
    expect(await suppressed('api/**')).toEqual([true]);
  });
});

test('strings to two servers, and other settings, are facts of their own', async () => {
  const files = {
    ...ANNOTATED,
    'api/appsettings.Production.json': settings('Server=sql2;Database=a;Encrypt=False'),
  };
  expect((await findings('encryption-optional', files)).map(({ also }) => also)).toEqual([[], []]);
});

test('a lockfile and its manifest are one fact about the driver, at the manifest', async () => {
  const files = {
    'etl/Cargo.toml': '[package]\nname = "etl"\n[dependencies]\ntiberius = "0.12"\n',
    'etl/Cargo.lock':
      'version = 3\n[[package]]\nname = "etl"\nversion = "1.0.0"\ndependencies = ["tiberius"]\n[[package]]\nname = "tiberius"\nversion = "0.12.3"\n',
  };
  const policy = `version: 1
targets:
  sql:
    endpoint: sql1
    server: { product: SQL Server 2016 SP2, os: Windows Server 2012 R2 }
clients:
  - path: etl
    runs-on: Ubuntu 22.04
    connects-to: [sql]
`;
  expect(await findings('no-common-cipher-suite', files, policy)).toMatchObject([
    { at: 'etl/Cargo.toml 0.12', also: ['etl/Cargo.lock 0.12.3'] },
  ]);
});

test('a driver without a version, with strings to two servers, is one finding', async () => {
  const string = (server: string) => `Driver={SQL Server Native Client 11.0};Server=${server};Database=a`;
  const files = { 'api/.env': `A=${string('sql1')}\nB=${string('sql2')}\n` };
  const found = await findings('driver-version-unknown', files);
  expect(found.map(({ at }) => at)).toEqual(['api/.env SQL Server Native Client 11.0']);
});
