/** Accept loops that starve, as a SQL Server's does when it is short of workers (scenario 6). */
import { once } from 'node:events';
import { setTimeout as later } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { Stall } from './profiles.ts';
import type { RunningLab } from './running.ts';

/** Serves connections in the order they came; without a stall each at once. */
export function acceptLoop(stall: Stall | undefined): (serve: () => void) => void {
  if (!stall) return (serve) => serve();
  let accepted = 0;
  let free: Promise<unknown> = Promise.resolve();
  return (serve) => {
    accepted += 1;
    // Not kept alive by a stall alone: the listening socket does that.
    if (accepted % stall.every === 0)
      free = free.then(() => later(stall.milliseconds, undefined, { ref: false }));
    void free.then(serve);
  };
}

/** What a kernel keeps for a listener that does not accept: on Linux one more than this. */
const BACKLOG = 1;
/** Node accepts as soon as its loop turns, so the listener's whole thread is held. Source text: the bundle is one file. */
const HELD_LISTENER = `
const { createServer } = require('node:net');
const { parentPort, workerData: { host, port, backlog, hold } } = require('node:worker_threads');
const server = createServer();
server.on('error', ({ code }) => parentPort.postMessage({ code }));
server.listen({ host, port, backlog }, () => {
  parentPort.postMessage({ port: server.address().port });
  Atomics.wait(new Int32Array(hold), 0, 0);
});
`;

/** TCP handshakes are completed by the kernel until its queue is full. Rejects when the port is taken. */
export async function listenWithoutAccepting(host: string, port: number): Promise<RunningLab> {
  const workerData = { host, port, backlog: BACKLOG, hold: new SharedArrayBuffer(4) };
  const worker = new Worker(HELD_LISTENER, { eval: true, workerData });
  const [said] = (await once(worker, 'message')) as [{ port: number } | { code: string }];
  if ('code' in said) {
    await worker.terminate();
    throw Object.assign(new Error(`listen ${said.code}: ${host}:${port}`), { code: said.code });
  }
  return {
    port: said.port,
    close: async () => {
      await worker.terminate();
    },
  };
}
