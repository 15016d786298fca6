// One connection: what each way to end it is called.
import type { Socket } from 'node:net';
import { afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { ClientHelloProfile } from '../../../src/model/hello.ts';
import { exchange } from '../../../src/observe/wire/exchange.ts';
import { encodeMessage, PACKET_TYPE } from '../../../src/tds/packet.ts';
import { encodeClientHello } from '../../../src/tls/client-hello.ts';
import { opensslFlight } from '../../tls/openssl-flight.ts';
import { afterPrelogin, type RawServer, rawServer } from '../raw-server.ts';

const HELLO: ClientHelloProfile = {
  protocols: ['TLS 1.2'],
  suites: ['TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256'],
  groups: ['secp256r1'],
  signatureAlgorithms: ['rsa_pkcs1_sha256'],
  extendedMasterSecret: true,
};
const ACCEPTED = {
  state: 'accepted',
  protocol: 'TLS 1.2',
  suite: 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256',
  group: 'secp256r1',
  dhBits: null,
};
const ANSWERED = { state: 'answered', version: '15.0.2000', encryption: 'ON' };

let server: RawServer | undefined;
afterEach(() => server?.close());

async function ask(behave: (socket: Socket) => void, instance: string | null = null, deadlineMs = 300) {
  server = await rawServer(behave);
  const hello = encodeClientHello(HELLO, { random: Buffer.alloc(32) });
  return exchange({ host: '127.0.0.1', port: server.port, instance, hello, deadlineMs });
}

let flight: Buffer;
beforeAll(async () => {
  flight = await opensslFlight(HELLO);
});

describe('the flight', () => {
  const inPackets = (type: number, bytes: Uint8Array = flight) =>
    ask(afterPrelogin((socket) => socket.write(encodeMessage(type, bytes))));

  test.each([
    ['0x12, as SQL Server', PACKET_TYPE.PRELOGIN],
    ['0x04, as older endpoints', PACKET_TYPE.TABULAR_RESULT],
  ])('in packets of type %s', async (_, type) => {
    const { prelogin, answer } = await inPackets(type);
    expect(prelogin).toEqual(ANSWERED);
    expect(answer).toMatchObject({ ...ACCEPTED, chain: [expect.any(Uint8Array)] });
  });

  test('after a warning that the server goes on from', async () => {
    const warning = Buffer.from([21, 3, 3, 0, 2, 1, 112]);
    const { answer } = await inPackets(PACKET_TYPE.PRELOGIN, Buffer.concat([warning, flight]));
    expect(answer).toMatchObject(ACCEPTED);
  });

  test('a byte every 20 ms is no answer in time', async () => {
    const message = encodeMessage(PACKET_TYPE.PRELOGIN, flight);
    const { answer } = await ask(
      afterPrelogin((socket) => {
        let sent = 0;
        const timer = setInterval(() => {
          if (socket.destroyed) clearInterval(timer);
          else socket.write(message.subarray(sent, ++sent));
        }, 20);
      }),
    );
    expect(answer).toEqual({ state: 'no-answer', reason: 'no answer after 0.3 s' });
  });
});

describe('a refusal', () => {
  test.each<[string, (socket: Socket) => void, object]>([
    ['reset', (socket) => socket.resetAndDestroy(), { rejection: 'reset', alert: null }],
    ['close', (socket) => socket.end(), { rejection: 'close', alert: null }],
    [
      'alert, then close',
      (socket) => socket.end(encodeMessage(PACKET_TYPE.PRELOGIN, Buffer.from([21, 3, 3, 0, 2, 2, 70]))),
      { rejection: 'alert', alert: 70 },
    ],
    [
      'a warning, then close',
      (socket) => socket.end(encodeMessage(PACKET_TYPE.PRELOGIN, Buffer.from([21, 3, 3, 0, 2, 1, 112]))),
      { rejection: 'close', alert: null },
    ],
    [
      'close in the middle of the flight',
      (socket) => socket.end(encodeMessage(PACKET_TYPE.PRELOGIN, flight.subarray(0, flight.length / 2))),
      { rejection: 'close', alert: null },
    ],
  ])('%s', async (_, behave, expected) => {
    const { prelogin, answer } = await ask(afterPrelogin(behave));
    expect(prelogin).toEqual(ANSWERED);
    expect(answer).toEqual({ state: 'rejected', ...expected });
  });

  test.each<[string, (socket: Socket) => void]>([
    ['reset', (socket) => socket.resetAndDestroy()],
    ['close', (socket) => socket.end()],
  ])('%s instead of an answer to PRELOGIN: no hello was refused', async (rejection, behave) => {
    expect(await ask((socket) => socket.once('data', () => behave(socket)))).toMatchObject({
      prelogin: { state: 'rejected', rejection },
      answer: null,
    });
  });
});

describe('PRELOGIN', () => {
  test('the instance is asked for by name; another one is not this target', async () => {
    const asked: string[] = [];
    const wrong = afterPrelogin(
      (socket) => socket.end(),
      ({ instance }) => {
        asked.push(instance);
        return { instance: '\u0001' };
      },
    );
    expect(await ask(wrong, 'SALES')).toMatchObject({
      prelogin: { state: 'no-answer', reason: 'the server says that it is not the instance SALES' },
      answer: null,
    });
    expect(asked).toEqual(['SALES']);
  });

  test('NOT_SUP: the hello is not sent', async () => {
    let hellos = 0;
    const { prelogin, answer } = await ask(
      afterPrelogin(
        () => {
          hellos += 1;
        },
        () => ({ encryption: 'NOT_SUP' }),
      ),
    );
    expect([prelogin, answer, hellos]).toEqual([{ ...ANSWERED, encryption: 'NOT_SUP' }, null, 0]);
  });
});

test.each([
  ['empty packets', Buffer.from([0x12, 0, 0, 8, 0, 0, 0, 0])],
  ['a packet that never ends a flight', encodeMessage(PACKET_TYPE.PRELOGIN, Buffer.from([22, 3, 3, 0, 0]))],
])('a flood of %s ends at 256 KB', async (_, packet) => {
  const flood = Buffer.concat(Array.from({ length: 1000 }, () => packet));
  const { answer } = await ask(
    afterPrelogin((socket) => {
      const more = () => {
        if (!socket.destroyed) socket.write(flood, () => setImmediate(more));
      };
      more();
    }),
    null,
    5000,
  );
  expect(answer).toEqual({ state: 'no-answer', reason: expect.stringContaining('256 KB') });
});

test('nothing listens: no answer, and no refusal', async () => {
  server = await rawServer(() => {});
  const { port } = server;
  await server.close();
  expect(
    await exchange({ host: '127.0.0.1', port, instance: null, hello: Buffer.alloc(0), deadlineMs: 300 }),
  ).toMatchObject({
    prelogin: { state: 'no-answer', reason: expect.stringContaining('connection refused') },
    answer: null,
    marks: { connected: null, prelogin: null, hello: null, failure: 'ECONNREFUSED' },
  });
});

describe('marks', () => {
  test('each phase ends after the one before it', async () => {
    const { marks } = await ask(
      afterPrelogin((socket) => socket.write(encodeMessage(PACKET_TYPE.PRELOGIN, flight))),
    );
    const { connected, prelogin, hello, failure } = marks;
    expect(failure).toBeNull();
    const ends = [connected, prelogin, hello].map(Number);
    expect(ends).toEqual([...ends].sort((one, other) => one - other));
    expect(connected).toBeGreaterThan(0);
  });

  test.each<[string, (socket: Socket) => void, object]>([
    ['silence', () => {}, { prelogin: null, hello: null, failure: 'timeout' }],
    [
      'silence after PRELOGIN',
      afterPrelogin(() => {}),
      { prelogin: expect.any(Number), hello: null, failure: 'timeout' },
    ],
    [
      'a refused hello is an answered one',
      afterPrelogin((socket) => socket.end()),
      { prelogin: expect.any(Number), hello: expect.any(Number), failure: null },
    ],
    [
      'another protocol',
      (socket) => socket.write('SSH-2.0-OpenSSH_9.2\r\n'),
      { prelogin: null, hello: null, failure: 'not understood' },
    ],
  ])('%s', async (_, behave, expected) => {
    const { marks } = await ask(behave);
    expect(marks).toMatchObject({ connected: expect.any(Number), ...expected });
  });
});

test('the connection is closed as soon as the answer is known', async () => {
  const closed = new Promise<void>((resolve) => {
    void ask(
      afterPrelogin((socket) => {
        socket.on('close', () => resolve());
        socket.write(encodeMessage(PACKET_TYPE.PRELOGIN, flight));
      }),
      null,
      60_000,
    );
  });
  await closed;
}, 2000);
