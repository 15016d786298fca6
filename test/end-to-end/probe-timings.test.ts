// `probe --timings` through the committed bundle.
import { expect, test } from '@jest/globals';
import type { ProbeReport } from '../../src/model/probe-report.ts';
import { run } from './run.ts';

const probe = (...args: string[]) => run('dist/cli.js', ['probe', ...args]);

test('numbers in JSON, a table on the page, nothing when not asked', async () => {
  const lab = 'lab:sql-server-2019-tls12-only';
  const [json, page, without] = await Promise.all([
    probe(lab, '--connects', '3', '--format', 'json'),
    probe(lab, '--connects', '2'),
    probe(lab, '--format', 'json'),
  ]);
  expect([json.code, page.code, without.code]).toEqual([0, 0, 0]);
  const [target] = (JSON.parse(json.stdout) as ProbeReport).targets;
  expect(target?.timings).toMatchObject({ connections: 3, connect: { count: 3 }, login: null, hint: null });
  expect(page.stdout).toContain('  timings     2 short connections, at most 4 at a time');
  expect((JSON.parse(without.stdout) as ProbeReport).targets[0]?.timings).toBeNull();
});

test('a number that is none is wrong usage', async () => {
  const { code, stderr } = await probe('lab:silent', '--connects', 'many');
  expect([code, stderr]).toEqual([2, '--connects many is not a number of connections; expected 1 to 100.\n']);
});
