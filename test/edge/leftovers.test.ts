// What a process leaves is gone before it is: a child process ends in each way there is, and says what it removed.
import { spawn } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { expect, test } from '@jest/globals';
import { NODES } from '../end-to-end/run.ts';

const LIMIT_MS = 20_000;
const LEFTOVERS = pathToFileURL('src/edge/leftovers.ts').href;
const WORK = `
  const { withLeftover } = await import('${LEFTOVERS}');
  const one = (name) => withLeftover(
    () => console.log(name + ' removed at once'),
    async (signal) => {
      console.log(name + ' is there');
      await new Promise((stop) => signal.aborted ? stop() : signal.addEventListener('abort', stop));
      console.log(name + ' removed');
    },
  );
  // Something to wait for, as a child process or a socket is.
  const busy = setInterval(() => {}, 1000);
`;

interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly lines: readonly string[];
}

/** Runs the script, and sends `signal` once it said that `there` things are there. */
function play(script: string, signal: NodeJS.Signals | null = null, there = 1): Promise<Ended> {
  return new Promise((done) => {
    const child = spawn(NODES[24], ['--no-warnings', '--input-type=module', '-e', WORK + script], {
      timeout: LIMIT_MS,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      if (signal !== null && output.split('is there').length > there) child.kill(signal);
    });
    child.on('close', (code, by) => done({ code, signal: by, lines: output.trim().split('\n') }));
  });
}

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('%s: removed, then ended by it', async (signal) => {
  expect(await play(`await one('a'); console.log('never');`, signal)).toEqual({
    code: null,
    signal,
    lines: ['a is there', 'a removed'],
  });
});

test('each of several is removed', async () => {
  const { signal, lines } = await play(`await Promise.all([one('a'), one('b')]);`, 'SIGTERM', 2);
  expect(signal).toBe('SIGTERM');
  expect([...lines].sort()).toEqual(['a is there', 'a removed', 'b is there', 'b removed']);
});

test.each([
  ['process.exit', 'process.exit(7)', 7],
  ['a fault that nobody caught', "throw new Error('no')", 1],
])('%s: removed at once', async (_, how, code) => {
  const ended = await play(`one('a'); setImmediate(() => { ${how}; });`);
  expect(ended).toEqual({ code, signal: null, lines: ['a is there', 'a removed at once'] });
});

test('work that ends by itself leaves no listener', async () => {
  const { code, lines } = await play(`
    await withLeftover(() => console.log('never'), async () => {});
    console.log(process.listenerCount('SIGINT') + process.listenerCount('exit'));
    clearInterval(busy);
  `);
  expect([code, lines]).toEqual([0, ['0']]);
});
