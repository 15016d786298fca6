import { spawnSync } from 'node:child_process';
import { expect, test } from '@jest/globals';
import { tarOf } from '../../src/edge/tar.ts';

const hasTar = spawnSync('tar', ['--version']).status === 0;
const entry = { path: 'var/opt/mssql/mssql.conf', uid: 10001, gid: 0 };

test.each([0, 1, 511, 512, 513])('%d bytes: whole blocks, and two empty ones at the end', (length) => {
  const archive = tarOf({ ...entry, content: Buffer.alloc(length, 'x') });
  expect(archive.length).toBe(512 + Math.ceil(length / 512) * 512 + 1024);
  expect(archive.subarray(512, 512 + length).every((byte) => byte === 0x78)).toBe(true);
  expect(archive.subarray(512 + length).every((byte) => byte === 0)).toBe(true);
});

(hasTar ? test : test.skip)(`tar reads it${hasTar ? '' : ' (skipped: tar is not installed)'}`, () => {
  const content = Buffer.from('[network]\ntlsprotocols = 1.2\n# é\n');
  const input = tarOf({ ...entry, content });
  const list = spawnSync('tar', ['--numeric-owner', '-tvf', '-'], { input, encoding: 'utf8' });
  expect([list.status, list.stderr]).toEqual([0, '']);
  expect(list.stdout).toMatch(/^-rw-r--r-- 10001\/0 +34 1970-01-01 \d\d:00 var\/opt\/mssql\/mssql\.conf$/m);
  const read = spawnSync('tar', ['-xOf', '-', entry.path], { input });
  expect(read.stdout.equals(content)).toBe(true);
});
