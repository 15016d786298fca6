// The probe against lab servers: real handshakes by OpenSSL behind TDS framing, and every way of saying no.
import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { labProfile } from '../../src/lab/profiles.ts';
import type { RunningLab } from '../../src/lab/running.ts';
import { startLab } from '../../src/lab/server.ts';
import { type ClientHelloProfile, helloKey } from '../../src/model/hello.ts';
import type { HelloAnswer, Observation } from '../../src/model/observation.ts';
import { profileOf } from '../../src/observe/profile.ts';
import { scan } from '../../src/observe/scan.ts';
import { encodeMessage, PACKET_TYPE } from '../../src/tds/packet.ts';
import { encodePrelogin } from '../../src/tds/prelogin.ts';
import { broadened } from '../../src/tls/broadened.ts';

const ECDHE: ClientHelloProfile = {
  protocols: ['TLS 1.2'],
  suites: ['TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256', 'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384'],
  groups: ['secp256r1'],
  signatureAlgorithms: ['rsa_pkcs1_sha256'],
  extendedMasterSecret: true,
};

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
});

const ask = (port: number, hellos: readonly ClientHelloProfile[] = [], deadlineMs = 2000) =>
  scan({ host: '127.0.0.1', port, instance: null, serverName: null }, hellos, {
    deadlineMs,
    afterRejection: broadened,
  });

async function askLab(
  name: string,
  hellos: readonly ClientHelloProfile[] = [],
  deadlineMs = 2000,
): Promise<Observation> {
  const profile = labProfile(name);
  if (!profile) throw new Error(`no lab profile ${name}`);
  const lab: RunningLab = await startLab(profile);
  closing.push(() => lab.close());
  return ask(lab.port, hellos, deadlineMs);
}

/** A server that does to each connection what `behave` says. */
async function askRaw(behave: (socket: Socket) => void, deadlineMs = 300): Promise<Observation> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    behave(socket);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  closing.push(
    () =>
      new Promise((closed) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => closed());
      }),
  );
  const address = server.address();
  return ask(typeof address === 'object' && address ? address.port : 0, [ECDHE], deadlineMs);
}

const brief = (answer: HelloAnswer | undefined) =>
  answer?.state === 'accepted'
    ? `${answer.protocol} ${answer.suite}`
    : answer?.state === 'rejected'
      ? `${answer.rejection}${answer.alert === null ? '' : ` ${answer.alert}`}`
      : answer?.reason;
const versions = ({ protocols }: Observation) =>
  Object.fromEntries(protocols.map(({ version, answer }) => [version, brief(answer)]));

describe('what a server takes', () => {
  test('one version, the rest reset', async () => {
    const seen = await askLab('sql-server-2019-tls12-only', [ECDHE]);
    expect(seen.prelogin).toEqual({ state: 'answered', version: '15.0.4430', encryption: 'ON' });
    expect(versions(seen)).toEqual({
      'TLS 1.0': 'reset',
      'TLS 1.1': 'reset',
      'TLS 1.2': 'TLS 1.2 TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384',
    });
    expect(brief(seen.hellos.get(helloKey(ECDHE)))).toBe('TLS 1.2 TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384');
    expect(seen.connections).toBe(4);
  });

  test('TLS 1.0 alone: it answers newer hellos with TLS 1.0, which is not taking them', async () => {
    const seen = await askLab('sql-server-2014-rtm');
    const cbc = 'TLS 1.0 TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA';
    expect(versions(seen)).toEqual({ 'TLS 1.0': cbc, 'TLS 1.1': cbc, 'TLS 1.2': cbc });
    const taken = Object.entries(profileOf(seen).protocols).map(([version, fact]) => [version, fact?.value]);
    expect(taken).toEqual([
      ['TLS 1.0', 'accepted'],
      ['TLS 1.1', 'rejected'],
      ['TLS 1.2', 'rejected'],
    ]);
  });

  test('every version', async () => {
    expect(Object.keys(profileOf(await askLab('sql-server-2016-on-windows-2012-r2')).protocols)).toEqual([
      'TLS 1.0',
      'TLS 1.1',
      'TLS 1.2',
    ]);
  });

  test('equal hellos are sent once', async () => {
    expect((await askLab('sql-server-2022', [ECDHE, { ...ECDHE }, ECDHE])).connections).toBe(4);
  });
});

describe('certificates', () => {
  test.each([
    ['sql-server-2019-tls12-only', 'SHA-256', false, false],
    ['sql-server-2019-sha512-certificate', 'SHA-512', false, false],
    ['sql-server-2019-self-signed-sha512', 'SHA-512', true, false],
    ['sql-server-2019-md5-certificate', 'MD5', false, false],
    ['sql-server-2014-rtm', 'SHA-1', true, true],
  ])('%s', async (name, signatureHash, selfSigned, sqlServerFallback) => {
    const [leaf] = (await askLab(name)).certificates;
    expect(leaf).toMatchObject({
      signatureHash,
      selfSigned,
      sqlServerFallback,
      keyType: 'RSA',
      keyBits: 2048,
      notBefore: '2026-01-01T00:00:00Z',
    });
  });
});

describe('ways of saying no', () => {
  test.each([
    ['sql-server-2022-rsa-kex-only', 'reset'],
    ['sql-server-2019-on-linux', 'alert 40'],
  ])('%s: %s', async (name, expected) => {
    const stranger = { ...ECDHE, suites: ['TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256'] };
    expect(brief((await askLab(name, [stranger])).hellos.get(helloKey(stranger)))).toBe(expected);
  });

  test('a refusal for want of a signature algorithm is told by one more hello', async () => {
    const { hellos } = await askLab('sql-server-2016-on-windows-2012-r2', [
      { ...ECDHE, suites: ['TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384'] },
    ]);
    expect([...hellos.values()].map(brief)).toEqual([
      'close',
      'TLS 1.2 TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384',
    ]);
  });

  test('NOT_SUP: no hello is sent', async () => {
    const seen = await askLab('sql-server-2019-no-encryption', [ECDHE]);
    expect(seen.prelogin).toMatchObject({ encryption: 'NOT_SUP' });
    expect([seen.protocols, seen.connections]).toEqual([[], 1]);
  });

  test('closed before PRELOGIN', async () => {
    expect((await askLab('closing')).prelogin).toEqual({ state: 'rejected', rejection: 'close' });
  });
});

describe('no answer is never "not supported"', () => {
  const prelogin = encodeMessage(
    PACKET_TYPE.TABULAR_RESULT,
    encodePrelogin({ version: '15.0.2000', encryption: 'ON', instance: '' }, 'server'),
  );

  test('silence', async () => {
    const seen = await askLab('silent', [ECDHE], 200);
    expect([seen.prelogin, seen.protocols, seen.connections]).toEqual([
      { state: 'no-answer', reason: 'no answer after 0.2 s' },
      [],
      1,
    ]);
  });

  test('nothing listens', async () => {
    expect((await ask(1)).prelogin).toEqual({
      state: 'no-answer',
      reason: 'connection refused: nothing listens there',
    });
  });

  test('silence after the hello: every version stays unknown', async () => {
    const seen = await askRaw((socket) => socket.once('data', () => socket.write(prelogin)), 100);
    expect(profileOf(seen).protocols).toEqual({});
    expect(seen.protocols.map(({ answer }) => answer.state)).toEqual(['no-answer', 'no-answer', 'no-answer']);
  });

  test.each([
    ['a web server', 'HTTP/1.1 400 Bad Request\r\n\r\n'],
    ['an SSH server', 'SSH-2.0-OpenSSH_9.2\r\n'],
    ['zeros', '\0'.repeat(64)],
  ])('%s', async (_, text) => {
    const { prelogin: answer } = await askRaw((socket) => socket.write(text));
    expect(answer).toEqual({
      state: 'no-answer',
      reason: expect.stringMatching(/^not a TDS server: 0x.. begins no TDS packet$/),
    });
  });

  test('garbage after the hello', async () => {
    const seen = await askRaw((socket) =>
      socket.on('data', (chunk) =>
        socket.write(
          chunk.length < 100 ? prelogin : encodeMessage(PACKET_TYPE.PRELOGIN, Buffer.alloc(64, 7)),
        ),
      ),
    );
    expect(seen.protocols.map(({ answer }) => answer.state)).toEqual(['no-answer', 'no-answer', 'no-answer']);
  });

  test('an endless PRELOGIN answer', async () => {
    const { prelogin: answer } = await askRaw((socket) => {
      const packet = Buffer.concat([Buffer.from([4, 0, 16, 0, 0, 0, 1, 0]), Buffer.alloc(4088)]);
      const timer = setInterval(() => (socket.destroyed ? clearInterval(timer) : socket.write(packet)), 1);
    }, 1000);
    expect(answer).toMatchObject({ state: 'no-answer', reason: expect.stringContaining('does not end') });
  });
});

test('a flight that comes byte by byte, each in its own packet, is the same flight', async () => {
  const profile = labProfile('sql-server-2022');
  if (!profile) throw new Error('no lab profile');
  const lab = await startLab(profile);
  closing.push(() => lab.close());
  const { connect } = await import('node:net');
  const seen = await askRaw((socket) => {
    const behind = connect(lab.port, '127.0.0.1');
    behind.on('error', () => {});
    socket.pipe(behind);
    behind.on('data', (chunk) => {
      if (chunk[0] === PACKET_TYPE.TABULAR_RESULT) socket.write(chunk);
      else
        for (const byte of chunk.subarray(8))
          socket.write(Buffer.from([PACKET_TYPE.PRELOGIN, 0, 0, 9, 0, 0, 0, 0, byte]));
    });
    behind.on('close', () => socket.end());
    socket.on('close', () => behind.destroy());
  }, 3000);
  expect(brief(seen.hellos.get(helloKey(ECDHE)))).toBe('TLS 1.2 TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384');
});

describe('every suite is asked for where a client is refused for its suites', () => {
  const where = (port: number) => ({ host: '127.0.0.1', port, instance: null, serverName: null });
  const enumerated = async (
    name: string,
    hello: ClientHelloProfile,
    enumerate: 'always' | 'where refused',
  ) => {
    const profile = labProfile(name);
    if (!profile) throw new Error(`no lab profile ${name}`);
    const lab = await startLab(profile);
    closing.push(() => lab.close());
    const options = { deadlineMs: 2000, afterRejection: broadened, enumerate };
    return (await scan(where(lab.port), [hello], options)).enumerated;
  };
  const RSA_ONLY = 'sql-server-2022-rsa-kex-only';

  test('refused: what it takes, in its order', async () => {
    expect(await enumerated(RSA_ONLY, ECDHE, 'where refused')).toEqual({
      version: 'TLS 1.2',
      names: labProfile(RSA_ONLY)?.suites,
      order: 'server',
    });
  });

  test.each([
    ['accepted', 'sql-server-2022', ECDHE],
    ['no version in common', RSA_ONLY, { ...ECDHE, protocols: ['TLS 1.0'] }],
    ['its certificate', 'sql-server-2019-sha512-certificate', ECDHE],
  ] as const)('%s: not asked', async (_, name, hello) => {
    expect(await enumerated(name, hello, 'where refused')).toBeNull();
  });

  test('always, when the policy asks', async () => {
    expect((await enumerated('sql-server-2022', ECDHE, 'always'))?.names).toEqual(
      labProfile('sql-server-2022')?.suites,
    );
  });
});
