import { describe, expect, test } from '@jest/globals';
import { packageJson } from '../../../../src/discover/readers/node/package-json.ts';
import { packageLock } from '../../../../src/discover/readers/node/package-lock.ts';
import { declarationsOf, problemOf } from '../../declarations.ts';
import { expectEveryPrefixToBeRead, expectSameInOddDress, saysOf } from '../odd-files.ts';

describe('package.json', () => {
  const FILE = 'services/web/package.json';
  const TEXT = `{
  "name": "web",
  "engines": { "node": ">=18" },
  "volta": { "node": "18.19.0" },
  "dependencies": { "mssql": "^6.2.0", "express": "^4.0.0" },
  "devDependencies": {
    "tedious": "~14.0.0"
  }
}
`;

  test.each([
    ['package.json', true],
    ['a/package.json', true],
    ['a/my-package.json', false],
    ['package.json5', false],
  ])('%s: %p', (path, expected) => {
    expect(packageJson.matches(path)).toBe(expected);
  });

  test('drivers of every section, and what Node is asked for', () => {
    expect(declarationsOf(packageJson, FILE, TEXT)).toMatchObject([
      { kind: 'runtime', platform: 'node', version: '>=18', text: '>=18', lowerBound: true },
      { kind: 'runtime', platform: 'node', version: '18.19.0', text: '18.19.0', lowerBound: false },
      {
        kind: 'driver',
        ecosystem: 'npm',
        package: 'mssql',
        version: '^6.2.0',
        text: '^6.2.0',
        role: 'uses',
        scope: 'services/web',
        span: { line: 5, column: 31, endColumn: 37 },
      },
      { kind: 'driver', package: 'tedious', version: '~14.0.0', text: '~14.0.0', role: 'uses' },
    ]);
  });

  test.each(['dependencies', 'optionalDependencies', 'peerDependencies', 'devDependencies'])(
    '%s',
    (section) => {
      expect(saysOf(packageJson, FILE, `{"${section}":{"tedious":"1.0.0"}}`)).toEqual([
        'driver 1.0.0: 1.0.0',
      ]);
    },
  );

  test.each([
    ['{"dependencies":{"tedious":"1.0.0"},"devDependencies":{"tedious":"2.0.0"}}', ['driver 1.0.0: 1.0.0']],
    ['{"dependencies":{"tedious":"1.0.0","tedious":"2.0.0"}}', ['driver 2.0.0: 2.0.0']],
    ['{"dependencies":{"mssql":"1"},"dependencies":{"tedious":"2.0.0"}}', ['driver 2.0.0: 2.0.0']],
    ['{"dependencies":{"t\\u0065dious":"\\u00311.0.0"}}', ['driver 11.0.0: \\u00311.0.0']],
    ['{"dependencies":{"tedious":""},"engines":{"node":""}}', ['driver null: tedious']],
    ['{"dependencies":{"sql":"npm:tedious@^15.1.0"}}', ['driver ^15.1.0: ^15.1.0']],
    ['{"dependencies":{"sql":"npm:@types/tedious"}}', ['driver null: sql']],
    ['{"dependencies":["tedious"],"engines":{"node":18},"volta":null}', []],
    ['{"dependencies":{"tedious":{"version":"1"},"mssql":null}}', []],
    ['[]', []],
    ['"tedious"', []],
  ])('%s', (text, expected) => {
    expect(saysOf(packageJson, FILE, text)).toEqual(expected);
  });

  test('in other dress, and cut anywhere', () => {
    expectSameInOddDress(packageJson, FILE, TEXT, '// 🔒');
    expectEveryPrefixToBeRead(packageJson, FILE, TEXT);
  });

  test.each([
    ['', 0],
    ['{"dependencies": {', 18],
    ['{"a": 1 "b": 2}', 8],
    ['{\n<<<<<<< HEAD\n}', 2],
  ])('%p is unreadable at %d', (text, start) => {
    expect(problemOf(packageJson, text)).toMatchObject({ start });
  });

  test('nested too deeply is a reason, not a crash', () => {
    expect(problemOf(packageJson, '['.repeat(200_000))?.message).toBe('nested too deeply');
    expect(problemOf(packageJson, '{"a":'.repeat(200_000))?.message).toBe('nested too deeply');
  });
});

describe('package-lock.json', () => {
  const FILE = 'services/web/package-lock.json';
  const V3 = `{
  "name": "web",
  "lockfileVersion": 3,
  "packages": {
    "": { "version": "1.0.0", "dependencies": { "tedious": "^14.0.0" } },
    "node_modules/@types/tedious": { "version": "4.0.14" },
    "node_modules/express": { "version": "4.18.0" },
    "node_modules/tedious": {
      "version": "14.7.0",
      "resolved": "https://registry.example.com/tedious/-/tedious-14.7.0.tgz"
    }
  },
  "dependencies": { "tedious": { "version": "14.7.0" } }
}
`;

  test.each([
    ['package-lock.json', true],
    ['a/npm-shrinkwrap.json', true],
    ['a/package.json', false],
    ['a/yarn.lock', false],
  ])('%s: %p', (path, expected) => {
    expect(packageLock.matches(path)).toBe(expected);
  });

  test('versions 2 and 3 fix the driver once, in `packages`', () => {
    expect(declarationsOf(packageLock, FILE, V3)).toMatchObject([
      // The types have a version of their own, which says nothing of the driver's.
      { kind: 'driver', package: '@types/tedious', version: null, text: '4.0.14', role: 'pins' },
      {
        kind: 'driver',
        ecosystem: 'npm',
        package: 'tedious',
        version: '14.7.0',
        text: '14.7.0',
        role: 'pins',
        scope: 'services/web',
        span: { line: 9, column: 19, endColumn: 25 },
      },
    ]);
  });

  test('version 1 lists them as `dependencies`', () => {
    const text = '{"lockfileVersion":1,"dependencies":{"mssql":{"version":"4.3.0"},"x":{"version":"1.0.0"}}}';
    expect(saysOf(packageLock, FILE, text)).toEqual(['driver 4.3.0: 4.3.0']);
  });

  test('a workspace gets what lies in its own node_modules', () => {
    const text = `{"packages":{
      "apps/etl": { "version": "2.0.0" },
      "apps/etl/node_modules/tedious": { "version": "9.2.0" },
      "node_modules/etl": { "resolved": "apps/etl", "link": true },
      "node_modules/tedious": { "version": "18.0.0" }
    }}`;
    expect(declarationsOf(packageLock, 'package-lock.json', text)).toMatchObject([
      { version: '9.2.0', scope: 'apps/etl', text: '9.2.0' },
      { version: '18.0.0', scope: '', text: '18.0.0' },
    ]);
    expect(declarationsOf(packageLock, FILE, text)).toMatchObject([
      { scope: 'services/web/apps/etl' },
      { scope: 'services/web' },
    ]);
  });

  test('what another package keeps for itself is not what the project gets', () => {
    const nested = (top: string) =>
      `{"packages":{"node_modules/mssql/node_modules/tedious":{"version":"2.0.0"}${top}}}`;
    expect(saysOf(packageLock, FILE, nested(',"node_modules/tedious":{"version":"18.0.0"}'))).toEqual([
      'driver 18.0.0: 18.0.0',
    ]);
  });

  test('in other dress, cut anywhere, and odd', () => {
    expectSameInOddDress(packageLock, FILE, V3, '// 🔒');
    expectEveryPrefixToBeRead(packageLock, FILE, V3);
    for (const text of ['{}', '[]', '{"packages":[]}', '{"packages":{"node_modules/tedious":null}}']) {
      expect(saysOf(packageLock, FILE, text)).toEqual([]);
    }
    expect(saysOf(packageLock, FILE, '{"packages":{"node_modules/tedious":{"version":14}}}')).toEqual([]);
  });
});
