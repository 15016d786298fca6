// Measuring: against lab servers whose accept loop starves, and what it costs a server. Counts and order, no times.
import { afterEach, describe, expect, test } from '@jest/globals';
import { type LabProfile, labProfile } from '../../../src/lab/profiles.ts';
import { startLab } from '../../../src/lab/server.ts';
import { broadHello } from '../../../src/observe/peel/broad-hello.ts';
import { timingHint } from '../../../src/observe/timings/timing-hint.ts';
import { measureTimings, TIMING_DEFAULTS, type TimingOptions } from '../../../src/observe/timings/timings.ts';
import { Slots } from '../../../src/observe/wire/slots.ts';
import { afterPrelogin, rawServer } from '../raw-server.ts';

const HELLO = broadHello('TLS 1.2');
const NO_FAILURES = { timeouts: 0, refusals: 0, resets: 0, closes: 0, others: 0 };
const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
});

const measure = (port: number, options: Partial<TimingOptions> = {}) =>
  measureTimings({ host: '127.0.0.1', port, instance: null, serverName: null }, HELLO, {
    deadlineMs: 5000,
    paceMs: 0,
    ...options,
  });

async function play(name: string, changed: Partial<LabProfile> = {}): Promise<number> {
  const profile = labProfile(name);
  if (!profile) throw new Error(`no lab profile ${name}`);
  const lab = await startLab({ ...profile, ...changed });
  closing.push(() => lab.close());
  return lab.port;
}

async function raw(behave: Parameters<typeof rawServer>[0]) {
  const server = await rawServer(behave);
  closing.push(() => server.close());
  return server;
}

test('a healthy server: every connection comes through every phase', async () => {
  const seen = await measure(await play('sql-server-2019-tls12-only'));
  expect(seen).toMatchObject({
    connections: 20,
    atOnce: 4,
    retransmittedSyns: 0,
    login: null,
    build: '15.0.4430',
  });
  for (const phase of [seen.connect, seen.prelogin, seen.serverHello]) {
    expect(phase).toMatchObject({ count: TIMING_DEFAULTS.connections, failures: NO_FAILURES });
    const { p50, p95, max } = phase;
    expect([p50, p95, max].map(Number)).toEqual(
      [p50, p95, max].map(Number).sort((one, other) => one - other),
    );
  }
});

test('short of workers: TCP is quick, PRELOGIN waits for the worker, ServerHello does not', async () => {
  const stall = { every: 4, milliseconds: 300 };
  const { connect, prelogin, serverHello } = await measure(
    await play('sql-server-2017-short-of-workers', { stall }),
    { connections: 12 },
  );
  expect([connect.count, prelogin.count, serverHello.count]).toEqual([12, 12, 12]);
  // A stall may come a tick early by the other clock.
  expect(prelogin.max).toBeGreaterThan(stall.milliseconds * 0.9);
  expect(Number(connect.max)).toBeLessThan(Number(prelogin.max));
  expect(Number(serverHello.p50)).toBeLessThan(Number(prelogin.max));
});

test('short of workers for longer than the deadline: counted as PRELOGIN timeouts', async () => {
  const port = await play('sql-server-2017-short-of-workers', { stall: { every: 1, milliseconds: 60_000 } });
  const { connect, prelogin, serverHello, connections } = await measure(port, {
    deadlineMs: 200,
    connections: 4,
  });
  expect(connections).toBe(4);
  expect(connect).toMatchObject({ count: 4, failures: NO_FAILURES });
  expect(prelogin).toMatchObject({ count: 0, p50: null, p95: null, max: null, failures: { timeouts: 4 } });
  expect(serverHello).toMatchObject({ count: 0, failures: NO_FAILURES });
});

// Elsewhere a full queue refuses, or the kernel keeps more than was asked for.
const onLinux = process.platform === 'linux' ? test : test.skip;
onLinux('no accept at all (elsewhere skipped: what a full queue does is Linux): SYNs time out', async () => {
  const seen = await measure(await play('sql-server-2017-without-workers'), { deadlineMs: 400 });
  const { connect, prelogin, connections } = seen;
  // The queue takes a few; the rest have no answer.
  expect(connect.failures.timeouts).toBeGreaterThan(0);
  expect(connect.count).toBeGreaterThan(0);
  expect(prelogin).toMatchObject({ count: 0, failures: { timeouts: connect.count } });
  expect(connect.count + connect.failures.timeouts).toBe(connections);
  // Nobody ever gets through: it ends before all are spent.
  expect(connections).toBeLessThan(TIMING_DEFAULTS.connections);
  expect(timingHint(seen)?.signals).toHaveLength(2);
});

describe('what it costs a server', () => {
  test('never more at once than asked for, and all of them', async () => {
    let open = 0;
    let most = 0;
    const server = await raw((socket) => {
      open += 1;
      most = Math.max(most, open);
      socket.on('close', () => {
        open -= 1;
      });
      afterPrelogin(() => socket.end())(socket);
    });
    const { connections, serverHello } = await measure(server.port, { connections: 15, atOnce: 3 });
    expect([connections, server.connections()]).toEqual([15, 15]);
    expect(serverHello).toMatchObject({ count: 0, failures: { closes: 15 } });
    // A close of ours and the next connect may cross on the wire.
    expect(most).toBeLessThanOrEqual(2 * 3);
  });

  test('one line for each', async () => {
    const lines: string[] = [];
    const port = await play('sql-server-2019-tls12-only');
    await measure(port, { connections: 3, onConnection: (line) => lines.push(line) });
    expect(lines).toHaveLength(3);
    for (const line of lines)
      expect(line).toMatch(/: timing \d: TCP [\d.]+ ms, PRELOGIN [\d.]+ ms, ServerHello [\d.]+ ms$/);
  });

  test('nothing listens: refusals, and soon an end', async () => {
    const server = await rawServer(() => {});
    await server.close();
    const { connections, connect } = await measure(server.port, { connections: 50 });
    expect(connections).toBeLessThan(50);
    expect(connect).toMatchObject({ count: 0, failures: { ...NO_FAILURES, refusals: connections } });
  });

  test('a reset instead of a PRELOGIN answer now and then is counted, and does not end it', async () => {
    let accepted = 0;
    const server = await raw((socket) => {
      accepted += 1;
      if (accepted % 2 === 0) socket.once('data', () => socket.resetAndDestroy());
      else afterPrelogin(() => socket.resetAndDestroy())(socket);
    });
    const { prelogin, serverHello } = await measure(server.port, { connections: 12 });
    expect(prelogin).toMatchObject({ count: 6, failures: { ...NO_FAILURES, resets: 6 } });
    expect(serverHello).toMatchObject({ count: 0, failures: { ...NO_FAILURES, resets: 6 } });
  });
});

test.each([
  ['alone', undefined, 4],
  ['where others ask the same host too', new Slots(2), 2],
])('%s: so many of its hellos wait at a time', async (_, slots, expected) => {
  let waiting = 0;
  let most = 0;
  const { port } = await raw(
    afterPrelogin((socket) => {
      waiting += 1;
      most = Math.max(most, waiting);
      setTimeout(() => {
        waiting -= 1;
        socket.resetAndDestroy();
      }, 20);
    }),
  );
  await measure(port, { connections: 12, slots });
  expect(most).toBe(expected);
});
