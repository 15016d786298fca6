// Scenario 5 against lab servers of both kinds, against OpenSSL in every suite and version, and against odd servers.
import { constants } from 'node:crypto';
import { afterEach, describe, expect, test } from '@jest/globals';
import { labProfile } from '../../../src/lab/profiles.ts';
import { startLab } from '../../../src/lab/server.ts';
import type { LeadingZero } from '../../../src/model/leading-zero.ts';
import { leadingZero, publicValues } from '../../../src/observe/handshakes/leading-zero.ts';
import { encodeMessage, PACKET_TYPE } from '../../../src/tds/packet.ts';
import { suiteByName } from '../../../src/tls/cipher-suites.ts';
import { closeAll, play } from '../../lab/client.ts';
import { opensslFlight } from '../../tls/openssl-flight.ts';
import { opensslTds, type Spoiling } from '../openssl-tds.ts';
import { afterPrelogin, type RawServer, rawServer } from '../raw-server.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await closeAll();
  await Promise.all(open.splice(0).map((one) => one.close()));
});

const ask = (port: number, log: string[] = [], deadlineMs = 5000) =>
  leadingZero(
    { host: '127.0.0.1', port, instance: null, serverName: null },
    { deadlineMs, onConnection: (line) => log.push(line) },
  );

/** The handshakes that offered extended_master_secret, or those that did not. */
const brief = ({ attempts }: LeadingZero, offered = true) =>
  attempts
    .filter(({ extendedMasterSecret }) => extendedMasterSecret === offered)
    .map(({ secret, state, at, rejection, alert }) =>
      [secret, state, at, rejection, alert].filter((one) => one !== null).join(' '),
    );

/** What handshakes with a leading zero come to where the zeros are kept: Schannel closes without an alert. */
const UNFIXED = ['ordinary completed', 'zero stripped rejected finished close', 'zero kept completed'];
const FIXED = ['ordinary completed', 'zero stripped completed'];

describe.each([
  ['fixed', FIXED],
  ['unfixed', UNFIXED],
])('a server that is %s', (kind, attempts) => {
  const name = `sql-server-2016-dhe-${kind}`;

  test('100 times out of 100, with 2048 bits', async () => {
    const { port } = await play(name);
    const found: LeadingZero[] = [];
    for (let at = 0; at < 100; at += 1) found.push(await ask(port));
    const verdicts = found.map(({ verdict, withoutExtendedMasterSecret }) => [
      verdict,
      withoutExtendedMasterSecret,
    ]);
    expect(verdicts).toEqual(Array(100).fill([kind, kind]));
    for (const offered of [true, false])
      expect(new Set(found.map((one) => brief(one, offered).join(', ')))).toEqual(
        new Set([attempts.join(', ')]),
      );
  }, 60_000);

  test.each([1024, 2048] as const)('what it says, with %d bits', async (bits) => {
    const profile = labProfile(name);
    if (!profile?.dhe) throw new Error(`no DHE in ${name}`);
    const lab = await startLab({ ...profile, dhe: { ...profile.dhe, bits } });
    open.push(lab);
    const log: string[] = [];
    const found = await ask(lab.port, log);
    expect(found).toMatchObject({
      verdict: kind,
      protocol: 'TLS 1.2',
      suite: 'TLS_DHE_RSA_WITH_AES_256_GCM_SHA384',
      dhBits: bits,
      extendedMasterSecret: true,
      publicValues: { seen: 2 * attempts.length, distinct: 2 * attempts.length, shorter: 0 },
    });
    const words = 'completed, TLS 1.2 TLS_DHE_RSA_WITH_AES_256_GCM_SHA384';
    const lines =
      kind === 'fixed'
        ? [`ordinary secret: ${words}`, `secret with its leading zero stripped: ${words}`]
        : [
            `ordinary secret: ${words}`,
            'secret with its leading zero stripped: close at Finished',
            `secret with its leading zero kept: ${words}`,
          ];
    expect(log).toEqual(
      ['', ' without extended_master_secret'].flatMap((without) =>
        lines.map((line) => `127.0.0.1,${lab.port}: DHE handshake${without}, ${line}`),
      ),
    );
  });
});

test('a server that keeps the zeros only with clients that do not know extended_master_secret', async () => {
  const profile = labProfile('sql-server-2016-dhe-fixed');
  if (!profile) throw new Error('no such profile');
  const lab = await startLab({
    ...profile,
    dhe: { leadingZeros: 'kept without extended_master_secret', bits: 2048 },
  });
  open.push(lab);
  const found = await ask(lab.port);
  expect([found.verdict, found.withoutExtendedMasterSecret]).toEqual(['fixed', 'unfixed']);
  expect([brief(found), brief(found, false)]).toEqual([FIXED, UNFIXED]);
});

const CBC_SHA = ['TLS_DHE_RSA_WITH_AES_128_CBC_SHA', 'TLS_DHE_RSA_WITH_AES_256_CBC_SHA'];
const COMBINATIONS = [
  ...['TLS 1.0', 'TLS 1.1'].flatMap((version) => CBC_SHA.map((suite) => [version, suite])),
  ...[
    'TLS_DHE_RSA_WITH_AES_128_GCM_SHA256',
    'TLS_DHE_RSA_WITH_AES_256_GCM_SHA384',
    'TLS_DHE_RSA_WITH_AES_128_CBC_SHA256',
    'TLS_DHE_RSA_WITH_AES_256_CBC_SHA256',
    ...CBC_SHA,
  ].map((suite) => ['TLS 1.2', suite]),
] as [string, string][];

async function openssl(version: string, suite: string, spoiling: Spoiling = {}, secureOptions = 0) {
  const nodeVersion = version.replace('TLS ', 'TLSv').replace('TLSv1.0', 'TLSv1') as 'TLSv1.2';
  const server = await opensslTds(
    {
      ciphers: `${suiteByName(suite)?.openssl}:@SECLEVEL=0`,
      minVersion: nodeVersion,
      maxVersion: nodeVersion,
      secureOptions: secureOptions | constants.SSL_OP_NO_TICKET,
    },
    spoiling,
  );
  open.push(server);
  return server;
}

const GCM = ['TLS 1.2', 'TLS_DHE_RSA_WITH_AES_256_GCM_SHA384'] as const;
/** SSL_OP_NO_EXTENDED_MASTER_SECRET of OpenSSL 3; node:crypto has no name for it. */
const NO_EXTENDED_MASTER_SECRET = 1;

describe('OpenSSL is fixed', () => {
  test.each(COMBINATIONS)('%s %s', async (version, suite) => {
    const found = await ask((await openssl(version, suite)).port);
    expect([found.verdict, found.protocol, found.suite]).toEqual(['fixed', version, suite]);
    expect([found.withoutExtendedMasterSecret, brief(found), brief(found, false)]).toEqual([
      'fixed',
      FIXED,
      FIXED,
    ]);
  });

  test.each(COMBINATIONS)('%s %s without extended_master_secret', async (version, suite) => {
    const server = await openssl(version, suite, {}, NO_EXTENDED_MASTER_SECRET);
    const found = await ask(server.port);
    expect([found.verdict, found.extendedMasterSecret]).toEqual(['fixed', false]);
    // Asked once: the verdict holds for every client.
    expect([found.withoutExtendedMasterSecret, found.attempts.length]).toEqual([null, 2]);
  });

  test('and asks for a client certificate', async () => {
    expect((await ask((await openssl(...GCM, { requestCert: true })).port)).verdict).toBe('fixed');
  });

  test('and puts each byte into a packet of its own', async () => {
    const packets = (records: Buffer) =>
      Buffer.concat([...records].map((byte) => encodeMessage(PACKET_TYPE.PRELOGIN, Buffer.from([byte]))));
    expect((await ask((await openssl(...GCM, { packets })).port)).verdict).toBe('fixed');
  });
});

/** Spoils the client's Finished on these connections: OpenSSL answers with alert 20, bad_record_mac. */
const spoilOn = (...connections: readonly number[]): Spoiling => ({
  lastFlight: (flight, connection) => {
    if (connections.includes(connection))
      flight.writeUInt8(flight.readUInt8(flight.length - 1) ^ 1, flight.length - 1);
    return flight;
  },
});
const ALERT = 'rejected finished alert 20';

describe('a server whose handshakes fail for another reason is not taken for an unfixed one', () => {
  test.each([
    [
      'all of them',
      [0],
      'unknown',
      'a DHE handshake with an ordinary secret fails as well',
      [`ordinary ${ALERT}`],
    ],
    [
      'one by chance',
      [1],
      'fixed',
      'it strips the leading zero bytes',
      ['ordinary completed', `zero stripped ${ALERT}`, `zero kept ${ALERT}`, 'zero stripped completed'],
    ],
    [
      'some by chance',
      [1, 3, 4],
      'unknown',
      'DHE handshakes fail now and then',
      [
        'ordinary completed',
        `zero stripped ${ALERT}`,
        `zero kept ${ALERT}`,
        `zero stripped ${ALERT}`,
        `ordinary ${ALERT}`,
      ],
    ],
    [
      'those with a leading zero, stripped or kept',
      [1, 2, 3],
      'unfixed',
      'DHE handshakes whose secret begins with a zero byte fail, others complete',
      [
        'ordinary completed',
        `zero stripped ${ALERT}`,
        `zero kept ${ALERT}`,
        `zero stripped ${ALERT}`,
        'ordinary completed',
      ],
    ],
  ])('%s', async (_, connections, verdict, reason, attempts) => {
    const found = await ask((await openssl(...GCM, spoilOn(...connections))).port);
    expect([found.verdict, brief(found)]).toEqual([verdict, attempts]);
    expect(found.reason).toContain(reason);
  });

  test('silence after Finished is no refusal', async () => {
    const lastFlight: Spoiling['lastFlight'] = (flight, connection) => (connection === 0 ? flight : null);
    const found = await ask((await openssl(...GCM, { lastFlight })).port, [], 300);
    expect([found.verdict, brief(found)]).toEqual([
      'unknown',
      ['ordinary completed', 'zero stripped no-answer', 'zero kept no-answer', 'zero stripped no-answer'],
    ]);
  });
});

describe('a server that cannot be asked', () => {
  test.each([
    ['sql-server-2022', 'it takes no DHE suite of those that can be tried'],
    ['sql-server-2019-no-encryption', 'it answers ENCRYPT_NOT_SUP, so there is no TLS to ask for'],
    ['closing', 'it did not answer PRELOGIN'],
  ])('%s: %s', async (name, reason) => {
    const found = await ask((await play(name)).port);
    expect(found).toMatchObject({ verdict: 'unknown', reason, protocol: null, suite: null, dhBits: null });
    expect(found.attempts).toHaveLength(1);
  });

  test('silent', async () => {
    expect(await ask((await play('silent')).port, [], 300)).toMatchObject({
      verdict: 'unknown',
      reason: 'no answer after 0.3 s',
    });
  });

  test('nothing listens there', async () => {
    const { port, close } = await play('closing');
    await close();
    const found = await ask(port);
    expect([found.verdict, found.reason]).toEqual(['unknown', 'connection refused: nothing listens there']);
  });
});

describe('a server that answers nonsense', () => {
  async function raw(
    answer: (socket: Parameters<Parameters<typeof rawServer>[0]>[0]) => void,
  ): Promise<RawServer> {
    const server = await rawServer(afterPrelogin(answer));
    open.push(server);
    return server;
  }

  test.each([
    ['another protocol', Buffer.from('HTTP/1.1 400 Bad Request'), 'begins no TDS packet'],
    ['no record', encodeMessage(PACKET_TYPE.PRELOGIN, Buffer.from('nonsense')), 'no TLS record'],
  ])('%s', async (_, bytes, reason) => {
    const { port } = await raw((socket) => socket.write(bytes));
    const found = await ask(port);
    expect([found.verdict, found.reason]).toEqual(['unknown', expect.stringContaining(reason)]);
  });

  test('instead of its Finished', async () => {
    const nonsense = [
      encodeMessage(PACKET_TYPE.PRELOGIN, Buffer.from([20, 3, 3, 0, 1, 1, 22, 3, 3, 0, 3, 1, 2, 3])),
      encodeMessage(PACKET_TYPE.PRELOGIN, Buffer.from([22, 3, 3, 0, 4, 4, 0, 0, 0])),
      encodeMessage(PACKET_TYPE.PRELOGIN, Buffer.from([21, 3, 3, 0, 1, 2])),
      encodeMessage(PACKET_TYPE.PRELOGIN, Buffer.alloc(300, 0xff)),
    ];
    for (const bytes of nonsense) {
      const lastFlight: Spoiling['lastFlight'] = (_flight, _connection, socket) => {
        socket.write(bytes);
        return null;
      };
      const found = await ask((await openssl(...GCM, { lastFlight })).port);
      expect([found.verdict, found.attempts.length]).toEqual(['unknown', 1]);
      expect(found.reason).toMatch(/^not understood: /);
    }
  });
});

test.each(['end', 'resetAndDestroy'] as const)(
  'a server that goes with its first flight: %s',
  async (how) => {
    const flight = await opensslFlight({
      protocols: ['TLS 1.2'],
      suites: [GCM[1]],
      groups: [],
      signatureAlgorithms: ['rsa_pkcs1_sha256'],
      extendedMasterSecret: true,
    });
    const server = await rawServer(
      afterPrelogin((socket) =>
        socket.write(encodeMessage(PACKET_TYPE.PRELOGIN, flight), () => socket[how]()),
      ),
    );
    open.push(server);
    const found = await ask(server.port);
    expect([found.verdict, found.attempts.map(({ state }) => state)]).toEqual(['unknown', ['rejected']]);
  },
);

test('an alert that stands in no packet, and a close: a refusal', async () => {
  const lastFlight: Spoiling['lastFlight'] = (_flight, _connection, socket) => {
    socket.end(Buffer.from([21, 3, 3, 0, 2, 2, 20]));
    return null;
  };
  expect(brief(await ask((await openssl(...GCM, { lastFlight })).port))).toEqual([
    'ordinary rejected finished close',
  ]);
});

test('public values: padded, shorter, seen before', () => {
  const p = Buffer.from([0, 0xff, 0, 0, 1]);
  const flight = (...Ys: number[]) => ({ dh: { p, g: Buffer.from([2]), Ys: Buffer.from(Ys) } });
  const flights = [flight(1, 2, 3, 4), flight(1, 2, 3, 4), flight(0, 2, 3, 4), flight(2, 3, 4), { dh: null }];
  expect(publicValues(flights)).toEqual({ seen: 4, distinct: 2, padded: 1, shorter: 1 });
  expect(publicValues([])).toEqual({ seen: 0, distinct: 0, padded: 0, shorter: 0 });
});

test('a server whose bytes are damaged is never taken for an unfixed one', async () => {
  for (let round = 0; round < 60; round += 1) {
    // The place moves through header, hello, certificate, key exchange; each record is damaged there.
    const packets = (bytes: Buffer) => {
      const damaged = Buffer.from(bytes);
      const at = (round * 37) % damaged.length;
      damaged.writeUInt8(damaged.readUInt8(at) ^ (1 << (round % 8)), at);
      return encodeMessage(PACKET_TYPE.PRELOGIN, damaged);
    };
    const server = await openssl(...GCM, { packets });
    const { verdict } = await ask(server.port, [], 100);
    expect(verdict).toBe('unknown');
    await server.close();
  }
});
