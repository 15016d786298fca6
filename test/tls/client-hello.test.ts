import { Duplex } from 'node:stream';
import tls from 'node:tls';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { ClientHelloProfile } from '../../src/model/hello.ts';
import { TDS7_PROTOCOLS } from '../../src/model/protocol.ts';
import { suitesOf } from '../../src/tls/cipher-suites.ts';
import { decodeClientHello, encodeClientHello } from '../../src/tls/client-hello.ts';
import { NAMED_GROUPS, SIGNATURE_SCHEMES } from '../../src/tls/names.ts';
import { TlsError } from '../../src/tls/wire.ts';

const random = Buffer.alloc(32, 0x5a);
const SMALL: ClientHelloProfile = {
  protocols: ['TLS 1.0', 'TLS 1.2'],
  suites: ['TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256', 'TLS_RSA_WITH_AES_256_CBC_SHA'],
  groups: ['x25519', 'secp256r1'],
  signatureAlgorithms: ['rsa_pkcs1_sha256'],
  extendedMasterSecret: true,
};

test('byte by byte', () => {
  const wire = [
    '16 0301 006e', // record: handshake, TLS 1.0
    '01 00006a 0303', // ClientHello, TLS 1.2
    '5a'.repeat(32),
    '00', // no session
    '0004 c02f 0035',
    '01 00', // no compression
    '003d',
    '0000 0018 0016 00 0013 73716c2e636f6e746f736f2e6578616d706c65', // server_name
    'ff01 0001 00', // renegotiation_info
    '000a 0006 0004 001d 0017', // supported_groups
    '000b 0002 01 00', // ec_point_formats: uncompressed
    '000d 0004 0002 0401', // signature_algorithms
    '0017 0000', // extended_master_secret
  ];
  const hello = encodeClientHello(SMALL, { random, serverName: 'sql.contoso.example' });
  expect(hello.toString('hex')).toBe(wire.join('').replaceAll(' ', ''));
});

describe('what is left out', () => {
  const decoded = (part: Partial<ClientHelloProfile>) =>
    decodeClientHello(encodeClientHello({ ...SMALL, ...part }, { random }));

  test('groups without an elliptic-curve suite', () => {
    expect(decoded({ suites: ['TLS_RSA_WITH_AES_256_CBC_SHA'] })?.groups).toEqual([]);
  });

  test('signature algorithms below TLS 1.2', () => {
    expect(decoded({ protocols: ['TLS 1.0', 'TLS 1.1'] })).toMatchObject({
      version: 'TLS 1.1',
      signatureAlgorithms: [],
    });
  });

  test('the server name of an IP address', () => {
    expect(decoded({})?.serverName).toBeNull();
  });
});

test.each([
  ['suite', { suites: ['TLS_RSA_WITH_NOTHING'] }],
  ['group', { groups: ['secp257r1'] }],
  ['signature scheme', { signatureAlgorithms: ['rsa_pkcs1_sha257'] }],
  ['version', { protocols: [] }],
])('an unknown %s is a TlsError', (_, part) => {
  expect(() => encodeClientHello({ ...SMALL, ...part }, { random })).toThrow(TlsError);
});

const profile: fc.Arbitrary<ClientHelloProfile> = fc.constantFrom(...TDS7_PROTOCOLS).chain((version) =>
  fc.record({
    protocols: fc.constant([version]),
    suites: fc.shuffledSubarray(
      suitesOf(version).map(({ name }) => name),
      { minLength: 1 },
    ),
    groups: fc.shuffledSubarray([...NAMED_GROUPS.names]),
    signatureAlgorithms: fc.shuffledSubarray([...SIGNATURE_SCHEMES.names]),
    extendedMasterSecret: fc.boolean(),
  }),
);

test('what is encoded is what is decoded', () => {
  const name = fc.option(fc.domain());
  fc.assert(
    fc.property(profile, name, (hello, serverName) => {
      const elliptic = hello.suites.some((suite) => /^TLS_ECDHE?_/.test(suite));
      expect(decodeClientHello(encodeClientHello(hello, { random, serverName }))).toMatchObject({
        version: hello.protocols[0],
        suites: hello.suites,
        groups: elliptic ? hello.groups : [],
        signatureAlgorithms: hello.protocols[0] === 'TLS 1.2' ? hello.signatureAlgorithms : [],
        extendedMasterSecret: hello.extendedMasterSecret,
        serverName,
      });
    }),
    { numRuns: 500 },
  );
});

test('a hello cut anywhere asks for more', () => {
  const whole = encodeClientHello(SMALL, { random });
  for (let length = 0; length < whole.length; length += 1) {
    expect(decodeClientHello(whole.subarray(0, length))).toBeNull();
  }
});

test('a damaged hello is decoded, asks for more or is a TlsError', () => {
  const whole = encodeClientHello(SMALL, { random, serverName: 'sql.contoso.example' });
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 }),
      (changes) => {
        const bytes = Buffer.from(whole);
        for (const [at, value] of changes) bytes[at] = value;
        try {
          decodeClientHello(bytes);
        } catch (error) {
          if (!(error instanceof TlsError)) throw error;
        }
      },
    ),
    { numRuns: 5000 },
  );
});

test('OpenSSL’s own hello', async () => {
  const bytes = await new Promise<Buffer>((resolve) => {
    const pipe = new Duplex({
      read() {},
      write(chunk: Buffer, _encoding, done) {
        resolve(chunk);
        done();
      },
    });
    const client = tls.connect({
      socket: pipe,
      servername: 'sql.contoso.example',
      minVersion: 'TLSv1.2',
      maxVersion: 'TLSv1.2',
      ciphers: 'ECDHE-RSA-AES256-GCM-SHA384:AES128-SHA',
      ecdhCurve: 'P-384:X25519',
      sigalgs: 'RSA+SHA256:ECDSA+SHA384',
    });
    client.on('error', () => {});
  });
  const hello = decodeClientHello(bytes);
  // OpenSSL before 3.5 adds the renegotiation SCSV, which is no suite (RFC 5746 §3.3).
  expect(hello?.suites.filter((suite) => suite !== '0x00FF')).toEqual([
    'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384',
    'TLS_RSA_WITH_AES_128_CBC_SHA',
  ]);
  expect(hello).toMatchObject({
    version: 'TLS 1.2',
    groups: ['secp384r1', 'x25519'],
    signatureAlgorithms: ['rsa_pkcs1_sha256', 'ecdsa_secp384r1_sha384'],
    serverName: 'sql.contoso.example',
    extendedMasterSecret: true,
  });
});
