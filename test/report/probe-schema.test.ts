// schema/probe.schema.json says what `probe --format json` writes: real probes of lab servers, with everything that can be asked.
import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { probeCommand } from '../../src/cli/probe-command.ts';

interface Schema {
  readonly description?: string;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean;
  readonly properties?: Readonly<Record<string, Schema>>;
}

const schema: Schema & { readonly $defs: Readonly<Record<string, Schema>> } = JSON.parse(
  readFileSync(new URL('../../schema/probe.schema.json', import.meta.url), 'utf8'),
);
const validate = new Ajv2020({ allErrors: true, allowUnionTypes: true }).compile(schema);

async function probed(...args: string[]): Promise<{ readonly targets: readonly object[] }> {
  let said = '';
  await probeCommand([...args, '--json', '--deadline', '1'], {
    out: (text) => (said += text),
    error: () => {},
    progress: null,
    onInterrupt: () => () => {},
    columns: 120,
    color: false,
  });
  return JSON.parse(said);
}

function errorsOf(report: object) {
  validate(report);
  return validate.errors ?? [];
}

test.each([
  [
    'as it is',
    ['lab:sql-server-2016-on-windows-2012-r2', 'lab:sql-server-2022-strict', 'lab:closing', 'lab:silent'],
  ],
  [
    'forced strict, no TLS, nothing there',
    ['lab:sql-server-2022-force-strict', 'lab:sql-server-2019-no-encryption', '127.0.0.1,1'],
  ],
  ['a host to compare', ['lab:sql-server-2022', '--host-name-in-certificate', 'sql.contoso.example']],
  ['--simulate all', ['lab:sql-server-2014-rtm', '--simulate', 'all']],
  ['--deep', ['lab:sql-server-2016-dhe-unfixed', 'lab:sql-server-2022', '--deep']],
  [
    '--ntlm',
    ['lab:sql-server-2022', 'lab:sql-server-2019-on-linux', 'lab:sql-server-2019-no-encryption', '--ntlm'],
  ],
  ['--timings', ['lab:sql-server-2019-on-linux', 'lab:closing', '--connects', '4']],
])('%s', async (_, args) => {
  expect(errorsOf(await probed(...args))).toEqual([]);
});

test('every object is closed, every key described and required', () => {
  const objects: readonly (readonly [string, Schema])[] = [
    ['report', schema],
    ...Object.entries(schema.$defs),
  ];
  for (const [name, { properties, required, additionalProperties }] of objects) {
    if (!properties) continue;
    expect([name, additionalProperties, required]).toEqual([name, false, Object.keys(properties)]);
    for (const [key, { description }] of Object.entries(properties))
      expect([name, key, description]).toEqual([name, key, expect.stringMatching(/[.?]$|[.;?] null/)]);
  }
});

test('tells drift', async () => {
  const report = await probed('lab:sql-server-2022');
  const [target] = report.targets;
  expect(errorsOf({ ...report, extra: 1 })).not.toEqual([]);
  expect(errorsOf({ ...report, schemaVersion: 2 })).not.toEqual([]);
  expect(errorsOf({ ...report, targets: [{ ...target, strict: 'no' }] })).not.toEqual([]);
  expect(errorsOf({ ...report, targets: [{ ...target, extra: 1 }] })).not.toEqual([]);
});
