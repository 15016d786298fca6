// Protected records: what one side writes the other reads, in order, and nothing else. OpenSSL reads them in lab tests.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Protocol } from '../../src/model/protocol.ts';
import { type CipherSuite, suiteByName } from '../../src/tls/cipher-suites.ts';
import type { WriteKeys } from '../../src/tls/key-schedule.ts';
import { isProtectable, keySizes, RecordReader, RecordWriter } from '../../src/tls/record-protection.ts';
import { RecordStream } from '../../src/tls/record-stream.ts';
import { CONTENT_TYPE, TlsError } from '../../src/tls/wire.ts';

const NAMES = [
  'TLS_DHE_RSA_WITH_AES_128_GCM_SHA256',
  'TLS_DHE_RSA_WITH_AES_256_GCM_SHA384',
  'TLS_DHE_RSA_WITH_AES_128_CBC_SHA',
  'TLS_DHE_RSA_WITH_AES_256_CBC_SHA256',
  'TLS_DHE_RSA_WITH_3DES_EDE_CBC_SHA',
  'TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384',
];
const COMBINATIONS = NAMES.flatMap((name) =>
  (name.endsWith('_SHA') ? (['TLS 1.0', 'TLS 1.1', 'TLS 1.2'] as const) : (['TLS 1.2'] as const)).map(
    (version) => [name, version] as const,
  ),
);

function suiteOf(name: string): CipherSuite {
  const suite = suiteByName(name);
  if (!suite) throw new Error(`no suite ${name}`);
  return suite;
}

function keysFor(suite: CipherSuite, version: Protocol, seed: number): WriteKeys {
  const { mac, key, iv } = keySizes(suite, version);
  const bytes = (size: number, salt: number) =>
    Buffer.from(Array.from({ length: size }, (_, at) => (seed * 31 + at * 7 + salt) & 0xff));
  return { mac: bytes(mac, 1), key: bytes(key, 2), iv: bytes(iv, 3) };
}

const FRAGMENT = fc.uint8Array({ maxLength: 600 });
const RANDOM = fc.uint8Array({ minLength: 16, maxLength: 16 });
const HEADER = 5;

describe.each(COMBINATIONS)('%s in %s', (name, version) => {
  const suite = suiteOf(name);

  test('reads what was written, record after record', () => {
    fc.assert(
      fc.property(fc.nat(255), fc.array(fc.tuple(FRAGMENT, RANDOM), { maxLength: 5 }), (seed, fragments) => {
        const keys = keysFor(suite, version, seed);
        const writer = new RecordWriter(suite, version, keys);
        const reader = new RecordReader(suite, version, keys);
        const written = fragments.map(([fragment, random]) =>
          writer.protect(CONTENT_TYPE.APPLICATION_DATA, fragment, random),
        );
        const read = new RecordStream()
          .push(Buffer.concat(written))
          .map(({ type, body }) => reader.unprotect(type, body));
        expect(read).toEqual(fragments.map(([fragment]) => Buffer.from(fragment)));
      }),
    );
  });

  test('refuses a record with any bit changed, cut short, of another type, or out of its turn', () => {
    fc.assert(
      fc.property(FRAGMENT, RANDOM, fc.nat(), fc.nat(7), (fragment, random, where, bit) => {
        const keys = keysFor(suite, version, 5);
        const read = (type: number, body: Buffer, skip = 0) => {
          const reader = new RecordReader(suite, version, keys);
          const before = new RecordWriter(suite, version, keys);
          for (let at = 0; at < skip; at += 1) {
            const earlier = before.protect(type, Buffer.from('earlier'), random);
            reader.unprotect(type, earlier.subarray(HEADER));
          }
          return reader.unprotect(type, body);
        };
        const writer = new RecordWriter(suite, version, keys);
        const body = writer.protect(CONTENT_TYPE.HANDSHAKE, fragment, random).subarray(HEADER);
        const damaged = Buffer.from(body);
        const at = where % damaged.length;
        damaged.writeUInt8(damaged.readUInt8(at) ^ (1 << bit), at);
        expect(read(CONTENT_TYPE.HANDSHAKE, body)).toEqual(Buffer.from(fragment));
        expect(() => read(CONTENT_TYPE.HANDSHAKE, damaged)).toThrow(TlsError);
        expect(() => read(CONTENT_TYPE.HANDSHAKE, body.subarray(0, where % body.length))).toThrow(TlsError);
        expect(() => read(CONTENT_TYPE.ALERT, body)).toThrow(TlsError);
        expect(() => read(CONTENT_TYPE.HANDSHAKE, body, 1)).toThrow(TlsError);
      }),
    );
  });
});

test('arbitrary bytes are refused, never something else', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...COMBINATIONS),
      fc.uint8Array({ maxLength: 200 }),
      ([name, version], body) => {
        const reader = new RecordReader(suiteOf(name), version, keysFor(suiteOf(name), version, 1));
        expect(() => reader.unprotect(CONTENT_TYPE.HANDSHAKE, Buffer.from(body))).toThrow(TlsError);
      },
    ),
  );
});

test('a suite of another cipher is said, not guessed', () => {
  const camellia = suiteOf('TLS_DHE_RSA_WITH_CAMELLIA_128_CBC_SHA');
  expect(isProtectable(camellia)).toBe(false);
  expect(() => keySizes(camellia, 'TLS 1.2')).toThrow('records of TLS_DHE_RSA_WITH_CAMELLIA_128_CBC_SHA');
});

describe('RecordStream', () => {
  const keys = keysFor(suiteOf(NAMES[0] ?? ''), 'TLS 1.2', 1);
  const writer = new RecordWriter(suiteOf(NAMES[0] ?? ''), 'TLS 1.2', keys);
  const one = writer.protect(CONTENT_TYPE.HANDSHAKE, Buffer.from('one'), Buffer.alloc(16));

  test('takes bytes as they come', () => {
    const stream = new RecordStream();
    const found = [...Buffer.concat([one, one])].flatMap((byte) => stream.push(Buffer.from([byte])));
    expect(found).toEqual([
      { type: CONTENT_TYPE.HANDSHAKE, body: one.subarray(HEADER) },
      { type: CONTENT_TYPE.HANDSHAKE, body: one.subarray(HEADER) },
    ]);
  });

  test.each([
    ['another protocol', 'HTTP/1.1 400', 'the bytes are no TLS record'],
    ['a record too long', '\x16\x03\x03\xff\xff', 'a TLS record of 65535 bytes'],
  ])('%s', (_, bytes, message) => {
    expect(() => new RecordStream().push(Buffer.from(bytes, 'latin1'))).toThrow(message);
  });
});
