// SQL Browser on loopback: answers, silence, nonsense.
import { createSocket, type Socket } from 'node:dgram';
import { afterEach, expect, test } from '@jest/globals';
import { dacPort, instancePort } from '../../src/observe/browser.ts';

let browser: Socket | undefined;
afterEach(() => {
  browser?.close();
  browser = undefined;
});

/** A SQL Browser that answers with this; `null` says nothing. Counts what it was asked. */
async function play(
  answer: Buffer | null | ((request: Buffer) => Buffer | null),
  skip = 0,
): Promise<{ port: number; asked: () => number }> {
  let asked = 0;
  const socket = createSocket('udp4');
  browser = socket;
  socket.on('message', (request, from) => {
    asked += 1;
    const said = typeof answer === 'function' ? answer(request) : answer;
    if (said !== null && asked > skip) socket.send(said, from.port, from.address);
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
  instancePort('127.0.0.1', instance, { port, deadlineMs: 500 });

test('the port of an instance, whatever the case of its name', async () => {
  expect(await ask((await play(DWH)).port, 'dwh')).toEqual({ port: 50123, version: '13.0.1601.5' });
});

test('a lost datagram is asked again', async () => {
  const { port, asked } = await play(DWH, 1);
  expect(await ask(port, 'DWH')).toEqual({ port: 50123, version: '13.0.1601.5' });
  expect(asked()).toBe(2);
});

test.each([
  ['silence', null, 'DWH', /does not answer/],
  ['another instance', DWH, 'SALES', /knows no instance SALES/],
  ['no TCP', answer('InstanceName;DWH;Version;13.0.1601.5;;'), 'DWH', /listens on no TCP port/],
  ['nonsense', Buffer.from('HTTP/1.1 400'), 'DWH', /no answer of SQL Browser/],
])('%s is a sentence', async (_, datagram, instance, expected) => {
  expect(await ask((await play(datagram)).port, instance)).toEqual({
    reason: expect.stringMatching(expected),
  });
});

test('nothing listens on that port', async () => {
  expect(await ask(1, 'DWH')).toEqual({ reason: expect.stringMatching(/does not answer/) });
});

test('about an instance that it does not know it is silent; asked for all, it names those there are', async () => {
  const list = answer('InstanceName;DWH;tcp;50123;;ServerName;SQL01;InstanceName;SALES;tcp;50124;;');
  const { port, asked } = await play((request) => (request[0] === 3 ? list : null));
  expect(await ask(port, 'ORDERS')).toEqual({
    reason: 'SQL Browser knows no instance ORDERS; it knows DWH, SALES',
  });
  expect(asked()).toBe(4);
});

test.each([
  ['where it listens', Buffer.from([5, 6, 0, 1, 0x9a, 0x05]), 1434],
  ['silence', null, null],
  ['cut', Buffer.from([5, 6, 0, 1, 0x9a]), null],
  ['an answer about something else', DWH, null],
])('the administrator connection: %s', async (_, datagram, expected) => {
  const { port } = await play(datagram);
  expect(await dacPort('127.0.0.1', 'DWH', { port, deadlineMs: 500 })).toBe(expected);
});
