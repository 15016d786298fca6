import { expect, test } from '@jest/globals';
import { labProfile } from '../../src/lab/profiles.ts';
import { startLab } from '../../src/lab/server.ts';
import { notReady } from '../../src/observe/ready.ts';
import { rawServer } from './raw-server.ts';

const DEADLINE_MS = 500;
const at = (port: number) => ({ host: '127.0.0.1', port, instance: null, serverName: null });

async function ofLab(name: string): Promise<string | null> {
  const profile = labProfile(name);
  if (!profile) throw new Error(`no lab profile ${name}`);
  const lab = await startLab(profile);
  try {
    return await notReady(at(lab.port), DEADLINE_MS);
  } finally {
    await lab.close();
  }
}

test('a server that answers PRELOGIN is ready, whether it takes the hello or not', async () => {
  expect(await ofLab('sql-server-2019-force-encryption')).toBeNull();
  expect(await ofLab('sql-server-2014-rtm')).toBeNull();
});

test('nobody listens, silence, a close: not ready, and why', async () => {
  const gone = await rawServer(() => {});
  await gone.close();
  expect(await notReady(at(gone.port), DEADLINE_MS)).toBe('connection refused: nothing listens there');
  const silent = await rawServer((socket) => socket.resume());
  expect(await notReady(at(silent.port), DEADLINE_MS)).toBe('no answer after 0.5 s');
  await silent.close();
  // As docker's proxy does while nothing listens in the container.
  const closing = await rawServer((socket) => socket.end());
  expect(await notReady(at(closing.port), DEADLINE_MS)).toMatch(/^its connections end with a (close|reset)$/);
  await closing.close();
});

test('a server that forces TDS 8.0 closes on PRELOGIN, and is ready', async () => {
  expect(await ofLab('sql-server-2022-force-strict')).toBeNull();
});
