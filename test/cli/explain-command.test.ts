// `explain`: what it prints, its exit codes, its JSON against schema/explain.schema.json.
import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { checkCommand } from '../../src/cli/check-command.ts';
import { explainCommand } from '../../src/cli/explain-command.ts';
import type { Terminal } from '../../src/cli/terminal.ts';
import type { CheckReport } from '../../src/model/check-report.ts';
import type { PairExplanation } from '../../src/model/explanation.ts';
import { RULES } from '../../src/rules/rules.ts';
import { folderOf, removeFolders } from '../end-to-end/folders.ts';

afterAll(removeFolders);

const validate = new Ajv2020({ allErrors: true, allowUnionTypes: true }).compile(
  JSON.parse(readFileSync('schema/explain.schema.json', 'utf8')),
);
const CONTOSO = 'examples/contoso';

async function run(command: typeof explainCommand, args: readonly string[]) {
  let [stdout, stderr] = ['', ''];
  const terminal: Terminal = {
    out: (text) => (stdout += text),
    error: (text) => (stderr += text),
    progress: null,
    onInterrupt: () => () => {},
    columns: 100,
    color: false,
  };
  return { exit: await command(args, terminal), stdout, stderr };
}
const explained = (...args: string[]) => run(explainCommand, args);

async function json<T>(...args: string[]): Promise<T> {
  const { exit, stdout } = await explained(...args, '--format', 'json');
  expect(exit).toBe(0);
  const document = JSON.parse(stdout);
  validate(document);
  expect(validate.errors ?? []).toEqual([]);
  return document;
}

describe('rules', () => {
  test('each by its id: title, level, why, link, and how to suppress it', async () => {
    for (const { meta } of RULES) {
      const { exit, stdout } = await explained(meta.id);
      expect(exit).toBe(0);
      for (const text of [meta.title, meta.level, meta.helpUri, `- rule: ${meta.id}`, 'reason:'])
        expect(stdout).toContain(text);
      await json(meta.id);
    }
  });

  test('a scenario by its number', async () => {
    expect(await json('5')).toMatchObject({ rule: { id: 'dhe-leading-zero', scenario: 5 } });
  });

  test('alone it lists them', async () => {
    const { stdout } = await explained();
    for (const { meta } of RULES) expect(stdout).toContain(meta.id);
    expect(await json()).toMatchObject({ rules: RULES.map(({ meta: { id } }) => ({ id })) });
  });

  test.each([
    ['dhe-enabld', 'did you mean `dhe-enabled`?'],
    ['no-comon', 'did you mean `no-common-protocol` or `no-common-cipher-suite`?'],
    ['zzz', 'the rules are `no-common-protocol`'],
  ])('an unknown one: %s', async (id, suggestion) => {
    const { exit, stderr, stdout } = await explained(id);
    expect([exit, stdout]).toEqual([2, '']);
    expect(stderr).toContain(suggestion);
  });
});

describe('in words', () => {
  test('the contract', async () => {
    const { pair } = await json<PairExplanation>(
      '--client',
      'mssql-jdbc 6.4 on JDK 8u292',
      '--server',
      'SQL Server 2014 SP2 on Windows Server 2012 R2',
      '--certificate',
      'self-generated SHA-1',
      '--server-protocols',
      'TLS 1.0 only',
      '--settings',
      'Encrypt=false',
    );
    expect(pair).toMatchObject({
      outcome: 'fails',
      protocol: null,
      suite: null,
      step: 'protocol',
      scenario: 1,
      cause: 'server-protocols',
      confidence: 'documented',
      understood: {
        driver: 'Microsoft JDBC Driver for SQL Server',
        version: '6.4',
        stack: 'JDK 8u291 and later',
        product: 'SQL Server 2014 SP2',
        build: '12.0.5000',
        os: 'Windows Server 2012 R2',
        encrypt: 'Optional',
      },
      notUnderstood: [],
    });
  });

  test('a part that is not understood is said, and the rest explained', async () => {
    const { pair } = await json<PairExplanation>(
      '--client',
      'tedious 15 on Node 18 with frobnication',
      '--server',
      'SQL Server 2019 on Windows Server 2019',
      '--settings',
      'Encrpyt=true;Encrypt=perhaps',
    );
    expect(pair.outcome).toBe('connects');
    expect(pair.notUnderstood).toEqual([
      expect.stringContaining('"frobnication" in --client'),
      expect.stringContaining('"perhaps" in --settings is no value of Encrypt'),
      expect.stringContaining('"Encrpyt" in --settings; did you mean "Encrypt"?'),
    ]);
  });

  test('a driver that is not understood leaves it open', async () => {
    const { pair } = await json<PairExplanation>(
      '--client',
      'tedius 15 on Node 18',
      '--server',
      'SQL Server 2019 on Windows Server 2019',
    );
    expect(pair).toMatchObject({
      outcome: 'unknown',
      understood: { driver: null, stack: 'Node 18', os: 'Windows Server 2019' },
      notUnderstood: [expect.stringContaining('did you mean "tedious"?')],
    });
  });

  test('a system that is not said is every one it could be', async () => {
    const { pair } = await json<PairExplanation>(
      '--client',
      'go-mssqldb 1.7 with Go 1.25',
      '--server',
      'SQL Server 2016 SP2',
      '--certificate',
      'self-generated SHA-1',
    );
    expect(pair).toMatchObject({ outcome: 'may-fail', understood: { os: null } });
    const ends = Object.fromEntries(pair.systems.map(({ os, outcome }) => [os, outcome]));
    expect(ends).toMatchObject({ 'Windows Server 2012 R2': 'fails', 'Windows Server 2016': 'connects' });
    expect(ends).not.toHaveProperty('Windows Server 2008 R2');
  });

  test.each([
    [['--client', 'frobnicate', '--server', 'SQL Server 2019'], 'Nothing of --client was understood.'],
    [['--client', 'tedious', '--server', 'Oracle'], 'Nothing of --server was understood.'],
    [['--client', 'tedious'], '--server is missing'],
    [['--client', 'tedious', '--server', 'SQL', 'Server'], 'Put what has blanks into quotes.'],
    [['--settings', 'Encrypt=true'], 'go with --client and --server'],
    [['--format', 'xml'], '--format xml is not one of terminal, json.'],
    [['--nonsense'], "Unknown option '--nonsense'"],
    [['a', 'b'], 'explain takes one rule'],
    [['--pair', 'a'], 'takes the names of one client and one target'],
  ])('%j is refused', async (args, complaint) => {
    const { exit, stderr, stdout } = await explained(...args);
    expect([exit, stdout]).toEqual([2, '']);
    expect(stderr).toContain(complaint);
  });
});

describe('a pair of a folder', () => {
  test('says of every pair what check says', async () => {
    const { stdout } = await run(checkCommand, [CONTOSO, '--offline', '--format', 'json']);
    const report: CheckReport = JSON.parse(stdout);
    expect(report.pairs.length).toBeGreaterThan(2);
    for (const { client, target, when, ...same } of report.pairs.filter((one) => one.when === 'current')) {
      const { pair } = await json<PairExplanation>('--pair', client, target, '--path', CONTOSO, '--offline');
      const { rejection: _, ...verdict } = same;
      expect(pair).toMatchObject({ client, target, when, ...verdict });
      const finding = report.findings.find((one) => one.rule === pair.rule && one.client === client);
      if (finding) expect(pair.fix).toBe(finding.fix);
    }
  });

  test('a lab target is asked, and its answer wins', async () => {
    const { pair } = await json<PairExplanation>('--pair', 'warehouse-etl', 'WAREHOUSE', '--path', CONTOSO);
    expect(pair.target).toBe('warehouse');
    expect(pair.confidence).not.toBe('assumed');
    expect(pair.steps.flatMap(({ evidence }) => evidence.map(({ strength }) => strength))).toContain(
      'observed',
    );
  });

  test.each([
    [
      ['warehouse-elt', 'warehouse'],
      'There is no client "warehouse-elt" here; did you mean `warehouse-etl`?',
    ],
    [['warehouse-etl', 'nowhere'], 'There is no target "nowhere" here; there is `warehouse`, `billing`'],
    [['warehouse-etl', 'billing'], 'warehouse-etl does not connect to billing; it connects to `warehouse`.'],
  ])('%j is refused', async (names, complaint) => {
    const { exit, stderr } = await explained('--pair', ...names, '--path', CONTOSO, '--offline');
    expect(exit).toBe(2);
    expect(stderr).toContain(complaint);
  });

  test('what is planned is told too', async () => {
    const folder = folderOf({
      'mssql-tls-preflight.yml': [
        'version: 1',
        'targets:',
        '  sql:',
        '    endpoint: sql1.example.com',
        '    server: { product: SQL Server 2016 SP2, os: Windows Server 2016 }',
        '    planned: { protocols: [TLS 1.2], from: 2027-03-01 }',
        'clients:',
        '  - { name: old, driver: SQLNCLI11 11.0.5058, runs-on: Windows Server 2012 R2, connects-to: [sql] }',
        '',
      ].join('\n'),
    });
    const args = ['--pair', 'old', 'sql', '--path', folder, '--offline'];
    const { pair, planned } = await json<PairExplanation>(...args);
    expect([pair.outcome, pair.protocol, planned?.outcome, planned?.from]).toEqual([
      'connects',
      'TLS 1.0',
      'fails',
      '2027-03-01',
    ]);
    expect(planned?.fix).toEqual(expect.stringContaining('11.0.6538'));
    expect((await explained(...args)).stdout).toContain('FAILS from 2027-03-01 on, as planned');
  });

  test('a folder that is not there', async () => {
    expect((await explained('--pair', 'a', 'b', '--path', 'examples/nowhere')).exit).toBe(3);
  });
});

test('a schema that would let anything pass is none', () => {
  expect(validate({ schemaVersion: 1, pair: {}, planned: null })).toBe(false);
  expect(validate({ schemaVersion: 2, rules: [] })).toBe(false);
  expect(validate({ schemaVersion: 1, rules: [], extra: 1 })).toBe(false);
});
