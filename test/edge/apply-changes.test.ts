import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { SourceText } from '../../src/discover/text/source-text.ts';
import { applyChanges } from '../../src/edge/apply-changes.ts';
import type { Change } from '../../src/model/change.ts';
import type { Finding } from '../../src/model/finding.ts';

const TEXT = 'one\r\nversion=1.0.0;Password=hunter2\r\nthree é\r\n';
let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'fix-'));
});
afterEach(() => rmSync(root, { recursive: true }));

function finding(changes: readonly Change[], rest: Partial<Finding> = {}): Finding {
  return {
    rule: 'driver-end-of-support',
    scenario: null,
    level: 'warning',
    confidence: 'declared',
    file: 'a.conf',
    line: 2,
    column: 9,
    endLine: 2,
    endColumn: 14,
    message: '',
    fix: '',
    changes,
    helpUri: '',
    client: null,
    target: null,
    evidence: [],
    fingerprint: '',
    alsoAt: [],
    suppressed: null,
    ...rest,
  };
}

/** Puts `newText` where `old` stands in the text. */
function edit(old: string, newText: string, safe = true, file = 'a.conf'): Change {
  const start = TEXT.indexOf(old);
  return { kind: 'edit', span: new SourceText(file, TEXT).span(start, start + old.length), newText, safe };
}

const apply = (findings: readonly Finding[], dryRun = false) =>
  applyChanges(findings, { root, dryRun, checkedText: () => TEXT });
const bytes = (file = 'a.conf') => readFileSync(join(root, file));

const BUMP = finding([edit('1.0.0', '1.2.0')]);
const AFTER = TEXT.replace('1.0.0', '1.2.0');

const utf16be = (text: string) => Buffer.from(text, 'utf-16le').swap16();
describe('an edit keeps', () => {
  test.each([
    ['UTF-8', (text: string) => Buffer.from(text)],
    ['UTF-8 with a mark', (text: string) => Buffer.from(`\uFEFF${text}`)],
    ['UTF-16 LE', (text: string) => Buffer.from(`\uFEFF${text}`, 'utf-16le')],
    ['UTF-16 BE', (text: string) => utf16be(`\uFEFF${text}`)],
    ['Latin-1', (text: string) => Buffer.from(text, 'latin1')],
  ])('%s and its line ends', async (_, encode) => {
    writeFileSync(join(root, 'a.conf'), encode(TEXT));
    const { done, left } = await apply([BUMP]);
    expect(done).toEqual(['a.conf:2 driver-end-of-support: 1.0.0 becomes 1.2.0.']);
    expect(left).toEqual([]);
    expect(bytes()).toEqual(encode(AFTER));
    expect(readdirSync(root)).toEqual(['a.conf']);
  });

  test('the mode of the file', async () => {
    writeFileSync(join(root, 'a.conf'), TEXT);
    chmodSync(join(root, 'a.conf'), 0o750);
    await apply([BUMP]);
    expect(bytes().toString()).toBe(AFTER);
    if (process.platform !== 'win32') expect(statSync(join(root, 'a.conf')).mode & 0o777).toBe(0o750);
  });
});

test('a dry run says the same and writes nothing; the diff shows no password', async () => {
  writeFileSync(join(root, 'a.conf'), TEXT);
  const dry = await apply([BUMP], true);
  expect(bytes().toString()).toBe(TEXT);
  expect(dry.diff).toMatch(
    /^--- a\/a\.conf\n\+\+\+ b\/a\.conf\n@@ -2,1 \+2,1 @@\n-version=1\.0\.0;.*\n\+version=1\.2\.0;.*\n$/,
  );
  expect(dry.diff).not.toContain('hunter2');
  expect(await apply([BUMP])).toEqual(dry);
});

test('several edits of one file; the first of two that overlap wins', async () => {
  writeFileSync(join(root, 'a.conf'), TEXT);
  const { done, left } = await apply([
    BUMP,
    finding([edit('three', 'four')]),
    finding([edit('version=1.0', 'v=2')], { rule: 'encryption-optional' }),
    BUMP,
  ]);
  expect(bytes().toString()).toBe(AFTER.replace('three', 'four'));
  expect(done).toHaveLength(2);
  expect(left).toEqual([
    'a.conf:2 encryption-optional: left, another fix changes the same text: check again.',
  ]);
});

describe('left as it is', () => {
  test.each([
    ['no change is known', finding([]), 'no edit of a file would do'],
    [
      'only a command',
      finding([{ kind: 'command', on: 'server', shell: 'sh', text: 'x', source: null }]),
      'not mended by an edit',
    ],
    ['an edit that is not safe', finding([edit('1.0.0', '2.0.0', false)]), 'a person has to look'],
    [
      'the same in another file',
      { ...BUMP, alsoAt: [{ file: 'b', line: 1, column: 1, endLine: 1, endColumn: 2 }] },
      '1 other place',
    ],
  ])('%s', async (_, one, why) => {
    writeFileSync(join(root, 'a.conf'), TEXT);
    const { done, left, diff } = await apply([one]);
    expect({ done, diff }).toEqual({ done: [], diff: '' });
    expect(left).toEqual([expect.stringContaining(why)]);
    expect(bytes().toString()).toBe(TEXT);
  });

  test('a lockfile that says the same is written anew by its package manager', async () => {
    writeFileSync(join(root, 'a.conf'), TEXT);
    const also = { file: 'package-lock.json', line: 1, column: 1, endLine: 1, endColumn: 2 };
    const { done } = await apply([{ ...BUMP, alsoAt: [also] }]);
    expect(done).toHaveLength(1);
  });

  test('a finding that someone accepted', async () => {
    writeFileSync(join(root, 'a.conf'), TEXT);
    const suppressed = { by: 'policy', reason: 'known', expires: null } as const;
    expect(await apply([{ ...BUMP, suppressed }])).toMatchObject({ done: [], left: [] });
    expect(bytes().toString()).toBe(TEXT);
  });

  test('a file that changed since it was checked', async () => {
    writeFileSync(join(root, 'a.conf'), `x${TEXT}`);
    expect((await apply([BUMP])).left).toEqual([expect.stringContaining('not the text that was checked')]);
    expect(bytes().toString()).toBe(`x${TEXT}`);
  });

  test('a file that is gone', async () => {
    expect((await apply([BUMP])).left).toEqual([expect.stringContaining('ENOENT')]);
  });

  test('what a symbolic link leads to', async () => {
    const outside = mkdtempSync(join(tmpdir(), 'outside-'));
    writeFileSync(join(outside, 'a.conf'), TEXT);
    symlinkSync(join(outside, 'a.conf'), join(root, 'a.conf'));
    symlinkSync(outside, join(root, 'link'));
    mkdirSync(join(root, 'real'));
    const through = finding([edit('1.0.0', '1.2.0', true, 'link/a.conf')], { file: 'link/a.conf' });
    const out = finding([edit('1.0.0', '1.2.0', true, 'real/../../x.conf')]);
    const { done, left } = await apply([BUMP, through, out]);
    expect(done).toEqual([]);
    expect(left).toHaveLength(3);
    expect(readFileSync(join(outside, 'a.conf'), 'utf8')).toBe(TEXT);
    rmSync(outside, { recursive: true });
  });
});
