// Without Docker a container target is a sentence in the report, and everything else is checked.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { folderOf, removeFolders } from '../end-to-end/folders.ts';
import { run } from '../end-to-end/run.ts';
import { noEngine } from './image.ts';

afterAll(removeFolders);

const IMAGE = 'mcr.microsoft.com/mssql/server:2022-latest';
const CLI = 'dist/cli.js';
const policy = `version: 1
targets:
  ci:
    container: { image: ${IMAGE} }
`;
const missing = noEngine() === 'docker is not installed';

test('no docker command', async () => {
  const folder = folderOf({ 'mssql-tls-preflight.yml': policy });
  mkdirSync(join(folder, 'nothing-here'));
  const { code, stdout } = await run(CLI, ['check', folder, '--format', 'json'], {
    env: { PATH: join(folder, 'nothing-here') },
  });
  expect(code).toBe(0);
  expect(JSON.parse(stdout).notChecked).toEqual([
    {
      subject: 'ci',
      reason: 'the command `docker` is not there; install Docker, or put it on the PATH',
      file: 'mssql-tls-preflight.yml',
      line: 4,
    },
  ]);
});

(missing ? test.skip : test)(`no engine${missing ? ' (skipped: docker is not installed)' : ''}`, async () => {
  const env = { DOCKER_HOST: 'unix:///nonexistent/docker.sock' };
  const { code, stdout } = await run(CLI, ['probe', `container:${IMAGE}`], { env });
  expect(code).toBe(3);
  expect(stdout).toContain('no Docker engine answers at unix:///nonexistent/docker.sock; start it');
});

(missing ? test.skip : test)(
  `an engine on another machine${missing ? ' (skipped: docker is not installed)' : ''}`,
  async () => {
    const env = { DOCKER_HOST: 'tcp://docker.invalid:2375' };
    const { code, stdout } = await run(CLI, ['probe', `container:${IMAGE}`], { env });
    expect(code).toBe(3);
    expect(stdout).toContain("Docker's engine is on another machine (tcp://docker.invalid:2375)");
  },
);

test('--offline starts nothing', async () => {
  const folder = folderOf({ 'mssql-tls-preflight.yml': policy });
  const { stdout } = await run(CLI, ['check', folder, '--offline', '--format', 'json']);
  expect(JSON.parse(stdout).notChecked).toMatchObject([{ subject: 'ci', reason: 'not probed: --offline' }]);
});

test('a mssql-conf that is not there: nothing is started', async () => {
  const text = policy.replace(' }', ', mssql-conf: infra/mssql.conf }');
  const folder = folderOf({ 'mssql-tls-preflight.yml': text });
  const { stdout } = await run(CLI, ['check', folder, '--format', 'json']);
  expect(JSON.parse(stdout).notChecked).toMatchObject([
    { subject: 'ci', reason: expect.stringContaining('the mssql-conf infra/mssql.conf cannot be used') },
  ]);
});

test.each(['container:', 'container:--privileged', 'container:SQL Server'])(
  'probe %j is refused',
  async (written) => {
    const { code, stderr } = await run(CLI, ['probe', written]);
    expect([code, stderr]).toEqual([2, expect.stringContaining('is no image; expected container:IMAGE')]);
  },
);
