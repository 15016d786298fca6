// Many servers: where they are named, in what order their pages come, how many are asked at a time.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { inOrder } from '../../src/cli/in-order.ts';
import { probeCommand } from '../../src/cli/probe-command.ts';
import type { ProbeReport } from '../../src/model/probe-report.ts';
import { afterPrelogin, rawServer } from '../observe/raw-server.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hosts-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function hosts(text: string): string {
  const file = join(folder, 'hosts.txt');
  writeFileSync(file, text);
  return file;
}

/** Ctrl+C, while a probe of many is under way. */
let interrupt: (() => void) | null = null;

async function probe(...args: string[]) {
  const said = { out: '', error: '', progress: '' };
  const code = await probeCommand(args, {
    out: (text) => (said.out += text),
    error: (text) => (said.error += text),
    progress: (text) => (said.progress += text),
    onInterrupt: (stop) => {
      interrupt = stop;
      return () => {
        interrupt = null;
      };
    },
    columns: 120,
    color: false,
  });
  return { code, ...said };
}

const endpointsOf = (json: string) =>
  (JSON.parse(json) as ProbeReport).targets.map(({ endpoint }) => endpoint);

describe('a file of hosts', () => {
  test('comments, blank lines, CRLF, a byte order mark; each once, in their order', async () => {
    const file = hosts('\uFEFF# ours\r\nlab:closing  # the old one\r\n\r\nlab:silent\nlab:closing\n');
    const { code, out } = await probe('lab:sql-server-2022', '-f', file, '--json', '--deadline', '0.2');
    expect(endpointsOf(out)).toEqual(['lab:sql-server-2022', 'lab:closing', 'lab:silent']);
    expect(code).toBe(3);
  });

  test('every mistake with its place', async () => {
    const file = hosts('lab:closing\na,b\nlab:nothing\n');
    const { code, out, error } = await probe('-f', file);
    expect([code, out]).toEqual([2, '']);
    expect(error.split('\n')).toEqual([
      `${file}:2: "a,b" is no endpoint; expected host,port, host\\INSTANCE, lab:PROFILE or container:IMAGE.`,
      `${file}:3: There is no lab profile "nothing"; \`lab --list\` names them.`,
      '',
    ]);
  });

  test('a thousand mistakes are not all told', async () => {
    const { error } = await probe('-f', hosts('a,b\n'.repeat(1000)));
    expect(error.split('\n')).toHaveLength(22);
    expect(error).toContain('… and 980 more like these.');
  });

  test.each([
    ['/no/such/hosts', 'there is no such file'],
    ['/', 'it is a folder'],
  ])('%s: %s', async (file, why) => {
    expect(await probe('-f', file)).toMatchObject({ code: 2, error: `${file} cannot be read: ${why}.\n` });
  });
});

test.each([
  ['--concurrency', '0', 'is no number of servers; expected 1 to 1000.'],
  ['--concurrency', 'x', 'is no number of servers; expected 1 to 1000.'],
  ['--deadline', '-1', 'is no time in seconds; expected 0.1 to 60.'],
  ['--deadline', '', 'is no time in seconds; expected 0.1 to 60.'],
])('%s %s', async (option, value, expected) => {
  expect(await probe('lab:closing', `${option}=${value}`)).toMatchObject({
    code: 2,
    error: `${option} ${value} ${expected}\n`,
  });
});

test('pages in the order asked, whoever is done first; a line at the end; progress on its own line', async () => {
  const { code, out, progress } = await probe(
    'lab:silent',
    'lab:closing',
    'lab:sql-server-2022',
    '--deadline',
    '0.3',
  );
  expect(code).toBe(3);
  expect(out.match(/^lab:.*$/gm)).toEqual(['lab:silent', 'lab:closing', 'lab:sql-server-2022']);
  expect(out).toMatch(/\n\n3 servers: 1 answered, 2 did not\.\n$/);
  expect(progress).toContain('\r\u001b[K2 of 3 servers');
  expect(progress.endsWith('\r\u001b[K')).toBe(true);
});

test('Ctrl+C: what is done is told, the rest was not asked', async () => {
  const server = await rawServer((socket) => {
    interrupt?.();
    socket.end();
  });
  try {
    const asked = ['lab:closing', `127.0.0.1,${server.port}`, 'lab:sql-server-2022', 'lab:silent'];
    const { code, out } = await probe(...asked, '--json', '--concurrency', '1');
    const { targets } = JSON.parse(out) as ProbeReport;
    expect(code).toBe(130);
    expect(targets.map(({ endpoint }) => endpoint)).toEqual(asked);
    expect(targets.map(({ reason }) => reason === 'not asked: interrupted')).toEqual([
      false,
      false,
      true,
      true,
    ]);
    expect(interrupt).toBeNull();
  } finally {
    await server.close();
  }
});

test('one server needs no such line', async () => {
  const { out, progress } = await probe('lab:sql-server-2022');
  expect(out).not.toContain('servers');
  expect(progress).toBe('');
});

test('two endpoints on one address share its connections', async () => {
  let open = 0;
  let atOnce = 0;
  const behave = afterPrelogin((socket) => {
    open += 1;
    atOnce = Math.max(atOnce, open);
    setTimeout(() => {
      open -= 1;
      socket.resetAndDestroy();
    }, 15);
  });
  const [one, other] = [await rawServer(behave), await rawServer(behave)];
  try {
    await probe(`127.0.0.1,${one.port}`, `127.0.0.1,${other.port}`, '--simulate', 'all');
    expect(atOnce).toBe(4);
  } finally {
    await Promise.all([one.close(), other.close()]);
  }
});

test('jobs: no more at a time than asked for, results in order', async () => {
  let open = 0;
  let atOnce = 0;
  const results: number[] = [];
  const jobs = Array.from({ length: 50 }, (_, index) => index);
  const work = async (job: number) => {
    open += 1;
    atOnce = Math.max(atOnce, open);
    // The later ones are done first.
    for (let turn = 0; turn < 50 - job; turn += 1) await Promise.resolve();
    open -= 1;
    return job;
  };
  await inOrder(jobs, 7, work, (job) => results.push(job));
  expect(results).toEqual(jobs);
  expect(atOnce).toBe(7);
});
