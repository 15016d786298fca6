import { describe, expect, test } from '@jest/globals';
import type { DockerRun } from '../../src/edge/docker.ts';
import { containerFailure, dockerFailure } from '../../src/edge/docker-failure.ts';

const IMAGE = 'mcr.microsoft.com/mssql/server:2022-latest';
const failed = (stderr: string, parts: Partial<DockerRun> = {}): DockerRun => ({
  code: 1,
  stdout: '',
  stderr,
  trouble: null,
  ...parts,
});

describe('why docker failed', () => {
  // Words of docker 20.10, 28 and 29.
  test.each([
    [
      'Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?',
      'no Docker engine answers at unix:///var/run/docker.sock; start it,',
    ],
    [
      'failed to connect to the docker API at npipe:////./pipe/docker_engine; check if the path is correct and if the daemon is running: open //./pipe/docker_engine: The system cannot find the file specified.',
      'no Docker engine answers at npipe:////./pipe/docker_engine; start it,',
    ],
    [
      'error during connect: Get "http://nowhere.invalid:1/v1.50/images/json": dial tcp: lookup nowhere.invalid: no such host',
      'no Docker engine answers; start it,',
    ],
    [
      'WARNING: Error loading config file: open /etc/docker/cli/config.json: permission denied\npermission denied while trying to connect to the Docker daemon socket at unix:///var/run/docker.sock: Get "http://%2Fvar%2Frun%2Fdocker.sock/v1.50/containers/json": dial unix /var/run/docker.sock: connect: permission denied',
      "this user may not use Docker's socket",
    ],
    [
      'Error response from daemon: manifest for mcr.microsoft.com/mssql/server:2023 not found: manifest unknown: manifest tagged by "2023" is not found',
      `the image ${IMAGE} is not found`,
    ],
    [
      "Error response from daemon: pull access denied for nosuch/image, repository does not exist or may require 'docker login': denied: requested access to the resource is denied",
      `the image ${IMAGE} is not found`,
    ],
    [
      'Error response from daemon: Get "https://mcr.microsoft.com/v2/": dial tcp: lookup mcr.microsoft.com on 10.0.0.1:53: no such host',
      `the registry of ${IMAGE} cannot be reached`,
    ],
    [
      'Error response from daemon: Get "https://mcr.microsoft.com/v2/": net/http: request canceled while waiting for connection (Client.Timeout exceeded while awaiting headers)',
      `the registry of ${IMAGE} cannot be reached`,
    ],
    [
      'no matching manifest for linux/arm64/v8 in the manifest list entries',
      `the image ${IMAGE} is not made for linux/arm64/v8`,
    ],
    ['toomanyrequests: You have reached your pull rate limit.', 'allows no more pulls for now'],
    ['write /var/lib/docker/tmp/x: no space left on device', 'there is no space left'],
    ['something that nobody has seen before', 'docker failed (exit code 1)'],
    [
      'Error response from daemon: failed to create shim task: OCI runtime create failed: runc create failed\nError: failed to start containers: some-name',
      'docker failed (exit code 1) (docker: Error response from daemon: failed to create shim',
    ],
  ])('%s', (stderr, meaning) => {
    const reason = dockerFailure(failed(`${stderr}\n`), IMAGE);
    expect(reason).toContain(meaning);
    expect(stderr.split('\n').some((line) => reason.includes(`(docker: ${line.slice(0, 100)}`))).toBe(true);
    expect(reason).not.toContain('\n');
  });

  test('a message without words', () => {
    expect(dockerFailure(failed('', { code: 125 }), IMAGE)).toBe('docker failed (exit code 125)');
  });

  test('no such command, too late', () => {
    expect(dockerFailure(failed('', { code: null, trouble: 'missing' }), IMAGE)).toMatch(
      /^the command `docker` is not there; install Docker/,
    );
    expect(dockerFailure(failed('waiting\n', { code: null, trouble: 'late' }), IMAGE)).toBe(
      'docker did not come to an end in time (docker: waiting)',
    );
  });

  test('no secret, no control character', () => {
    const stderr =
      'Error:\u001b[31m top-\u001b[1msecret-1\u0007 https://me:hunter2@registry.example/v2/ \u202Eend\n';
    const reason = dockerFailure(failed(stderr), IMAGE, ['top-secret-1']);
    expect(reason).not.toMatch(/top-secret-1|hunter2|\p{Cc}|\p{Cf}/u);
  });
});

describe('why a container cannot be asked', () => {
  const ended = (log: string, exitCode: number | null = 1, outOfMemory = false) =>
    containerFailure(IMAGE, { exitCode, outOfMemory, log }, 'did not answer PRELOGIN within 180 s (close)');

  test.each([
    [
      'The SQL Server End-User License Agreement (EULA) must be accepted before SQL\nServer can start.',
      'its licence terms were not accepted',
    ],
    [
      'sqlservr: This program requires a machine with at least 2000 megabytes of memory.',
      'it needs 2000 MB of memory; let Docker have more',
    ],
    [
      "(null): The configuration file '/var/opt/mssql/mssql.conf' failed to load (error: Line 0: The INI file is formatted incorrectly.  File must contain at least one section.).",
      'it cannot read its mssql.conf',
    ],
    [
      '2022-08-14 17:37:38.25 spid30s     ERROR: Unable to set system administrator password: Password validation failed. The password is too short.\n2022-08-14 17:37:38.32 spid30s     An error occurred during server setup.',
      'it does not take the password that was made for it',
    ],
    [
      '2018-10-16 09:06:42.54 spid19s TDSSNIClient initialization failed with error 0xffffffff, status code 0x80. Reason: Unable to initialize SSL support.',
      'its TLS settings do not work',
    ],
    ['exec /opt/mssql/bin/sqlservr: exec format error', 'it is made for another processor'],
  ])('%s', (log, cause) => {
    const reason = ended(log);
    expect(reason).toContain(`the container of ${IMAGE} ended before it answered (exit code 1): ${cause}`);
    expect(reason).toContain(`its last lines: ${log.split('\n')[0]?.replace(/ +/g, ' ').slice(0, 60)}`);
    expect(reason).not.toContain('\n');
  });

  test('out of memory, whatever it wrote', () => {
    expect(ended('', 137, true)).toBe(
      `the container of ${IMAGE} ended before it answered (exit code 137): it ran out of memory; its log is empty`,
    );
  });

  test('one that runs on without an answer', () => {
    expect(ended('starting\n\n', null)).toBe(
      `the container of ${IMAGE} did not answer PRELOGIN within 180 s (close); its last lines: starting`,
    );
  });

  test('the last lines only, each within its bounds', () => {
    const reason = ended(`first\n${'x'.repeat(5000)}\nb\nc\nd\n`);
    expect(reason).not.toContain('first');
    expect(reason).toMatch(/x{300}… \/ b \/ c \/ d$/);
  });
});
