import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Placed, Policy } from '../../src/model/policy.ts';
import { DEFAULT_POLICY } from '../../src/model/policy.ts';
import { load, problemsOf } from './known-names.ts';
import { FULL_POLICY, INVALID_BY_NAMES, INVALID_BY_SHAPE } from './samples.ts';

function valid(text: string): Policy {
  const result = load(text);
  if ('problems' in result) throw new Error(JSON.stringify(result.problems));
  return result.policy;
}

describe('a valid policy', () => {
  test('every section of the documented example is read', () => {
    const policy = valid(FULL_POLICY);
    const slice = (placed: Placed<unknown> | null | undefined) =>
      placed && FULL_POLICY.slice(placed.span.start, placed.span.end);

    const [orders, ...others] = policy.targets;
    expect(others.map(({ name, address }) => [name, address])).toEqual([
      ['archive', { kind: 'lab', profile: 'sql-server-2014-rtm' }],
      [
        'build',
        {
          kind: 'container',
          image: 'mcr.microsoft.com/mssql/server:2022-latest',
          mssqlConf: 'infra/mssql.conf',
        },
      ],
    ]);
    expect(FULL_POLICY.slice(others[1]?.span.start, others[1]?.span.end)).toBe(
      'mcr.microsoft.com/mssql/server:2022-latest',
    );
    expect(orders).toMatchObject({
      name: 'orders',
      address: {
        kind: 'network',
        endpoint: { host: 'sql-orders.example.com', port: 1433, instance: null },
      },
      aliases: [
        { host: 'sql-orders', port: null, instance: null },
        { host: '10.0.0.5', port: 1433, instance: null },
      ],
      server: {
        product: { value: 'SQL Server 2016 SP2' },
        os: { value: 'Windows Server 2012 R2' },
        protocols: ['TLS 1.0', 'TLS 1.2'],
      },
      planned: { change: { protocols: ['TLS 1.2'] }, from: '2027-03-01' },
      login: { user: 'SQL_USER', password: 'SQL_PASSWORD', trustServerCertificate: true },
    });
    expect(FULL_POLICY.slice(orders?.span.start, orders?.span.end)).toBe('sql-orders.example.com,1433');
    expect(slice(orders?.server?.os)).toBe('Windows Server 2012 R2');

    expect(policy.clientRules).toMatchObject([
      {
        path: 'services/billing/**',
        runsOn: { value: 'Windows Server 2012 R2' },
        runtime: { value: '.NET Framework 4.0' },
        connectsTo: [{ value: 'orders' }],
      },
    ]);
    expect(policy.clients).toMatchObject([
      {
        name: 'warehouse-etl',
        driver: { value: 'ODBC Driver 17 for SQL Server 17.4' },
        runsOn: { value: 'Ubuntu 20.04' },
        runtime: null,
        connection: { value: 'Server=sql-orders.example.com;Encrypt=yes' },
        connectsTo: null,
      },
    ]);
    expect(slice(policy.clients[0]?.driver)).toBe('ODBC Driver 17 for SQL Server 17.4');
    expect([...policy.rules]).toEqual([
      ['dhe-enabled', 'warning'],
      ['encryption-optional', 'off'],
    ]);
    expect(policy.failOn).toBe('notice');
    expect(new Set(policy.requirements.map(({ pack }) => pack))).toEqual(new Set(['nist-sp-800-52r2']));
    expect(policy.unknownPacks).toEqual([]);
    expect(policy.targets.map(({ configuredBy }) => configuredBy?.map(({ value }) => value))).toEqual([
      ['infra/hardening.reg', 'infra/*.conf'],
      undefined,
      undefined,
    ]);
    expect(policy.clientRules[0]?.configuredBy?.map(slice)).toEqual(['infra/clients.reg']);
    expect(policy.exclude).toEqual(['examples/**']);
    expect(policy.suppressions).toMatchObject([
      {
        rule: 'driver-end-of-support',
        path: 'legacy/**',
        target: null,
        reason: 'decommissioned in Q2, OPS-1412',
        expires: '2027-06-30',
        span: { line: 35, column: 11 },
      },
    ]);
  });

  test('what is not written is as in the default policy', () => {
    expect(valid('version: 1')).toEqual({ ...DEFAULT_POLICY, file: 'policy.yml' });
  });

  test('off, no and dates are text, even where a directive asks for YAML 1.1', () => {
    const policy = valid('%YAML 1.1\n---\nversion: 1\nrules:\n  dhe-enabled: off\n');
    expect(policy.rules.get('dhe-enabled')).toBe('off');
  });

  test.each([
    ['plain', 'name: etl'],
    ['double quotes', 'name: "etl"'],
    ['single quotes', "name: 'etl'"],
    ['tag and anchor', 'name: !!str &n "etl"'],
  ])('a span is the text without its quotes: %s', (_, name) => {
    for (const newline of ['\n', '\r\n']) {
      const text = `\uFEFFversion: 1${newline}clients:${newline}  - ${name}${newline}    driver: 'jTDS 1.3'`;
      const span = valid(text).clients[0]?.driver.span;
      expect(text.slice(span?.start, span?.end)).toBe('jTDS 1.3');
      expect(span).toMatchObject({ line: 4, column: 14, endLine: 4, endColumn: 22 });
    }
  });

  test('a span of a block scalar begins after its header', () => {
    const text = 'version: 1\nclients:\n  - name: etl\n    driver: |\n      jTDS 1.3\n\n';
    const driver = valid(text).clients[0]?.driver;
    expect(text.slice(driver?.span.start, driver?.span.end)).toBe('jTDS 1.3');
  });

  test('an alias stands for the node of its anchor', () => {
    const policy = valid(
      'version: 1\nclients:\n  - { path: a/**, runs-on: &os Ubuntu 20.04 }\n  - { path: b/**, runs-on: *os }\n',
    );
    expect(policy.clientRules.map(({ runsOn }) => [runsOn?.value, runsOn?.span.line])).toEqual([
      ['Ubuntu 20.04', 3],
      ['Ubuntu 20.04', 3],
    ]);
  });

  test.each([
    ['services/billing/**', 'services/billing/**'],
    ['services/*.csproj', 'services/*.csproj'],
    ['legacy', 'legacy/**'],
    ['./legacy/', 'legacy/**'],
    ['services/*/', 'services/*/**'],
  ])('the glob %s becomes %s', (written, glob) => {
    expect(valid(`version: 1\nexclude: ['${written}']`).exclude).toEqual([glob]);
  });
});

describe('a mistake is told with its place and what was expected', () => {
  test.each([...INVALID_BY_SHAPE, ...INVALID_BY_NAMES])('$title', ({ text, problems }) => {
    expect(problemsOf(text)).toEqual(problems);
  });

  test('each names the file', () => {
    expect(load('version: 2')).toEqual({
      problems: [
        { file: 'policy.yml', line: 1, column: 10, message: 'unknown version `2`; expected `version: 1`' },
      ],
    });
  });

  test('all are told in the order of the file, twenty at most, then how many more', () => {
    const clients = Array.from({ length: 30 }, (_, i) => `  - nmae: c${i}`).join('\n');
    const problems = problemsOf(`version: 1\nclients:\n${clients}\nfail-on: always\n`);
    expect(problems).toHaveLength(21);
    expect(problems[0]).toMatch(/^3:5 /);
    // Each client has two: the unknown key and neither `path` nor `name`.
    expect(problems[20]).toBe('13:5 and 41 more');
  });
});

describe('hostile files', () => {
  test.each([
    ['too large', `version: 1\n#${'x'.repeat(1_000_000)}`, /^1:1 the policy file has 1000012 characters/],
    ['nested flow', '['.repeat(500_000), /^1:\d+ this is nested too deeply/],
    ['nested flow over lines', '[\n'.repeat(400_000), /^\d+:2 this is nested too deeply/],
    ['nested blocks', '- '.repeat(400_000), /^1:\d+ this is nested too deeply/],
    [
      'alias bomb',
      `version: 1\nclients:\n  - &c { path: a, connects-to: [${'x,'.repeat(100_000)}] }\n${'  - *c\n'.repeat(1000)}`,
      /^3:\d+ target `x` is not declared/,
    ],
    ['alias to itself', 'version: 1\nclients: &c\n  - *c\n', /^3:3 this client is a list/],
    [
      'more mistakes than are kept',
      `version: 1\n${Array.from({ length: 5000 }, (_, i) => `x${i}: 1\n`).join('')}`,
      /^2:1 unknown key `x0`/,
    ],
    [
      'glob that takes for ever',
      `version: 1\nexclude: ['${'*a'.repeat(30)}']`,
      /^2:12 .* has more than 8 wildcards$/,
    ],
  ])('%s', (_, text, expected) => {
    expect(problemsOf(text)[0]).toMatch(expected);
  });

  test('any text gives a policy or problems inside the text, never a throw', () => {
    const piece = fc.oneof(
      fc.constantFrom('version: 1\n', 'targets:', 'clients:', 'rules:', 'suppressions:', 'exclude:', 'name:'),
      fc.constantFrom(
        '- ',
        '  ',
        '\n',
        ': ',
        '? ',
        '[',
        ']',
        '{',
        '}',
        ',',
        '"',
        "'",
        '|',
        '>',
        '&a ',
        '*a',
        '!t ',
      ),
      fc.constantFrom(
        'endpoint: x',
        'planned:',
        'from: 2027-02-30',
        '---\n',
        '%YAML 1.1\n',
        '\t',
        '#',
        '<<: *a',
      ),
      fc.string({ unit: 'grapheme', maxLength: 6 }),
      fc.string({ unit: 'binary', maxLength: 3 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const text = pieces.join('');
        const result = load(text);
        if ('policy' in result) return;
        const lines = text.split('\n');
        expect(result.problems.length).toBeGreaterThan(0);
        for (const { line, column } of result.problems) {
          expect(line).toBeLessThanOrEqual(lines.length);
          expect(column).toBeLessThanOrEqual((lines[line - 1] ?? '').length + 1);
        }
      }),
      { numRuns: 3000 },
    );
  });

  const secret = 'hunter2canary';
  test.each([
    `clients: [{ name: etl, connection: Server=x;Password=${secret} }]`,
    `clients:\n  - name: etl\n    conection: Server=x;Password=${secret}`,
    `clients:\n  - name: etl\n    connection:\n      Server=x;Password=${secret}: y`,
    `clients:\n  - name: etl\n    Server=x;Password=${secret}: y`,
    `clients:\n  - "Server=x;Password=${secret}"`,
    `clients:\n  - connection: "Server=x;Password=\\${secret}"`,
    `clients:\n  - connection: "x" Password=${secret}`,
    `clients:\n  - connection: "x"\n   Password=${secret}`,
    `clients:\n  - connection: !Password=${secret} x`,
    `clients:\n  - connection: *Password=${secret}`,
    `clients:\n  - connection: |Password=${secret}`,
    `clients:\n  - connection: [Server=x;Password=${secret}]`,
    `clients:\n  - connection: {Server=x;Password=${secret}}`,
    `%Password=${secret}\n---\nclients: x`,
    `targets: { a: { endpoint: 'Server=x;Password=${secret}' } }`,
    `targets: { a: { endpoint: 'sqlserver://sa:${secret}@x' } }`,
    `fail-on: 'Server=x;Password=${secret}'`,
    `exclude: ['/Server=x;Password=${secret}']`,
  ])('no message quotes a password: %s', (text) => {
    const problems = problemsOf(`version: 1\n${text}`);
    expect(problems.length).toBeGreaterThan(0);
    expect(problems.join('\n')).not.toContain(secret.slice(0, 4));
  });
});
