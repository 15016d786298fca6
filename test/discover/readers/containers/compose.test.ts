import { describe, expect, test } from '@jest/globals';
import { compose } from '../../../../src/discover/readers/containers/compose.ts';
import { declarationsOf, pointedAt, problemOf } from '../../declarations.ts';

const declared = (text: string, file = 'docker-compose.yml') => declarationsOf(compose, file, text);
const pointed = (text: string) => pointedAt(compose, 'docker-compose.yml', text);
const endpoints = (text: string) =>
  declared(text).flatMap((one) =>
    one.kind === 'server' ? one.endpoints.map(({ host, port }) => `${host},${port}`) : [],
  );
const scopes = (text: string, file?: string) =>
  declared(text, file).map(({ kind, scope }) => `${kind} ${scope}`);

const SQL = 'mcr.microsoft.com/mssql/server:2019-CU28-ubuntu-20.04';
const STRING = 'Server=sql,1433;Database=Orders;User Id=sa;Encrypt=True';

test.each([
  ['docker-compose.yml', true],
  ['deploy/docker-compose.override.yaml', true],
  ['docker-compose-dev.yml', true],
  ['compose.yaml', true],
  ['compose.dev.yml', true],
  ['composer.yml', false],
  ['docker-compose.json', false],
  ['docker-compose.yml/x', false],
])('%s: %p', (path, expected) => {
  expect(compose.matches(path)).toBe(expected);
});

describe('a SQL Server', () => {
  test('stands on its image', () => {
    const text = `services:\n  sql:\n    image: "${SQL}"\n`;
    expect(declared(text)).toEqual([
      {
        kind: 'server',
        span: {
          file: 'docker-compose.yml',
          start: 29,
          end: 82,
          line: 3,
          column: 13,
          endLine: 3,
          endColumn: 66,
        },
        text: SQL,
        scope: '',
        image: SQL,
        product: expect.stringContaining('2019'),
        server: 'sqlserver-linux-2019',
        stack: 'ubuntu-20.04',
        endpoints: [{ host: 'sql', port: 1433, instance: null }],
      },
    ]);
  });

  test.each([
    ['["1433:1433"]', ['localhost,1433']],
    ['["127.0.0.1:14330:1433"]', ['localhost,14330']],
    ['["[::1]:14330:1433/tcp"]', ['localhost,14330']],
    [`["\${SQL_PORT:-14331}:1433"]`, ['localhost,14331']],
    ['[14330:1433]', ['localhost,14330']],
    ['["14330-14332:1432-1434"]', ['localhost,14331']],
    ['[{ target: 1433, published: "14333", protocol: tcp }]', ['localhost,14333']],
    ['["8080:80", "1434:1434/udp"]', []],
    ['["1433"]', []],
    ['[1433]', []],
    [`["\${SQL_PORT}:1433"]`, []],
    ['nonsense', []],
  ])('ports: %s', (ports, expected) => {
    expect(endpoints(`services: { sql: { image: ${SQL}, ports: ${ports} } }`)).toEqual([
      'sql,1433',
      ...expected,
    ]);
  });

  test('has every name that the network knows it by', () => {
    const text = `
services:
  sql:
    image: ${SQL}
    container_name: orders-sql
    hostname: sql01
    networks:
      back:
        aliases: [db.local]
`;
    expect(endpoints(text)).toEqual(['sql,1433', 'orders-sql,1433', 'sql01,1433', 'db.local,1433']);
  });

  test('may listen on another port', () => {
    const text = `services: { sql: { image: ${SQL}, environment: { MSSQL_TCP_PORT: 1500 }, ports: ["1433:1500"] } }`;
    expect(endpoints(text)).toEqual(['sql,1500', 'localhost,1433']);
  });

  test('takes the default of a variable in its tag', () => {
    const image = `mcr.microsoft.com/mssql/server:\${TAG:-2022-latest}`;
    expect(declared(`services:\n  sql:\n    image: ${image}\n`)).toMatchObject([
      {
        kind: 'server',
        text: image,
        image: 'mcr.microsoft.com/mssql/server:2022-latest',
        server: 'sqlserver-linux-2022',
      },
    ]);
  });
});

describe('connection strings', () => {
  test('of a map and of a list, within their quotes', () => {
    const text = `
services:
  plain: { build: ., environment: { A: "${STRING};Application Name=1" } }
  list:
    build: .
    environment:
      - A=${STRING};Application Name=2
      - 'A=${STRING};Application Name=3'
      - EMPTY=
      - PASSED_ON
`;
    expect(pointed(text)).toEqual([1, 2, 3].map((n) => `connection: ${STRING};Application Name=${n}`));
  });

  test('escapes are undone and the span still cuts out what is written', () => {
    const text = `services: { a: { environment: ["A=Server=sql\\\\TWO;Database=a;Encrypt=True"] } }`;
    expect(pointed(text)).toEqual(['connection: Server=sql\\\\TWO;Database=a;Encrypt=True']);
    expect(declared(text)).toMatchObject([{ endpoint: { host: 'sql', instance: 'TWO' } }]);
  });

  test('of a block scalar: its line', () => {
    const text = `services:\n  a:\n    environment:\n      A: >-\n        ${STRING}\n      B: 1\n`;
    expect(pointed(text)).toEqual([`connection: ${STRING}`]);
  });

  test('a password stays in the file', () => {
    const text = `services: { a: { environment: { A: "${STRING};Password=hunter2" } } }`;
    expect(JSON.stringify(declared(text))).not.toContain('hunter2');
  });

  test('the default of a variable, where that is the whole value', () => {
    const text = `services:\n  a:\n    environment: { A: "\${DB:-${STRING}}" }\n  b:\n    environment: ['B=\${DB-${STRING};Password=\${PW}}']\n`;
    expect(pointed(text)).toEqual([`connection: ${STRING}`, `connection: ${STRING};Password=\${PW}`]);
  });

  test.each([
    ['build: ./services/api', 'services/api'],
    ['build: services/api/', 'services/api'],
    ['build: { context: ./services/../api, dockerfile: x }', 'api'],
    ['build: .', ''],
    [`build: \${ROOT:-.}/api`, 'api'],
    [`build: \${ROOT}/api`, ''],
    ['build: https://example.com/x.git', ''],
    ['build: /srv/api', ''],
    ['build: ../outside', ''],
    ['image: example.com/api', ''],
  ])('%s speaks for %p', (where, scope) => {
    expect(scopes(`services:\n  api:\n    ${where}\n    environment:\n      A: ${STRING}\n`)).toEqual([
      `connection ${scope}`,
    ]);
  });

  test('a context is seen from the compose file', () => {
    const text = `services:\n  api:\n    build: ../services/api\n    environment:\n      A: ${STRING}\n`;
    expect(scopes(text, 'deploy/compose.yml')).toEqual(['connection services/api']);
  });

  test('merged maps speak for every service that takes them', () => {
    const text = `
x-database: &database
  DB: ${STRING}
services:
  one: { build: ./one, environment: { <<: *database, OTHER: 1 } }
  two: { build: ./two, environment: *database }
  again: { build: ./two, environment: { <<: [*database] } }
  own: { build: ./own, environment: { <<: *database, DB: none } }
`;
    expect(scopes(text)).toEqual(['connection one', 'connection two']);
  });
});

describe('what a service runs on', () => {
  test('counts for a client that is not built here', () => {
    const text = `services:\n  api:\n    image: node:18-alpine\n    environment:\n      A: ${STRING}\n`;
    expect(pointed(text)).toEqual(['runtime: node:18-alpine', `connection: ${STRING}`]);
  });

  test('not for one that is built, nor for one that connects to nothing', () => {
    expect(
      pointed('services:\n  api: { build: ., image: node:18 }\n  proxy: { image: nginx:1.25-bookworm }\n'),
    ).toEqual([]);
  });
});

describe('what is no compose file', () => {
  test('is unreadable where the parser stops', () => {
    const text = 'services:\n  sql:\n    image: "mcr\n';
    expect(problemOf(compose, text)).toMatchObject({ start: text.indexOf('"mcr') + 5 });
    expect(problemOf(compose, 'a: *nowhere\n')?.message ?? '').not.toContain('undefined');
  });

  test.each([
    '',
    '# nothing',
    'services:',
    'services: []',
    '- a',
    'services: { a: }',
    '42',
    'services: { a: { image: [] } }',
  ])('nothing in %p', (text) => {
    expect(declared(text)).toEqual([]);
  });

  test('an alias of itself and aliases of aliases end', () => {
    expect(problemOf(compose, 'services: &a { <<: *a }')).not.toBeNull();
    const lines = Array.from({ length: 30 }, (_, n) => `a${n + 1}: &a${n + 1} { <<: [*a${n}, *a${n}] }`);
    const bomb = `a0: &a0 { x: 1 }\n${lines.join('\n')}\nservices: *a30\n`;
    expect(problemOf(compose, bomb)).toMatchObject({ message: 'too many aliases' });
  });

  test('the reason does not quote the file', () => {
    for (const text of [
      'a: 1\n  Password=hunter2: [',
      'a: "x" Password=hunter2',
      '}Password=hunter2',
      '%x\n@Password=hunter2 ]',
    ]) {
      expect(problemOf(compose, text)?.message).not.toContain('hunter2');
      expect(problemOf(compose, text)).not.toBeNull();
    }
  });

  test('nesting without end is unreadable', () => {
    expect(problemOf(compose, '['.repeat(100_000))?.message).toContain('nested too deeply');
  });

  test('half a megabyte is too much', () => {
    expect(problemOf(compose, `#${'x'.repeat(600_000)}`)?.message).toContain('larger than 512 KB');
  });

  const WHOLE = `x-db: &db
  DB: "${STRING}"
services:
  sql:
    image: "${SQL}"
    ports: ["1433:1433", { target: 1433, published: 1 }]
  api:
    build: { context: ./api }
    environment:
      <<: *db
      B: >-
        ${STRING}
  jobs:
    build: ./jobs
    environment:
      - 'A=${STRING}'
`;
  test('any prefix is read or unreadable', () => {
    for (let end = 0; end <= WHOLE.length; end += 1) problemOf(compose, WHOLE.slice(0, end));
    expect(problemOf(compose, WHOLE)).toBeNull();
  });
});
