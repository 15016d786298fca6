import { expect, test } from '@jest/globals';
import { poetryLock } from '../../../../src/discover/readers/python/poetry-lock.ts';
import { declarationsOf, problemOf } from '../../declarations.ts';
import { expectEveryPrefixToBeRead, expectSameInOddDress, saysOf } from '../odd-files.ts';

const FILE = 'jobs/etl/poetry.lock';
const TEXT = `# This file is generated.

[[package]]
name = "pyodbc"
version = "4.0.39"
files = [
    {file = "pyodbc-4.0.39.tar.gz", hash = "sha256:e528bb70"},
]

[package.extras]
test = ["pymssql"]

[[package]]
name = "requests"
version = "2.31.0"

[package.dependencies]
python-tds = ">=1.0"

[[package]]
name = "pymssql"
version = "2.2.8"

[metadata]
python-versions = "^3.9"
`;
const UV = `version = 1

[[package]]
name = "etl"
version = "0.1.0"
source = { virtual = "." }
dependencies = [{ name = "pyodbc" }]

[[package]]
name = "pyodbc"
version = "5.1.0"
source = { registry = "https://registry.example.com/simple" }
wheels = [
    { url = "https://files.example.com/pyodbc-5.1.0.whl", hash = "sha256:aa" },
]
`;

test.each([
  ['poetry.lock', true],
  ['a/uv.lock', true],
  ['a/yarn.lock', false],
  ['a/my-poetry.lock', false],
])('%s: %p', (path, expected) => {
  expect(poetryLock.matches(path)).toBe(expected);
});

test('what is locked, not what a locked package asks for', () => {
  expect(declarationsOf(poetryLock, FILE, TEXT)).toMatchObject([
    {
      kind: 'driver',
      ecosystem: 'pypi',
      package: 'pyodbc',
      version: '4.0.39',
      text: '4.0.39',
      role: 'pins',
      scope: 'jobs/etl',
      span: { line: 5, column: 12, endColumn: 18 },
    },
    { package: 'pymssql', version: '2.2.8', text: '2.2.8', role: 'pins' },
  ]);
  expect(declarationsOf(poetryLock, 'uv.lock', UV)).toMatchObject([
    { package: 'pyodbc', version: '5.1.0', text: '5.1.0', role: 'pins', scope: '' },
  ]);
});

test.each([
  ['package = [{ name = "pyodbc", version = "5.1.0" }]', ['driver 5.1.0: 5.1.0']],
  ['[[package]]\nname = "pyodbc"', []],
  ['[[package]]\nname = "pyodbc"\nversion = ""', []],
  ['[[package]]\nname = "pyodbc"\nversion = 5', []],
  ['[package]\nname = "pyodbc"\nversion = "5"', []],
  ['package = 1', []],
  ['', []],
])('%p', (text, expected) => {
  expect(saysOf(poetryLock, FILE, text)).toEqual(expected);
});

test('in other dress, cut anywhere, and broken by a merge', () => {
  for (const text of [TEXT, UV]) {
    expectSameInOddDress(poetryLock, FILE, text, '# 🔒');
    expectEveryPrefixToBeRead(poetryLock, FILE, text);
  }
  expect(problemOf(poetryLock, `${TEXT}<<<<<<< HEAD\n`)).not.toBeNull();
});
