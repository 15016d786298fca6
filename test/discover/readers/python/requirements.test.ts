import { expect, test } from '@jest/globals';
import { requirements } from '../../../../src/discover/readers/python/requirements.ts';
import { declarationsOf } from '../../declarations.ts';
import { expectEveryPrefixToBeRead, expectSameInOddDress, saysOf } from '../odd-files.ts';

const FILE = 'jobs/etl/requirements.txt';
const TEXT = `# drivers
-r base.txt
--index-url https://registry.example.com/simple
pyodbc==4.0.39
requests==2.31.0
pymssql>=2.2.0,<2.3  # until OPS-12
`;

test.each([
  ['requirements.txt', true],
  ['a/requirements-dev.txt', true],
  ['a/requirements/prod.txt', true],
  ['constraints.txt', true],
  ['a/constraints-3.11.txt', true],
  ['a/readme.txt', false],
  ['a/requirements.md', false],
])('%s: %p', (path, expected) => {
  expect(requirements.matches(path)).toBe(expected);
});

test('ordinary lines', () => {
  expect(saysOf(requirements, FILE, TEXT)).toEqual([
    'driver 4.0.39: 4.0.39',
    'driver >=2.2.0,<2.3: >=2.2.0,<2.3',
  ]);
  expect(declarationsOf(requirements, FILE, TEXT)[0]).toMatchObject({
    ecosystem: 'pypi',
    package: 'pyodbc',
    driver: 'pyodbc',
    role: 'uses',
    scope: 'jobs/etl',
    span: { line: 4, column: 9, endColumn: 15 },
  });
});

test.each([
  ['pyodbc', 'driver null: pyodbc'],
  ['  PyODBC  ', 'driver null: PyODBC'],
  ['pyodbc == 4.0.39', 'driver 4.0.39: 4.0.39'],
  ['pyodbc===4.0.39', 'driver 4.0.39: 4.0.39'],
  ['pyodbc==4.*', 'driver ==4.*: ==4.*'],
  ['pyodbc~=4.0.30', 'driver ~=4.0.30: ~=4.0.30'],
  ['pyodbc (>=4.0,<5)', 'driver >=4.0,<5: >=4.0,<5'],
  ['pyodbc >= 4.0, != 4.0.31 ; python_version < "3.12"', 'driver >= 4.0, != 4.0.31: >= 4.0, != 4.0.31'],
  ['pyodbc==4.0.39;python_version<"3.8"', 'driver 4.0.39: 4.0.39'],
  ['pyodbc==4.0.39#comment', 'driver 4.0.39: 4.0.39'],
  ['pyodbc==4.0.39 --hash=sha256:aa --hash=sha256:bb', 'driver 4.0.39: 4.0.39'],
  ['pyodbc>=4.0 --hash=sha256:aa', 'driver >=4.0: >=4.0'],
  ['pyodbc==4.0.39 \\\n    --hash=sha256:aa', 'driver 4.0.39: 4.0.39'],
  ['pyodbc==4.0.39 --config-settings "a=b"', 'driver 4.0.39: 4.0.39'],
  ['sqlalchemy[asyncio, mssql-pyodbc]==1.4.0', 'driver 1.4.0: 1.4.0'],
  ['python_tds==1.11.0', 'driver 1.11.0: 1.11.0'],
  ['Python.TDS==1.11.0', 'driver 1.11.0: 1.11.0'],
  ['pyodbc @ https://files.example.com/pyodbc-4.0.39.whl', 'driver null: pyodbc'],
])('%p', (line, expected) => {
  expect(saysOf(requirements, FILE, line)).toEqual([expected]);
  expect(saysOf(requirements, FILE, `a==1\n${line}\nb==2\n`)).toEqual([expected]);
});

test.each([
  '# pyodbc==4',
  '-e pyodbc',
  '--pyodbc',
  'my-pyodbc==1',
  'pyodbc-extras==1',
  'https://example.com/pyodbc',
  '',
])('nothing in %p', (line) => {
  expect(saysOf(requirements, FILE, line)).toEqual([]);
});

test('constraints fix versions, they do not install', () => {
  expect(declarationsOf(requirements, 'constraints.txt', 'pyodbc==5.1.0\n')).toMatchObject([
    { role: 'pins', version: '5.1.0', scope: '' },
  ]);
});

test('in other dress, cut anywhere, and long', () => {
  expectSameInOddDress(requirements, FILE, TEXT, '# 🔒');
  expect(saysOf(requirements, FILE, '\uFEFFpyodbc==4.0.39')).toEqual(['driver 4.0.39: 4.0.39']);
  expectEveryPrefixToBeRead(requirements, FILE, TEXT);
  const started = performance.now();
  for (const part of [' ', '\t\n', 'a', '[', 'a[', '=', 'pyodbc==4 ', 'pyodbc>=4 --hash']) {
    saysOf(requirements, FILE, `pyodbc${part.repeat(2_000_000 / part.length)}`);
  }
  expect(performance.now() - started).toBeLessThan(10_000);
});
