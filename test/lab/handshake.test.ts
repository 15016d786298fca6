// Node's own TLS client through the TDS framing: what each profile chooses and shows, and how it says no.
import { afterEach, describe, expect, test } from '@jest/globals';
import { labProfiles } from '../../src/lab/profiles.ts';
import type { ClientHelloProfile } from '../../src/model/hello.ts';
import type { HelloAnswer } from '../../src/model/observation.ts';
import { exchange } from '../../src/observe/wire/exchange.ts';
import { PACKET_TYPE } from '../../src/tds/packet.ts';
import { decodeCertificate } from '../../src/tls/certificate.ts';
import { encodeClientHello } from '../../src/tls/client-hello.ts';
import { closeAll, dial, play, prelogin, secure } from './client.ts';

afterEach(closeAll);

const SHA1 = '1.2.840.113549.1.1.5';
const SHA256 = '1.2.840.113549.1.1.11';
const SHA512 = '1.2.840.113549.1.1.13';
const GCM = 'TLSv1.2 TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384';

/** What a client gets that offers everything. */
const CHOSEN = [
  ['sql-server-2014-rtm', 'TLSv1 TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA', SHA1],
  ['sql-server-2016-on-windows-2012-r2', 'TLSv1.2 TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384', SHA1],
  ['sql-server-2017-short-of-workers', GCM, SHA256],
  ['sql-server-2019-tls12-only', GCM, SHA256],
  ['sql-server-2022', GCM, SHA256],
  ['sql-server-2022-rsa-kex-only', 'TLSv1.2 TLS_RSA_WITH_AES_256_GCM_SHA384', SHA256],
  ['sql-server-2022-gcm-only', GCM, SHA256],
  ['sql-server-2022-strict', GCM, SHA256],
  ['sql-server-2019-sha512-certificate', GCM, SHA512],
  ['sql-server-2019-self-signed-sha512', GCM, SHA512],
  ['sql-server-2019-force-encryption', GCM, SHA256],
  ['sql-server-2019-expired-certificate', GCM, SHA256],
  ['sql-server-2016-dhe-unfixed', GCM, SHA256],
  ['sql-server-2016-dhe-fixed', GCM, SHA256],
  ['sql-server-2019-on-linux', 'TLSv1.2 TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256', SHA256],
] as const;
/** These complete no handshake with Node: they are met elsewhere. */
const NEVER = [
  'sql-server-2017-without-workers',
  'sql-server-2022-force-strict',
  'sql-server-2019-md5-certificate',
  'sql-server-2019-no-encryption',
  'silent',
  'closing',
];

test('every profile is met', () => {
  const names = labProfiles().map(({ name }) => name);
  expect([...CHOSEN.map(([name]) => name), ...NEVER].sort()).toEqual([...names].sort());
  expect(new Set(names).size).toBe(names.length);
});

describe('a client that offers everything', () => {
  test.each(CHOSEN)('%s: %s', async (name, chosen, oid) => {
    const line = dial((await play(name)).port);
    await prelogin(line, 'ON');
    const { plain, packets } = await secure(line);
    expect(`${plain.getProtocol()} ${plain.getCipher().standardName}`).toBe(chosen);
    expect(decodeCertificate(plain.getPeerCertificate().raw).signatureOid).toBe(oid);
    // ServerHello to ServerHelloDone, then ChangeCipherSpec and Finished: one message each.
    expect(packets.map(({ type, endOfMessage }) => [type, endOfMessage])).toEqual([
      [PACKET_TYPE.PRELOGIN, true],
      [PACKET_TYPE.PRELOGIN, true],
    ]);
  });

  test('a client that trusts the lab’s CA and checks the name is content', async () => {
    const line = dial((await play('sql-server-2022')).port);
    await prelogin(line, 'ON');
    const { plain } = await secure(line);
    const issuer = plain.getPeerCertificate(true).issuerCertificate.raw.toString('base64');
    const ca = `-----BEGIN CERTIFICATE-----\n${issuer}\n-----END CERTIFICATE-----\n`;
    const careful = dial((await play('sql-server-2022')).port);
    await prelogin(careful, 'ON');
    const options = { ca, servername: 'sql.contoso.example', rejectUnauthorized: true, ciphers: 'ALL' };
    expect((await secure(careful, options)).plain.authorized).toBe(true);
  });

  test('no session ticket is handed out, so no handshake is resumed', async () => {
    const { port } = await play('sql-server-2022');
    const first = dial(port);
    await prelogin(first, 'ON');
    const { plain } = await secure(first);
    const session = plain.getSession();
    const second = dial(port);
    await prelogin(second, 'ON');
    const again = await secure(second, session ? { session } : {});
    expect([plain.getTLSTicket(), again.plain.isSessionReused()]).toEqual([undefined, false]);
  });
});

const HELLO: ClientHelloProfile = {
  protocols: ['TLS 1.2'],
  suites: ['TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384', 'TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384'],
  groups: ['secp256r1'],
  signatureAlgorithms: ['rsa_pkcs1_sha256'],
  extendedMasterSecret: true,
};

/** The answer to a hello that Node's TLS could not send. */
async function answerTo(name: string, changes: Partial<ClientHelloProfile>): Promise<string> {
  const { port } = await play(name);
  const hello = encodeClientHello({ ...HELLO, ...changes }, { random: Buffer.alloc(32, 7) });
  const { answer } = await exchange({ host: '127.0.0.1', port, instance: null, hello, deadlineMs: 2000 });
  return brief(answer);
}

function brief(answer: HelloAnswer | null): string {
  if (answer?.state === 'accepted') return `${answer.suite} ${answer.group}`;
  return answer?.state === 'rejected' ? `${answer.rejection} ${answer.alert}` : `${answer?.reason}`;
}

describe('how it says no', () => {
  const chacha = { suites: ['TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256'] };
  const tls10 = {
    protocols: ['TLS 1.0'],
    suites: ['TLS_RSA_WITH_AES_128_CBC_SHA'],
    signatureAlgorithms: [],
  } as const;

  test.each([
    ['sql-server-2019-tls12-only', 'no common suite', chacha, 'reset null'],
    [
      'sql-server-2016-on-windows-2012-r2',
      'no common suite',
      { ...chacha, signatureAlgorithms: ['rsa_pkcs1_sha1'] },
      'close null',
    ],
    ['sql-server-2019-on-linux', 'no common suite', chacha, 'alert 40'],
    ['sql-server-2022-rsa-kex-only', 'ECDHE alone', {}, 'reset null'],
    ['sql-server-2019-tls12-only', 'no common version', tls10, 'reset null'],
    ['sql-server-2019-on-linux', 'no common version', tls10, 'alert 70'],
    [
      'sql-server-2022-gcm-only',
      'CBC alone',
      { suites: ['TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384'] },
      'reset null',
    ],
    [
      'sql-server-2016-on-windows-2012-r2',
      'a group it lacks',
      { groups: ['x25519'], signatureAlgorithms: ['rsa_pkcs1_sha1'] },
      'close null',
    ],
    [
      'sql-server-2019-tls12-only',
      'a signature it cannot make',
      { signatureAlgorithms: ['rsa_pss_rsae_sha256'] },
      'reset null',
    ],
  ] as const)('%s, %s', async (name, _, changes, expected) => {
    expect(await answerTo(name, changes)).toBe(expected);
  });
});

describe('the certificate’s hash and the hello’s signature algorithms', () => {
  const both = 'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384 secp256r1';
  const cbc = 'TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384 secp256r1';

  test.each([
    ['sql-server-2019-sha512-certificate', ['rsa_pkcs1_sha256'], 'reset null'],
    ['sql-server-2019-sha512-certificate', ['rsa_pkcs1_sha256', 'rsa_pkcs1_sha512'], both],
    ['sql-server-2019-self-signed-sha512', ['rsa_pkcs1_sha256'], both],
    ['sql-server-2019-md5-certificate', ['rsa_pkcs1_sha256'], 'reset null'],
    ['sql-server-2019-md5-certificate', ['rsa_pkcs1_sha256', 'rsa_pkcs1_md5'], both],
    ['sql-server-2016-on-windows-2012-r2', ['rsa_pkcs1_sha256'], 'close null'],
    ['sql-server-2016-on-windows-2012-r2', ['rsa_pkcs1_sha256', 'rsa_pkcs1_sha1'], cbc],
    // RFC 5246 §7.4.1.4.1: without the extension the hello means SHA-1.
    ['sql-server-2016-on-windows-2012-r2', [], cbc],
    ['sql-server-2019-sha512-certificate', [], 'reset null'],
  ])('%s with %j: %s', async (name, signatureAlgorithms, expected) => {
    expect(await answerTo(name, { signatureAlgorithms })).toBe(expected);
  });

  test('TLS 1.0 has no such list: SHA-1 is not asked for', async () => {
    const tls10 = {
      protocols: ['TLS 1.0'],
      suites: ['TLS_RSA_WITH_AES_128_CBC_SHA'],
      signatureAlgorithms: [],
    } as const;
    expect(await answerTo('sql-server-2016-on-windows-2012-r2', tls10)).toBe(
      'TLS_RSA_WITH_AES_128_CBC_SHA null',
    );
  });
});
