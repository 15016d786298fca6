// The lab against clients that are slow, cut up, hostile or too many; and its own start and end.
import { createServer } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { labProfile } from '../../src/lab/profiles.ts';
import { startLab } from '../../src/lab/server.ts';
import { encodeMessage, PACKET_TYPE } from '../../src/tds/packet.ts';
import { encodePrelogin } from '../../src/tds/prelogin.ts';
import { encodeClientHello } from '../../src/tls/client-hello.ts';
import { closeAll, dial, nextMessage, play, prelogin, secure } from './client.ts';

afterEach(closeAll);

const later = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const PRELOGIN = encodeMessage(
  PACKET_TYPE.PRELOGIN,
  encodePrelogin({ version: '18.0.0', encryption: 'ON', instance: '' }),
);
const hello = (random: Uint8Array) =>
  encodeMessage(
    PACKET_TYPE.PRELOGIN,
    encodeClientHello(
      {
        protocols: ['TLS 1.2'],
        suites: ['TLS_RSA_WITH_AES_256_GCM_SHA384'],
        groups: [],
        signatureAlgorithms: ['rsa_pkcs1_sha256'],
        extendedMasterSecret: true,
      },
      { random },
    ),
  );

describe('how a ClientHello arrives does not matter', () => {
  const HANDSHAKE_RECORD = 0x16;

  test('cut anywhere, in pieces that begin with any byte', async () => {
    const { port } = await play('sql-server-2022-rsa-kex-only');
    const property = fc.asyncProperty(
      fc.uint8Array({ minLength: 32, maxLength: 32 }),
      fc.uniqueArray(fc.integer({ min: 1, max: 90 }), { maxLength: 3 }),
      async (random, cuts) => {
        const line = dial(port);
        await prelogin(line, 'ON');
        const flight = nextMessage(line.socket);
        const message = hello(random);
        const places = [0, ...cuts.filter((cut) => cut < message.length).sort((a, b) => a - b)];
        for (const [index, place] of places.entries()) {
          line.socket.write(message.subarray(place, places[index + 1]));
          await later(1);
        }
        expect((await flight)[0]).toBe(HANDSHAKE_RECORD);
        line.socket.destroy();
      },
    );
    await fc.assert(property, { numRuns: 25 });
  });

  test('a piece that begins like an application-data record', async () => {
    const line = dial((await play('sql-server-2022-rsa-kex-only')).port);
    await prelogin(line, 'ON');
    const flight = nextMessage(line.socket);
    const message = hello(Buffer.alloc(32, 0x17));
    line.socket.write(message.subarray(0, 24));
    await later(20);
    line.socket.write(message.subarray(24));
    expect((await flight)[0]).toBe(HANDSHAKE_RECORD);
  });
});

describe('what it does not understand it closes, and it goes on', () => {
  test.each([
    ['TLS before PRELOGIN, as TDS 8.0 does', Buffer.from([0x16, 3, 1, 0, 4, 1, 0, 0, 0])],
    ['HTTP', Buffer.from('GET / HTTP/1.1\r\n\r\n')],
    ['a PRELOGIN without its options', encodeMessage(PACKET_TYPE.PRELOGIN, Buffer.from([0xff]))],
    ['no ClientHello', Buffer.concat([PRELOGIN, encodeMessage(PACKET_TYPE.PRELOGIN, Buffer.alloc(64, 9))])],
    [
      'an endless PRELOGIN',
      Buffer.concat(
        Array(70).fill(Buffer.concat([Buffer.from([0x12, 0, 16, 0, 0, 0, 1, 0]), Buffer.alloc(4088)])),
      ),
    ],
  ])('%s', async (_, bytes) => {
    const lab = await play('sql-server-2022');
    const line = dial(lab.port);
    line.socket.resume();
    line.socket.write(bytes);
    expect(await line.end()).toMatch(/close|reset/);
    expect(lab.events).toEqual([expect.stringMatching(/^closed: /)]);
    await expect(prelogin(dial(lab.port), 'ON')).resolves.toMatchObject({ encryption: 'ON' });
  });

  test('no TDS inside TLS', async () => {
    const lab = await play('sql-server-2022');
    const line = dial(lab.port);
    await prelogin(line, 'ON');
    const { plain } = await secure(line);
    plain.on('error', () => {});
    plain.write('GET / HTTP/1.1\r\n\r\n');
    expect(await line.end()).toMatch(/close|reset/);
    expect(lab.events.at(-1)).toMatch(/^closed: 0x47 begins no TDS packet/);
    await expect(prelogin(dial(lab.port), 'ON')).resolves.toMatchObject({ encryption: 'ON' });
  });
});

test('silent stays silent, and open', async () => {
  const line = dial((await play('silent')).port);
  const heard: unknown[] = [];
  line.socket.on('data', (chunk) => heard.push(chunk)).on('end', () => heard.push('end'));
  line.socket.on('error', (error) => heard.push(error));
  line.socket.write(PRELOGIN);
  await later(400);
  expect([heard, line.socket.readyState]).toEqual([[], 'open']);
});

test('closing closes before a word is said', async () => {
  const line = dial((await play('closing')).port);
  line.socket.resume();
  expect(await line.end()).toBe('close');
});

describe('start and end', () => {
  const profile = labProfile('sql-server-2022');
  if (!profile) throw new Error('no lab profile');

  // Elsewhere 127.0.0.2 needs setting up first.
  const onLinux = process.platform === 'linux' ? test : test.skip;
  onLinux('only loopback listens', async () => {
    const { port } = await play('sql-server-2022');
    // The same port is still free on another loopback address: not every address is bound.
    const other = createServer();
    await new Promise<void>((listening, failed) => {
      other.once('error', failed);
      other.listen(port, '127.0.0.2', listening);
    });
    await new Promise((closed) => other.close(closed));
  });

  test('a port that is taken is an error, not a hang', async () => {
    const { port } = await play('sql-server-2022');
    await expect(startLab(profile, { port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });

  test('close ends open connections at once', async () => {
    const lab = await startLab(profile);
    const line = dial(lab.port);
    await prelogin(line, 'ON');
    const started = performance.now();
    const [end] = await Promise.all([line.end(), lab.close()]);
    expect(end).toMatch(/close|reset/);
    expect(performance.now() - started).toBeLessThan(1000);
  });
});
