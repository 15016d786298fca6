import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { checkCommand } from '../../src/cli/check-command.ts';

const STRING = 'Server=sql.example.com;Database=Orders;Encrypt=False';
let folder: string;
let baseline: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'baseline-'));
  baseline = join(folder, 'baseline.json');
  write(
    'App.csproj',
    '<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net8.0</TargetFramework></PropertyGroup><ItemGroup><PackageReference Include="Microsoft.Data.SqlClient" Version="6.1.0" /></ItemGroup></Project>',
  );
  config(STRING);
});
afterEach(() => rmSync(folder, { recursive: true }));

const write = (file: string, text: string) => writeFileSync(join(folder, file), text);
/** A line for each string. */
function config(...strings: readonly string[]) {
  const lines = strings.map((one, index) => `<add name="n${index}" connectionString="${one}" />\n`);
  write(
    'App.config',
    `<configuration><connectionStrings>\n${lines.join('')}</connectionStrings></configuration>`,
  );
}

async function check(...args: string[]) {
  const said = { out: '', error: '' };
  const code = await checkCommand([folder, '--fail-on', 'warning', '--format', 'json', ...args], {
    out: (text) => (said.out += text),
    error: (text) => (said.error += text),
    progress: null,
    onInterrupt: () => () => {},
    columns: 120,
    color: false,
  });
  return { code, ...said };
}

interface Told {
  readonly fingerprint: string;
  readonly suppressed: { readonly by: string } | null;
}
const findings = ({ out }: { readonly out: string }): readonly Told[] => JSON.parse(out).findings;

test('what is in the baseline does not fail, on whichever line it stands; what is new does', async () => {
  expect((await check()).code).toBe(1);
  expect(await check('--write-baseline', baseline)).toMatchObject({ code: 0, error: '' });
  expect(JSON.parse(readFileSync(baseline, 'utf8')).findings).toHaveLength(1);

  write('App.config', `<!-- -->\n\n${readFileSync(join(folder, 'App.config'), 'utf8')}`);
  const same = await check('--baseline', baseline);
  expect(same).toMatchObject({ code: 0, error: '' });
  expect(findings(same).map(({ suppressed }) => suppressed?.by)).toEqual(['baseline']);

  config(STRING, STRING.replace('sql.', 'archive.'));
  const more = await check('--baseline', baseline);
  expect(more.code).toBe(1);
});

test('what is gone from it is counted', async () => {
  await check('--write-baseline', baseline);
  config(STRING.replace('False', 'True'));
  expect(await check('--baseline', baseline)).toMatchObject({
    code: 0,
    error: '1 finding of the baseline is gone: write it anew with `check --write-baseline`.\n',
  });
});

test('two strings of one file with the same mistake have two fingerprints, and keep them where lines move', async () => {
  config(STRING, STRING.replace('sql.', 'archive.'));
  const before = findings(await check()).map(({ fingerprint }) => fingerprint);
  expect(new Set(before).size).toBe(2);
  write('App.config', `<!-- -->\n\n${readFileSync(join(folder, 'App.config'), 'utf8')}`);
  expect(findings(await check()).map(({ fingerprint }) => fingerprint)).toEqual(before);
});

test('a file that is no baseline, or not there, is wrong usage', async () => {
  expect(await check('--baseline', baseline)).toMatchObject({
    code: 2,
    error: expect.stringContaining('cannot be read'),
  });
  write('baseline.json', '{');
  expect(await check('--baseline', baseline)).toMatchObject({
    code: 2,
    error: expect.stringContaining('is no JSON'),
  });
  expect((await check('--baseline', baseline, '--write-baseline', baseline)).code).toBe(2);
  expect((await check('--write-baseline', folder)).code).toBe(3);
});
