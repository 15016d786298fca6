import { expect, test } from '@jest/globals';
import { workflow } from '../../../../src/discover/readers/pipelines/workflow.ts';
import { declarationsOf, pointedAt, problemOf } from '../../declarations.ts';

const FILE = '.github/workflows/ci.yml';
const declared = (text: string) => declarationsOf(workflow, FILE, text);
const pointed = (text: string) => pointedAt(workflow, FILE, text);

const STRING = (n: number) => `Server=localhost,14333;Database=Orders;Encrypt=True;Application Name=${n}`;

test.each([
  ['.github/workflows/ci.yml', true],
  ['.github/workflows/release.yaml', true],
  ['.github/workflows/nested/ci.yml', false],
  ['examples/.github/workflows/ci.yml', false],
  ['.github/dependabot.yml', false],
])('%s: %p', (path, expected) => {
  expect(workflow.matches(path)).toBe(expected);
});

test('the SQL Server of a job, by its name and through its published port', () => {
  const text = `
jobs:
  test:
    runs-on: ubuntu-24.04
    services:
      sql:
        image: mcr.microsoft.com/mssql/server:2022-CU14-ubuntu-22.04
        ports:
          - 14333:1433
      cache:
        image: redis:7
`;
  expect(pointed(text)).toEqual([
    'runtime: ubuntu-24.04',
    'server: mcr.microsoft.com/mssql/server:2022-CU14-ubuntu-22.04',
  ]);
  expect(declared(text)).toMatchObject([
    { kind: 'runtime', stack: 'ubuntu-24.04' },
    {
      server: 'sqlserver-linux-2022',
      endpoints: [
        { host: 'sql', port: 1433 },
        { host: 'localhost', port: 14333 },
      ],
    },
  ]);
});

test('connection strings of the workflow, the job and the step speak for the folder they run in', () => {
  const text = `
env:
  A: ${STRING(1)}
jobs:
  one:
    env: { A: "${STRING(2)}" }
    steps:
      - run: dotnet test
        env:
          A: '${STRING(3)}'
      - run: npm test
        working-directory: ./web/
        env:
          A: ${STRING(4)}
  two:
    defaults: { run: { working-directory: services/api } }
    steps:
      - env: { A: "${STRING(5)}" }
      - env: { A: "\${{ secrets.CONNECTION }}" }
      - uses: actions/checkout@v4
`;
  expect(pointed(text)).toEqual([1, 2, 3, 4, 5].map((n) => `connection: ${STRING(n)}`));
  expect(declared(text).map(({ scope }) => scope)).toEqual(['', '', '', 'web', 'services/api']);
});

test('the container of a job that connects is what its clients run on', () => {
  const job = (container: string, env: string) =>
    `jobs:\n  a:\n    container: ${container}\n    env: ${env}\n`;
  const env = `{ A: "${STRING(1)}" }`;
  expect(pointed(job('node:18', env))[0]).toBe('runtime: node:18');
  expect(pointed(job('{ image: "debian:12" }', env))[0]).toBe('runtime: debian:12');
  expect(pointed(job('node:18', '{}'))).toEqual([]);
});

test.each(['', 'on: push', 'jobs: x', 'jobs: { a: { steps: [1, null, { env: 2 }] } }', 'jobs: { a: }'])(
  'nothing in %p',
  (text) => {
    expect(declared(text)).toEqual([]);
  },
);

test('any prefix is read or unreadable', () => {
  const whole = `env: { A: "${STRING(1)}" }\njobs:\n  a:\n    container: { image: node:18 }\n    services:\n      sql: { image: mcr.microsoft.com/mssql/server:2022-latest, ports: [1433:1433] }\n    steps:\n      - run: |\n          x\n        env: { B: '${STRING(2)}' }\n`;
  for (let end = 0; end <= whole.length; end += 1) problemOf(workflow, whole.slice(0, end));
  expect(declared(whole)).toHaveLength(4);
});
