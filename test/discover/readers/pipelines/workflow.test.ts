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

test.each([
  'runs-on: windows-2019',
  'runs-on: ubuntu-20.04\n    container: node:12',
  'steps: [{ uses: actions/setup-node@v4, with: { node-version: 12 } }]',
  'steps: [{ run: "apt-get install -y msodbcsql17=17.4.2.1-1 && pip install pymssql==2.1.4" }]',
  'steps: [{ run: "docker pull mcr.microsoft.com/mssql/server:2019-latest" }]',
  'steps: [{ run: "# docker run mcr.microsoft.com/mssql/server:2019-latest" }]',
  'steps: [{ uses: potatoqualitee/mssqlsuite@v1.7, with: { install: sqlpackage, version: 2019 } }]',
  'steps: [{ uses: contoso/setup-mssql@v1, with: { version: 2019 } }]',
  'services: { pg: { image: "postgres:16" } }',
])('a job without a SQL Server says nothing of its clients: %s', (job) => {
  expect(declared(`jobs:\n  a:\n    ${job}\n`)).toEqual([]);
});

test('what a matrix leaves open is a server of unknown version', () => {
  const image = `mcr.microsoft.com/mssql/server:\${{ matrix.tag }}`;
  const text = `jobs:\n  a:\n    strategy: { matrix: "\${{ fromJSON(needs.x.outputs.y) }}" }\n    services: { sql: { image: "${image}" } }\n`;
  expect(declared(text)).toMatchObject([{ kind: 'server', text: image, server: null }]);
});
