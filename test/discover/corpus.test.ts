// test/fixtures/repositories: one folder per family of files, with everything that is found in it in corpus/<family>.golden.txt.
// What lies in a folder `traps` looks like a declaration and is none.
import { readdirSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { openWorkspace } from '../../src/workspace/workspace.ts';
import { expectGolden } from '../golden.ts';
import { claimsNothing, declarationsOfFiles, lineOf } from './listed.ts';

const ROOT = 'test/fixtures/repositories';
const found = new Map(
  await Promise.all(
    readdirSync(ROOT).map(
      async (family) =>
        [family, await declarationsOfFiles(await openWorkspace(`${ROOT}/${family}`))] as const,
    ),
  ),
);
const isTrap = (path: string) => /(?:^|\/)traps\//.test(path);

describe.each([...found])('%s', (family, files) => {
  test('everything that is declared, and where', () => {
    const text = [...files]
      .map(
        ([path, declared]) =>
          `${path}\n${(declared.length ? declared.map(lineOf) : ['nothing']).map((line) => `  ${line}\n`).join('')}`,
      )
      .join('');
    expectGolden(`test/discover/corpus/${family}.golden.txt`, text);
  });

  test('traps claim nothing', () => {
    const caught = [...files].filter(([path]) => isTrap(path)).flatMap(([, declared]) => declared);
    expect(caught.filter((one) => !claimsNothing(one)).map(lineOf)).toEqual([]);
  });

  test('every file outside of traps declares something', () => {
    const silent = [...files].filter(([path, declared]) => !isTrap(path) && declared.length === 0);
    expect(silent.map(([path]) => path)).toEqual([]);
  });
});

test('every golden file has its folder', () => {
  const golden = readdirSync('test/discover/corpus').map((name) => name.replace('.golden.txt', ''));
  expect(golden.sort()).toEqual([...found.keys()].sort());
});
