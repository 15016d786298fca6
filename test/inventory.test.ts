// `inventory`: everything that is found in the example, for people, for programs and for spreadsheets; one file explained.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { openFolder } from '../src/edge/open-folder.ts';
import { explain, type InventoryInput, inventory } from '../src/inventory.ts';
import { DEFAULT_POLICY } from '../src/model/policy.ts';
import { INVENTORY_FORMATS, renderExplanation, renderInventory } from '../src/report/inventory.ts';
import { expectGolden } from './golden.ts';

const STYLE = { color: false, width: 110 };
const schema = JSON.parse(readFileSync('schema/inventory.schema.json', 'utf8'));

async function opened(path: string): Promise<InventoryInput> {
  const folder = await openFolder({ path, policyFile: null });
  if ('complaint' in folder) throw new Error(folder.complaint.join());
  return folder;
}

const folderOf = (files: Readonly<Record<string, string>>): InventoryInput => ({
  workspace: {
    list: async () => Object.keys(files).sort(),
    read: async (path) => ({ text: files[path] ?? '' }),
  },
  policy: { ...DEFAULT_POLICY, exclude: ['old'] },
  policyText: '',
});

async function rendered(input: InventoryInput, format: (typeof INVENTORY_FORMATS)[number]): Promise<string> {
  const { inventory: found, filesRead } = await inventory(input);
  return renderInventory(format, found, filesRead, STYLE);
}

const whyOf = async (files: Readonly<Record<string, string>>, path: string) =>
  renderExplanation('terminal', await explain(folderOf(files), path), STYLE);

describe('examples/contoso', () => {
  test.each(INVENTORY_FORMATS)('as %s', async (format) => {
    expectGolden(`test/inventory.golden.${format}`, await rendered(await opened('examples/contoso'), format));
  });

  test('every declaration stands with its client or target, or is unassigned with a reason', async () => {
    const { inventory: found } = await inventory(await opened('examples/contoso'));
    for (const { reason } of found.unassigned) expect(reason).toMatch(/^[a-z].{20,}/);
    expect(
      found.clients.every(
        ({ client, declarations }) => client.origin === 'policy' || declarations.length > 0,
      ),
    ).toBe(true);
  });
});

describe('schema/inventory.schema.json', () => {
  const validate = new Ajv2020({ allErrors: true, allowUnionTypes: true }).compile(schema);

  test('takes the JSON', async () => {
    validate(JSON.parse(await rendered(await opened('examples/contoso'), 'json')));
    expect(validate.errors).toBeNull();
  });

  test('declarations are those of check', () => {
    const check = JSON.parse(readFileSync('schema/check.schema.json', 'utf8'));
    expect(schema.$defs.declaration).toEqual(check.$defs.declaration);
  });

  test('tells drift', () => {
    expect(validate({ schemaVersion: 1, clients: [], targets: [], unassigned: [] })).toBe(true);
    expect(validate({ schemaVersion: 1, clients: [], targets: [], unassigned: [], extra: 1 })).toBe(false);
  });
});

test('CSV: quotes are doubled, and nothing begins a formula', async () => {
  const text =
    '<configuration><connectionStrings><add name="a" connectionString="=cmd;Server=sql01;Integrated Security=SSPI;Application Name=&quot;x&quot;"/></connectionStrings></configuration>';
  const [, row = ''] = (await rendered(folderOf({ 'app.config': text }), 'csv')).split('\r\n');
  expect(row).toMatch(/^,,connection,app\.config,1,\d+,/);
  expect(row).toMatch(/,"'=cmd;Server=sql01;.*""x"""/);
});

test('what cannot be assigned says why', async () => {
  const files = {
    'a/appsettings.json': '{"ConnectionStrings":{"X":"Server=db01;Database=y;User Id=z"}}',
    'b/appsettings.json': '{"ConnectionStrings":{"X":"Server=sql01;Integrated Security=true"}}',
    'c/Dockerfile': 'FROM mcr.microsoft.com/mssql/server:2019-latest\n',
    'd/package-lock.json': '{"lockfileVersion":3,"packages":{"node_modules/tedious":{"version":"18.0.0"}}}',
  };
  const { inventory: found } = await inventory(folderOf(files));
  expect(found.unassigned.map(({ declaration, reason }) => `${declaration.span.file}: ${reason}`)).toEqual([
    'a/appsettings.json: could be the string of another database, and no driver of SQL Server beside it takes it',
    'b/appsettings.json: no driver that reads it is declared beside or above it',
    'c/Dockerfile: no endpoint is declared for it, so that no client is known to reach it',
    'd/package-lock.json: fixes a version; nothing that takes this driver is declared below it',
  ]);
});

describe('--why', () => {
  const CODE = [
    '// var old = "Server=sql00;Integrated Security=true";',
    'var a = "Server=sql01;Integrated Security=true;Password=hunter2";',
    'var b = "Server=db01;Database=y;Uid=z;Pwd=hunter2";',
    'var c = "Data Source=orders.db;Version=3";',
    '',
  ].join('\n');

  test('which readers read it, what they take, and why not the rest', async () => {
    expectGolden('test/why.golden.txt', await whyOf({ 'src/Db.cs': CODE }, 'src/Db.cs'));
  });

  test.each([
    ['missing.cs', {}, 'not among the files that are looked at: it does not exist, or git ignores it'],
    ['old/Db.cs', { 'old/Db.cs': CODE }, "excluded by the policy file's `exclude`"],
    ['logo.png', { 'logo.png': '' }, 'no reader knows files of this name'],
    ['a.cs', { 'a.cs': 'class A {}' }, 'read, and nothing in it is a declaration'],
  ])('%s', async (path, files, verdict) => {
    expect(await whyOf(files, path)).toContain(`${path}: ${verdict}\n`);
  });

  test('as JSON', async () => {
    const why = await explain(folderOf({ 'src/Db.cs': CODE }), 'src/Db.cs');
    const json = renderExplanation('json', why, STYLE);
    expect(JSON.parse(json)).toMatchObject({ schemaVersion: 1, path: 'src/Db.cs', verdict: 'read' });
    expect(json).not.toContain('hunter2');
  });
});
