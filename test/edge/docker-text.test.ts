import { describe, expect, test } from '@jest/globals';
import {
  createArguments,
  generatedPassword,
  inOrder,
  isElsewhere,
  LABEL,
  publishedPort,
} from '../../src/edge/docker-text.ts';

test('the password meets SQL Server’s policy every time, and is another every time', () => {
  const made = Array.from({ length: 200 }, generatedPassword);
  for (const password of made) {
    expect(password).toMatch(/^(?=.*[A-Z])(?=.*[a-z])(?=.*[0-9])(?=.*[^A-Za-z0-9])[\w.~-]{16,128}$/);
    expect([encodeURIComponent(password), JSON.stringify(password)]).toEqual([password, `"${password}"`]);
  }
  expect(new Set(made).size).toBe(made.length);
});

test('the arguments: a loopback port of docker’s choice, a label, a name, and no password', () => {
  const args = createArguments('some-name', 'registry.example/sql:1');
  expect(args.at(-1)).toBe('registry.example/sql:1');
  const after = (option: string) => args.filter((_, index) => args[index - 1] === option);
  expect(after('--publish')).toEqual(['127.0.0.1::1433/tcp']);
  expect(after('--env')).toEqual(['ACCEPT_EULA=Y', 'MSSQL_SA_PASSWORD']);
  expect(after('--label')).toEqual([LABEL]);
  expect(after('--name')).toEqual(['some-name']);
  expect(after('--pull')).toEqual(['never']);
});

test.each([
  ['unix:///var/run/docker.sock', false],
  ['npipe:////./pipe/docker_engine', false],
  ['tcp://127.0.0.1:2375', false],
  ['tcp://localhost:2375', false],
  ['tcp://[::1]:2375', false],
  ['tcp://:2375', false],
  ['tcp://docker:2375', true],
  ['tcp://10.0.0.5:2376', true],
  ['http://build.example.com', true],
  ['ssh://me@build.example.com', true],
  ['', false],
])('docker’s engine at "%s" is elsewhere: %s', (endpoint, elsewhere) => {
  expect(isElsewhere(endpoint)).toBe(elsewhere);
});

test.each([
  ['127.0.0.1:49153\n', 49153],
  ['[::1]:49153\n127.0.0.1:49154\n', 49154],
  ['', null],
  ['0.0.0.0:49153\n', null],
])('docker port: %j', (text, port) => expect(publishedPort(text)).toBe(port));

describe('docker logs --timestamps', () => {
  const at = (second: number, text: string) => `2027-03-01T12:00:0${second}.123456789Z ${text}\n`;

  test('both streams in the order of their times', () => {
    expect(inOrder(at(1, 'one') + at(3, 'three'), at(2, 'two') + at(4, 'four'))).toBe(
      'one\ntwo\nthree\nfour',
    );
  });

  test('lines of one instant stay as they were, lines without a time are kept', () => {
    expect(inOrder(at(1, 'b') + at(1, 'a'), '')).toBe('b\na');
    expect(inOrder('Error response from daemon', '')).toBe('Error response from daemon');
  });
});
