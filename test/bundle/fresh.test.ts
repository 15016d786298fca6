// dist/ is committed, because the runner starts it as it is: it must be what the sources build.
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { buildInto } from '../../build/build.js';

const built = mkdtempSync(join(tmpdir(), 'preflight-dist-'));
beforeAll(() => buildInto(built));
afterAll(() => rmSync(built, { recursive: true }));

const filesOf = (folder: string) =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => statSync(join(folder, file)).isFile())
      .sort()
      .map((file) => [file, readFileSync(join(folder, file), 'utf8')]),
  );

test('dist/ is what `npm run build` makes', () => {
  const committed = filesOf(resolve('dist'));
  const rebuilt = filesOf(built);
  expect(Object.keys(committed)).toEqual(Object.keys(rebuilt));
  const stale = Object.keys(rebuilt).filter((file) => committed[file] !== rebuilt[file]);
  expect(stale).toEqual([]);
});
