import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { checkCommand } from '../../src/cli/check-command.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fix-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const write = (file: string, text: string) => writeFileSync(join(folder, file), text);
const read = (file: string) => readFileSync(join(folder, file), 'utf8');

async function check(...args: string[]) {
  const said = { out: '', error: '' };
  const code = await checkCommand([folder, '--format', 'json', '--offline', '--fail-on', 'notice', ...args], {
    out: (text) => (said.out += text),
    error: (text) => (said.error += text),
    progress: null,
    onInterrupt: () => () => {},
    columns: 120,
    color: false,
  });
  const rules: readonly string[] = said.out.startsWith('{')
    ? JSON.parse(said.out).findings.map(({ rule }: { rule: string }) => rule)
    : [];
  return { code, rules, ...said };
}

const project = (version: string) =>
  `<Project Sdk="Microsoft.NET.Sdk">\n<PropertyGroup><TargetFramework>net8.0</TargetFramework></PropertyGroup>\n<ItemGroup><PackageReference Include="Microsoft.Data.SqlClient" Version="${version}" /></ItemGroup></Project>\n`;

test('a driver out of support moves on within its major version; the keyword says what was meant', async () => {
  write('App.csproj', project('6.0.1'));
  const settings = (encrypt: string) =>
    `{ "ConnectionStrings": { "Orders": "Server=sql.example.com;Database=Orders;User Id=app;Password=hunter2;Encrypt=${encrypt};TrustServerCertificate=True" } }\n`;
  write('appsettings.json', settings('False'));
  const dry = await check('--fix', '--dry-run');
  expect(read('App.csproj')).toBe(project('6.0.1'));
  expect(dry.error).toContain('2 edits would be made');
  expect(dry.error).not.toContain('hunter2');
  expect(dry.rules).toEqual(expect.arrayContaining(['driver-end-of-support', 'encryption-optional']));

  const fixed = await check('--fix');
  expect(read('App.csproj')).toBe(project('6.1.0'));
  expect(read('appsettings.json')).toBe(settings('True'));
  expect(fixed.error).toContain('2 edits made');
  expect(fixed.error).toContain('run `dotnet restore --force-evaluate`');
  expect(fixed.rules).not.toContain('driver-end-of-support');
  expect(fixed.rules).not.toContain('encryption-optional');
  // The certificate is still not validated: that no edit mends safely.
  expect(fixed.code).toBe(1);
});

test.each([
  ['another major version', '3.1.7'],
  ['a range', '[6.0.1]'],
])('%s is left to a person', async (_, version) => {
  write('App.csproj', project(version));
  const { error } = await check('--fix');
  expect(error).toContain('driver-end-of-support: left');
  expect(read('App.csproj')).toBe(project(version));
});

test('without a trusted certificate Encrypt is left to a person', async () => {
  write('App.csproj', project('6.1.0'));
  const settings =
    '{ "ConnectionStrings": { "Orders": "Server=sql.example.com;Database=Orders;Encrypt=False" } }\n';
  write('appsettings.json', settings);
  expect((await check('--fix')).error).toContain('encryption-optional: left, its edit changes more');
  expect(read('appsettings.json')).toBe(settings);
});

test('--dry-run alone, or --fix with a baseline to write, is wrong usage', async () => {
  expect((await check('--dry-run')).code).toBe(2);
  expect((await check('--fix', '--write-baseline', join(folder, 'b.json'))).code).toBe(2);
  expect(existsSync(join(folder, 'b.json'))).toBe(false);
});
