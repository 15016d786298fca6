import { describe, expect, test } from '@jest/globals';
import { pipfile, pipfileLock } from '../../../../src/discover/readers/python/pipfile.ts';
import { declarationsOf, problemOf } from '../../declarations.ts';
import { expectEveryPrefixToBeRead, expectSameInOddDress, saysOf } from '../odd-files.ts';

describe('Pipfile', () => {
  const FILE = 'jobs/etl/Pipfile';
  const TEXT = `[[source]]
url = "https://etl:hunter2@registry.example.com/simple"
name = "pymssql"

[packages]
pyodbc = "==4.0.39"  # pymssql
requests = "*"
python_tds = { version = "~=1.11", markers = "python_version < '3.12'" }

[dev-packages]
pymssql = "*"

[reports]
mssql-django = ">=1.2"

[requires]
python_version = "3.9"

[scripts]
pyodbc = "python -m pyodbc"
`;

  test.each([
    ['Pipfile', true],
    ['a/Pipfile', true],
    ['a/Pipfile.lock', false],
    ['a/MyPipfile', false],
  ])('%s: %p', (path, expected) => {
    expect(pipfile.matches(path)).toBe(expected);
  });

  test('packages of every category, and the Python asked for', () => {
    expect(declarationsOf(pipfile, FILE, TEXT)).toMatchObject([
      {
        ecosystem: 'pypi',
        package: 'pyodbc',
        driver: 'pyodbc',
        version: '4.0.39',
        text: '4.0.39',
        role: 'uses',
        scope: 'jobs/etl',
        span: { line: 6, column: 13, endColumn: 19 },
      },
      { package: 'python_tds', version: '~=1.11', text: '~=1.11' },
      { package: 'pymssql', version: '*', text: '*' },
      { package: 'mssql-django', version: '>=1.2', text: '>=1.2' },
      { kind: 'runtime', platform: 'python', version: '3.9', text: '3.9', lowerBound: false },
    ]);
  });

  test.each([
    ['[packages]\npyodbc = { git = "https://git.example.com/pyodbc" }', ['driver null: pyodbc']],
    ['[packages.pyodbc]\nversion = "*"', ['driver *: *']],
    ['[packages]\npyodbc = "\\u003d=4.0"', ['driver 4.0: \\u003d=4.0']],
    ['[requires]\npython_version = "3.9"\npython_full_version = "3.9.2"', ['runtime 3.9.2: 3.9.2']],
    ['packages = ["pyodbc"]\npyodbc = "1"', []],
    ['', []],
  ])('%p', (text, expected) => {
    expect(saysOf(pipfile, FILE, text)).toEqual(expected);
  });

  test('in other dress, cut anywhere, and broken', () => {
    expectSameInOddDress(pipfile, FILE, TEXT, '# 🔒');
    expectEveryPrefixToBeRead(pipfile, FILE, TEXT);
    expect(problemOf(pipfile, '[packages\npyodbc = "*"')).not.toBeNull();
  });
});

describe('Pipfile.lock', () => {
  const FILE = 'jobs/etl/Pipfile.lock';
  const TEXT = `{
    "_meta": {
        "pyodbc": { "version": "==1" },
        "sources": [{ "url": "https://etl:hunter2@registry.example.com/simple" }]
    },
    "default": {
        "pyodbc": { "hashes": ["sha256:aa"], "index": "pypi", "version": "==4.0.39" },
        "requests": { "version": "==2.31.0" }
    },
    "develop": { "pymssql": { "version": "==2.2.8" } }
}
`;

  test('fixes versions', () => {
    expect(declarationsOf(pipfileLock, FILE, TEXT)).toMatchObject([
      {
        ecosystem: 'pypi',
        package: 'pyodbc',
        version: '4.0.39',
        text: '4.0.39',
        role: 'pins',
        scope: 'jobs/etl',
        span: { line: 7, column: 77, endColumn: 83 },
      },
      { package: 'pymssql', version: '2.2.8', role: 'pins' },
    ]);
  });

  test.each([
    ['{"default":{"pyodbc":{"version":"=\\u003d4.0"}}}', ['driver 4.0: 4.0']],
    ['{"default":{"pyodbc":{"version":""}}}', []],
    ['{"default":{"pyodbc":{"version":4}}}', []],
    ['{"default":{"pyodbc":{"git":"https://git.example.com/pyodbc"}}}', []],
    ['{"default":["pyodbc"],"develop":null}', []],
    ['[]', []],
  ])('%s', (text, expected) => {
    expect(saysOf(pipfileLock, FILE, text)).toEqual(expected);
  });

  test('in other dress, cut anywhere, and broken', () => {
    expectSameInOddDress(pipfileLock, FILE, TEXT, '// 🔒');
    expectEveryPrefixToBeRead(pipfileLock, FILE, TEXT);
    expect(problemOf(pipfileLock, '{"default": {')).toMatchObject({ start: 13 });
  });
});
