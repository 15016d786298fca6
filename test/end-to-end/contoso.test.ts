// The README's first command, on the committed bundle: the same report on every Node, each finding where a person points.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { CheckReport } from '../../src/model/check-report.ts';
import { type NODES, run } from './run.ts';

const CONTOSO = 'examples/contoso';
const check = async (node: keyof typeof NODES): Promise<{ code: number | null; report: CheckReport }> => {
  const { code, stdout } = await run('dist/cli.js', ['check', CONTOSO, '--format', 'json'], { node });
  return { code, report: JSON.parse(stdout) as CheckReport };
};
const timeless = (report: CheckReport) => ({
  ...report,
  targets: report.targets.map((target) => ({ ...target, milliseconds: 0 })),
});
const ran = Promise.all(([20, 22, 24] as const).map(check));
const newest = async () => {
  const last = (await ran)[2];
  if (!last) throw new Error('Node 24 did not run');
  return last;
};

test('findings: exit code 1, on every Node', async () => {
  expect((await ran).map(({ code }) => code)).toEqual([1, 1, 1]);
});

test('Node 20, 22 and 24 write the same JSON, timings aside', async () => {
  const [on20, on22, on24] = (await ran).map(({ report }) => timeless(report));
  expect(on20).toEqual(on24);
  expect(on22).toEqual(on24);
});

test('the JSON keeps its schema', async () => {
  const schema = JSON.parse(readFileSync('schema/check.schema.json', 'utf8')) as object;
  const validate = new Ajv2020({ allErrors: true, strict: false }).compile(schema);
  validate((await newest()).report);
  expect(validate.errors).toBeNull();
});

describe('each finding stands where a person would point', () => {
  const slice = (file: string, line: number, column: number, endColumn: number) =>
    readFileSync(`${CONTOSO}/${file}`, 'utf8')
      .split('\n')
      [line - 1]?.slice(column - 1, endColumn - 1);

  test.each([
    ['no-common-protocol', 1, 'services/billing/Billing.csproj', 7, 'v4.0', 'billing'],
    ['no-common-protocol', 1, 'services/ledger/pom.xml', 10, '4.0', 'billing'],
    ['no-common-cipher-suite', 2, 'Directory.Packages.props', 7, '5.2.2', 'orders'],
    [
      'weak-certificate-hash',
      4,
      '.github/mssql-tls-preflight.yml',
      11,
      'lab:sql-server-2019-sha512-certificate',
      'warehouse',
    ],
    ['server-certificate-not-validated', null, 'services/orders-api/appsettings.json', 4, 'True', null],
    ['clear-text-login', null, 'services/storefront/.env.example', 2, 'false', null],
  ])('%s, scenario %s', async (rule, scenario, file, line, text, target) => {
    const { findings } = (await newest()).report;
    const found = findings.filter((one) => one.rule === rule && one.file === file && one.line === line);
    expect(
      found.map((one) => [one.scenario, slice(file, one.line, one.column, one.endColumn), one.target]),
    ).toEqual([[scenario, text, target]]);
  });
});

test('scenario 2 was seen on the wire: the lab resets the connection, and the verdict says so', async () => {
  const { pairs } = (await newest()).report;
  expect(pairs.find(({ target }) => target === 'orders')).toMatchObject({
    outcome: 'fails',
    step: 'cipher-suite',
    scenario: 2,
    rejection: 'reset',
    reason: expect.stringContaining('reset the connection'),
  });
});

test('a client declared in the policy file alone is judged', async () => {
  const { pairs } = (await newest()).report;
  expect(pairs.find(({ client }) => client === 'warehouse-etl')).toMatchObject({
    target: 'warehouse',
    outcome: 'connects',
    protocol: 'TLS 1.2',
  });
});

test('every declaration slices back to its file', async () => {
  const { declarations } = (await newest()).report;
  const lies = declarations
    .filter(({ kind, line, endLine }) => kind !== 'connection' && kind !== 'unreadable' && line === endLine)
    .filter(({ file, line, column, endColumn, text }) => slice(file, line, column, endColumn) !== text);
  expect(lies).toEqual([]);
  function slice(file: string, line: number, column: number, endColumn: number) {
    return readFileSync(`${CONTOSO}/${file}`, 'utf8')
      .split('\n')
      [line - 1]?.slice(column - 1, endColumn - 1);
  }
});
