// SQL Browser on loopback: answers, silence, nonsense.
import { createSocket, type Socket } from 'node:dgram';
import { afterEach, expect, test } from '@jest/globals';
import { instancePort } from '../../src/observe/browser.ts';

let browser: Socket | undefined;
afterEach(() => {
  browser?.close();
  browser = undefined;
});

/** A SQL Browser that answers with this; `null` says nothing. Counts what it was asked. */
async function play(answer: Buffer | null, skip = 0): Promise<{ port: number; asked: () => number }> {
  let asked = 0;
  const socket = createSocket('udp4');
  browser = socket;
  socket.on('message', (_, from) => {
    asked += 1;
    if (answer !== null && asked > skip) socket.send(answer, from.port, from.address);
  });
  await new Promise<void>((bound) => socket.bind(0, '127.0.0.1', bound));
  return { port: socket.address().port, asked: () => asked };
}

const answer = (text: string) => {
  const body = Buffer.from(text, 'latin1');
  return Buffer.concat([Buffer.from([5, body.length & 0xff, body.length >> 8]), body]);
};
const DWH = answer('ServerName;SQL01;InstanceName;DWH;IsClustered;No;Version;13.0.1601.5;tcp;50123;;');
const ask = (port: number, instance: string) =>
  instancePort('127.0.0.1', instance, { port, deadlineMs: 150 });

test('the port of an instance, whatever the case of its name', async () => {
  expect(await ask((await play(DWH)).port, 'dwh')).toEqual({ port: 50123 });
});

test('a lost datagram is asked again', async () => {
  const { port, asked } = await play(DWH, 1);
  expect(await ask(port, 'DWH')).toEqual({ port: 50123 });
  expect(asked()).toBe(2);
});

test.each([
  ['silence', null, 'DWH', /does not answer/],
  ['another instance', DWH, 'SALES', /knows no instance SALES/],
  ['no TCP', answer('InstanceName;DWH;Version;13.0.1601.5;;'), 'DWH', /listens on no TCP port/],
  ['nonsense', Buffer.from('HTTP/1.1 400'), 'DWH', /not understood/],
])('%s is a sentence', async (_, datagram, instance, expected) => {
  expect(await ask((await play(datagram)).port, instance)).toEqual({
    reason: expect.stringMatching(expected),
  });
});

test('nothing listens on that port', async () => {
  expect(await ask(1, 'DWH')).toEqual({ reason: expect.stringMatching(/does not answer/) });
});
