// The lab's own DHE server against Node's TLS client (OpenSSL): every suite it can play, with and without RFC 7627.
import { constants } from 'node:crypto';
import { afterEach, describe, expect, test } from '@jest/globals';
import { dheSuite } from '../../src/lab/dhe-server.ts';
import { labProfile } from '../../src/lab/profiles.ts';
import { startLab } from '../../src/lab/server.ts';
import { encodeMessage, PACKET_TYPE } from '../../src/tds/packet.ts';
import { suiteByName } from '../../src/tls/cipher-suites.ts';
import { encodeClientHello } from '../../src/tls/client-hello.ts';
import { clientKeyExchange } from '../../src/tls/secured.ts';
import { CONTENT_TYPE, records } from '../../src/tls/wire.ts';
import { closeAll, dial, play, prelogin, secure } from './client.ts';

afterEach(closeAll);

const NAME = 'sql-server-2016-dhe-fixed';
const SUITES = [
  'TLS_DHE_RSA_WITH_AES_256_GCM_SHA384',
  'TLS_DHE_RSA_WITH_AES_128_GCM_SHA256',
  'TLS_DHE_RSA_WITH_AES_256_CBC_SHA',
  'TLS_DHE_RSA_WITH_AES_128_CBC_SHA',
];
/** SSL_OP_NO_EXTENDED_MASTER_SECRET of OpenSSL 3; node:crypto has no name for it. */
const NO_EXTENDED_MASTER_SECRET = 1;

describe.each(SUITES)('%s', (suite) => {
  test.each([
    ['with extended_master_secret', 0],
    ['without it', NO_EXTENDED_MASTER_SECRET],
  ])('%s', async (_, secureOptions) => {
    const lab = await play(NAME);
    const line = dial(lab.port);
    await prelogin(line, 'ON');
    const { plain, packets } = await secure(line, {
      ciphers: `${suiteByName(suite)?.openssl}`,
      secureOptions: secureOptions | constants.SSL_OP_NO_TICKET,
    });
    expect(plain.getCipher().standardName).toBe(suite);
    expect(plain.getEphemeralKeyInfo()).toMatchObject({ type: 'DH', size: 2048 });
    expect(packets.map(({ endOfMessage }) => endOfMessage)).toEqual([true, true]);
    expect(lab.events).toEqual([`handshake: TLSv1.2 ${suite}`]);
  });
});

test('where ECDHE comes first, OpenSSL plays', async () => {
  const lab = await play(NAME);
  const line = dial(lab.port);
  await prelogin(line, 'ON');
  const { plain } = await secure(line, { ciphers: 'DHE-RSA-AES256-GCM-SHA384:ECDHE-RSA-AES128-GCM-SHA256' });
  expect(plain.getCipher().standardName).toBe('TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256');
});

describe('a client that breaks the protocol is closed, and the lab lives on', () => {
  const hello = encodeClientHello(
    {
      protocols: ['TLS 1.2'],
      suites: SUITES,
      groups: [],
      signatureAlgorithms: ['rsa_pkcs1_sha256'],
      extendedMasterSecret: true,
    },
    { random: Buffer.alloc(32, 7) },
  );
  const exchange = (Yc: Buffer) => records(CONTENT_TYPE.HANDSHAKE, 0x0303, clientKeyExchange(Yc));
  const changed = records(CONTENT_TYPE.CHANGE_CIPHER_SPEC, 0x0303, Buffer.from([1]));
  const finished = records(CONTENT_TYPE.HANDSHAKE, 0x0303, Buffer.alloc(40));

  test.each([
    ['no TLS', [Buffer.from('nonsense')], 'no handshake record'],
    ['no TLS after the hello', [hello, Buffer.from('nonsense')], 'the bytes are no TLS record'],
    ['an alert', [hello, records(CONTENT_TYPE.ALERT, 0x0303, Buffer.from([2, 40]))], 'an alert'],
    ['a second hello', [hello, hello], 'no ClientKeyExchange'],
    ['ChangeCipherSpec at once', [hello, changed], 'a record out of its turn'],
    ['no public value', [hello, exchange(Buffer.alloc(0))], 'a DH public value'],
    ['a public value of 0', [hello, exchange(Buffer.from([0]))], 'a DH public value'],
    ['a public value too large', [hello, exchange(Buffer.alloc(300, 0xff))], 'a DH public value'],
    ['a Finished of nothing', [hello, exchange(Buffer.alloc(256, 3)), changed, finished], 'bad_record_mac'],
  ])('%s', async (_, messages, why) => {
    const lab = await play(NAME);
    const line = dial(lab.port);
    await prelogin(line, 'ON');
    for (const message of messages) line.socket.write(encodeMessage(PACKET_TYPE.PRELOGIN, message));
    line.socket.resume();
    expect(await line.end()).toBe('close');
    expect(lab.events).toEqual([expect.stringMatching(`^closed: .*${why}`)]);
  });
});

describe('dheSuite', () => {
  const hello = {
    version: 'TLS 1.2',
    suites: SUITES,
    groups: [],
    signatureAlgorithms: [],
    serverName: null,
    extendedMasterSecret: true,
  } as const;

  test.each([
    ['the first in common', hello, [...SUITES].reverse(), SUITES.at(-1)],
    ['none in common', hello, ['TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384'], null],
    [
      'another kind first',
      { ...hello, suites: ['TLS_RSA_WITH_AES_128_CBC_SHA', ...SUITES] },
      ['TLS_RSA_WITH_AES_128_CBC_SHA', ...SUITES],
      null,
    ],
    ['another version', { ...hello, version: 'TLS 1.1' } as const, SUITES, null],
    [
      'a cipher it does not know',
      { ...hello, suites: ['TLS_DHE_RSA_WITH_SEED_CBC_SHA'] },
      ['TLS_DHE_RSA_WITH_SEED_CBC_SHA'],
      null,
    ],
  ])('%s', (_, asked, suites, expected) => {
    expect(dheSuite(asked, suites)).toBe(expected);
  });
});

test('a hello that lists no signature it can make is refused', async () => {
  const profile = labProfile(NAME);
  if (!profile) throw new Error(`no ${NAME}`);
  const lab = await startLab({ ...profile, signatureAlgorithms: ['rsa_pss_rsae_sha256'] });
  const line = dial(lab.port);
  await prelogin(line, 'ON');
  await expect(secure(line, { ciphers: 'DHE-RSA-AES256-GCM-SHA384' })).rejects.toThrow();
  await lab.close();
});
