// A login with the committed bundles, on every Node: tedious is a chunk of its own, and no output holds a secret.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import type { CheckReport } from '../../src/model/check-report.ts';
import { folderOf, removeFolders } from './folders.ts';
import { run } from './run.ts';

afterAll(removeFolders);

const ENV = { SQL_USER: 'canary-user-4d21', SQL_PASSWORD: 'canary-pass-8c07' };
const POLICY = [
  'version: 1',
  'targets:',
  '  orders:',
  '    endpoint: lab:sql-server-2022',
  '    login: { user: SQL_USER, password: SQL_PASSWORD, trust-server-certificate: true }',
].join('\n');

const reportOf = (stdout: string) => JSON.parse(stdout) as CheckReport;

describe('check', () => {
  const folder = folderOf({ 'mssql-tls-preflight.yml': POLICY });

  test.each([22, 24] as const)('logs in on Node %i', async (node) => {
    const args = ['check', folder, '--format', 'json', '--verbose'];
    const { code, stdout, stderr } = await run('dist/cli.js', args, { node, env: ENV });
    expect(code).toBe(0);
    expect(reportOf(stdout).targets).toMatchObject([
      { login: { state: 'accepted', evidence: { certificate: { relation: 'as configured' } } } },
    ]);
    for (const secret of Object.values(ENV)) expect(stdout + stderr).not.toContain(secret);
  });

  test('on Node 20 it says why it does not, and does the rest', async () => {
    const args = ['check', folder, '--format', 'json'];
    const { code, stdout } = await run('dist/cli.js', args, { node: 20, env: ENV });
    expect(code).toBe(0);
    const [target] = reportOf(stdout).targets;
    expect(target?.login).toMatchObject({
      state: 'not-asked',
      reason: expect.stringMatching(/^it needs Node 22 or later, and this is 20\./),
    });
    expect(target?.certificate).not.toBeNull();
  });
});

test('the action masks the password, and names it nowhere else, with debug logging too', async () => {
  const workspace = folderOf({ 'mssql-tls-preflight.yml': POLICY });
  const files = folderOf({ output: '', summary: '' });
  const { code, stdout, stderr } = await run('dist/action.js', [], {
    cwd: workspace,
    env: {
      ...ENV,
      GITHUB_ACTIONS: 'true',
      GITHUB_WORKSPACE: workspace,
      GITHUB_OUTPUT: join(files, 'output'),
      GITHUB_STEP_SUMMARY: join(files, 'summary'),
      GITHUB_EVENT_NAME: 'push',
      INPUT_REPORT: 'report.json',
      RUNNER_DEBUG: '1',
      NODE_DEBUG: 'tls,net',
    },
  });
  expect([code, stderr.includes('canary')]).toEqual([0, false]);
  const [mask, ...rest] = stdout.split('\n').filter((line) => line.includes(ENV.SQL_PASSWORD));
  expect([mask, rest]).toEqual([`::add-mask::${ENV.SQL_PASSWORD}`, []]);
  const written = [
    readFileSync(join(files, 'summary'), 'utf8'),
    readFileSync(join(workspace, 'report.json'), 'utf8'),
  ].join('\n');
  expect(written).toContain('16.0.4195.1');
  for (const secret of Object.values(ENV)) expect(written).not.toContain(secret);
});

test('tedious lies in a chunk that only a login loads', () => {
  const holding = readdirSync('dist', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.js'))
    .filter((file) => readFileSync(join('dist', file), 'utf8').includes('TransientErrorLookup'));
  expect(holding).toEqual([expect.stringMatching(/^chunks.login-\w+\.js$/)]);
});
