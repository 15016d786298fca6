import { describe, expect, test } from '@jest/globals';
import { pyproject } from '../../../../src/discover/readers/python/pyproject.ts';
import { declarationsOf, problemOf } from '../../declarations.ts';
import { expectEveryPrefixToBeRead, expectSameInOddDress, saysOf } from '../odd-files.ts';

const FILE = 'jobs/etl/pyproject.toml';
const TEXT = `[project]
name = "etl"
requires-python = ">=3.9"
# "pymssql==1.0"
dependencies = [
  "pyodbc==4.0.39",
  "requests>=2",  # "pymssql"
  'SQLAlchemy[mssql] >=1.4,<2 ; python_version < "3.12"',
]

[project.optional-dependencies]
tds = ["python_tds~=1.11.0"]

[dependency-groups]
test = ["pymssql", { include-group = "lint" }]

[tool.poetry.dependencies]
python = "^3.9"
pyodbc = "^4.0"
pymssql = { version = "2.2.8", optional = true }

[tool.poetry.group.dev.dependencies.mssql-django]
version = "~1.2"

[[tool.poetry.source]]
url = "https://etl:hunter2@registry.example.com/simple"
`;

test.each([
  ['pyproject.toml', true],
  ['a/pyproject.toml', true],
  ['a/my-pyproject.toml', false],
  ['a/pyproject.toml.bak', false],
])('%s: %p', (path, expected) => {
  expect(pyproject.matches(path)).toBe(expected);
});

test('every table that names packages, and the Python asked for', () => {
  const declared = declarationsOf(pyproject, FILE, TEXT);
  expect(
    declared.map(
      (one) =>
        `${one.kind === 'driver' ? one.package : one.kind} ${'version' in one && one.version}: ${one.text}`,
    ),
  ).toEqual([
    'runtime >=3.9: >=3.9',
    'pyodbc 4.0.39: 4.0.39',
    'SQLAlchemy >=1.4,<2: >=1.4,<2',
    'python_tds ~=1.11.0: ~=1.11.0',
    'pymssql null: pymssql',
    'runtime ^3.9: ^3.9',
    'pyodbc ^4.0: ^4.0',
    'pymssql 2.2.8: 2.2.8',
    'mssql-django ~1.2: ~1.2',
  ]);
  expect(declared[0]).toMatchObject({ platform: 'python', lowerBound: true });
  expect(declared[1]).toMatchObject({
    ecosystem: 'pypi',
    driver: 'pyodbc',
    role: 'uses',
    scope: 'jobs/etl',
    span: { line: 6, column: 12, endColumn: 18 },
  });
});

const poetry = (line: string) => `[tool.poetry.dependencies]\n${line}\n`;
const project = (item: string) => `[project]\ndependencies = [${item}]\n`;

test.each([
  [poetry('pyodbc = "==4.0.39"'), ['driver 4.0.39: 4.0.39']],
  [poetry('"pyodbc" = "*"'), ['driver *: *']],
  [poetry('pyodbc = { git = "https://git.example.com/pyodbc" }'), ['driver null: pyodbc']],
  [poetry('pyodbc.version = "^4"'), ['driver ^4: ^4']],
  [poetry('pyodbc = [{ version = "^4" }, { version = "^5" }]'), ['driver ^4: ^4', 'driver ^5: ^5']],
  [poetry('pyodbc = ""'), ['driver null: pyodbc']],
  [poetry('pyodbc = "\\u005e4"'), ['driver ^4: \\u005e4']],
  ['[tool.poetry.dev-dependencies]\npyodbc = "^4"', ['driver ^4: ^4']],
  ['tool.poetry.dependencies.pyodbc = "^4"', ['driver ^4: ^4']],
  [project('"pyodbc=\\u003d4.0"'), ['driver 4.0: pyodbc=\\u003d4.0']],
  [project('"""pyodbc==4.0"""'), ['driver 4.0: 4.0']],
  [project('"pyodbc @ https://files.example.com/pyodbc.whl"'), ['driver null: pyodbc']],
  [project('"", 1, ["pyodbc"], { pyodbc = "1" }, "my-pyodbc"'), []],
  ['project = 1\ntool = []', []],
  ['[[project]]\ndependencies = ["pyodbc"]', []],
  ['[build-system]\nrequires = ["setuptools"]', []],
  ['', []],
])('%p', (text, expected) => {
  expect(saysOf(pyproject, FILE, text)).toEqual(expected);
});

describe('odd and broken', () => {
  test('in other dress, and cut anywhere', () => {
    expectSameInOddDress(pyproject, FILE, TEXT, '# 🔒');
    expectEveryPrefixToBeRead(pyproject, FILE, TEXT);
  });

  test.each([
    ['[project]\na = ', 14],
    ['a = "hunter2', 12],
    ['a = 1\n<<<<<<< HEAD\n', 6],
    ['a = 1\na = 2\n', 6],
  ])('%p is unreadable', (text, start) => {
    const problem = problemOf(pyproject, text);
    expect(problem?.message).not.toContain('hunter2');
    expect(problem?.message).not.toBe('');
    expect(Math.abs((problem?.start ?? -100) - start)).toBeLessThanOrEqual(2);
  });

  test('deep nesting is a reason or nothing, never a crash', () => {
    expect(problemOf(pyproject, `${'a.'.repeat(20_000)}a = 1`)?.message).toBe('nested too deeply');
    expect(problemOf(pyproject, `[${'a.'.repeat(20_000)}a]`)?.message).toBe('nested too deeply');
    const lists = (depth: number) => `a = ${'['.repeat(depth)}${']'.repeat(depth)}`;
    expect(problemOf(pyproject, lists(101))?.message).toBe('nested too deeply');
    expect(problemOf(pyproject, lists(100))).toBeNull();
    expect(problemOf(pyproject, '{a={'.repeat(1000))?.message).toBe('nested too deeply');
    expect(problemOf(pyproject, '[[a]]\n'.repeat(10_001))?.message).toBe('more than 10000 tables');
    expect(problemOf(pyproject, ' '.repeat(5_000_000))?.message).toBe('the file is larger than 4 MB of TOML');
  });

  test('brackets in texts and comments are none', () => {
    const many = '['.repeat(1000);
    const texts = [
      `"${many}\\"${many}"`,
      `'${many}'`,
      `"""\n${many}"" ${many}"""`,
      `'''\n${many}'''`,
      `1 # ${many}`,
    ];
    for (const text of texts) expect(problemOf(pyproject, `a = ${text}\nb = 1\n`)).toBeNull();
  });
});
