import { beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { ClientHelloProfile } from '../../src/model/hello.ts';
import type { Protocol } from '../../src/model/protocol.ts';
import type { ServerFlight } from '../../src/model/server-flight.ts';
import { decodeCertificate } from '../../src/tls/certificate.ts';
import { bitLength } from '../../src/tls/key-exchange.ts';
import { type FlightEvent, FlightReader } from '../../src/tls/server-flight.ts';
import {
  CONTENT_TYPE,
  HANDSHAKE_TYPE,
  records,
  TlsError,
  uint,
  uint16s,
  vector,
} from '../../src/tls/wire.ts';
import { capture, testWithCaptures } from './captures.ts';
import { opensslFlight } from './openssl-flight.ts';

const GCM = 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256';

function hello(suite: string, version: Protocol = 'TLS 1.2', group = 'secp256r1'): ClientHelloProfile {
  return {
    protocols: [version],
    suites: [suite],
    groups: [group],
    signatureAlgorithms: version === 'TLS 1.2' ? ['rsa_pkcs1_sha256'] : [],
    extendedMasterSecret: true,
  };
}

const read = (bytes: Uint8Array): FlightEvent | null => new FlightReader().push(bytes);

function flightOf(bytes: Uint8Array): ServerFlight {
  const event = read(bytes);
  if (event?.kind !== 'flight') throw new Error(`no flight but ${JSON.stringify(event)}`);
  return event.flight;
}

describe('what OpenSSL answers', () => {
  test.each<[Protocol, string, string, Partial<ServerFlight>]>([
    ['TLS 1.2', GCM, 'secp256r1', { group: 'secp256r1' }],
    ['TLS 1.2', GCM, 'secp384r1', { group: 'secp384r1' }],
    ['TLS 1.2', GCM, 'x25519', { group: 'x25519' }],
    ['TLS 1.2', 'TLS_RSA_WITH_AES_128_CBC_SHA', 'secp256r1', { group: null }],
    ['TLS 1.2', 'TLS_DHE_RSA_WITH_AES_128_GCM_SHA256', 'secp256r1', { group: null }],
    ['TLS 1.1', 'TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA', 'secp256r1', { group: 'secp256r1' }],
    ['TLS 1.0', 'TLS_RSA_WITH_AES_256_CBC_SHA', 'secp256r1', { group: null }],
  ])('%s %s %s', async (version, suite, group, expected) => {
    const flight = flightOf(await opensslFlight(hello(suite, version, group)));
    expect(flight).toMatchObject({ version, suite, extendedMasterSecret: true, ...expected });
    expect(flight.chain.map((der) => decodeCertificate(der).subject)).toEqual(['CN=sql01.contoso.example']);
  });

  test('nothing in common: alert 40', async () => {
    const nothing = hello('TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256');
    expect(read(await opensslFlight(nothing))).toEqual({ kind: 'alert', level: 2, description: 40 });
  });
});

describe('however the bytes arrive', () => {
  let whole: Buffer;
  beforeAll(async () => {
    whole = await opensslFlight(hello(GCM));
  });

  test('cut anywhere, the flight is the same, and comes with its last byte', () => {
    const expected = flightOf(whole);
    fc.assert(
      fc.property(fc.array(fc.nat(whole.length - 1), { maxLength: 12 }), (cuts) => {
        const reader = new FlightReader();
        const borders = [0, ...cuts.sort((one, other) => one - other), whole.length];
        const events = borders.slice(1).map((end, index) => reader.push(whole.subarray(borders[index], end)));
        expect(events.slice(0, -1).every((event) => event === null)).toBe(true);
        expect(events.at(-1)).toEqual({ kind: 'flight', flight: expected });
      }),
      { numRuns: 300 },
    );
  });

  test('one handshake message over several records', () => {
    const handshake = Buffer.concat(recordsOf(whole));
    const shredded = Buffer.concat(
      Array.from({ length: Math.ceil(handshake.length / 7) }, (_, index) =>
        records(CONTENT_TYPE.HANDSHAKE, 0x0303, handshake.subarray(index * 7, index * 7 + 7)),
      ),
    );
    expect(flightOf(shredded)).toEqual(flightOf(whole));
  });

  test('25 000 damaged flights: an event, more to come or a TlsError', () => {
    const change = fc.tuple(fc.nat(whole.length - 1), fc.nat(255));
    const damage = fc.array(change, { minLength: 1, maxLength: 4 });
    const ends = { event: 0, more: 0, error: 0 };
    fc.assert(
      fc.property(damage, fc.nat(whole.length - 1), (changes, cut) => {
        const bytes = Buffer.from(whole);
        for (const [at, value] of changes) bytes[at] = value;
        ends[endOf(bytes, cut)] += 1;
      }),
      { numRuns: 25_000 },
    );
    expect(Math.min(ends.event, ends.more, ends.error)).toBeGreaterThan(100);
  }, 30_000);

  test('any bytes at all', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat(200), (bytes, cut) => {
        endOf(Buffer.from(bytes), cut);
        endOf(records(CONTENT_TYPE.HANDSHAKE, 0x0303, Buffer.from(bytes)), cut);
      }),
      { numRuns: 2000 },
    );
  });
});

/** Reads until the first event or error; anything but a TlsError is thrown on. */
function endOf(bytes: Buffer, cut: number): 'event' | 'more' | 'error' {
  const reader = new FlightReader();
  try {
    return (reader.push(bytes.subarray(0, cut)) ?? reader.push(bytes.subarray(cut))) ? 'event' : 'more';
  } catch (error) {
    if (error instanceof TlsError) return 'error';
    throw error;
  }
}

function recordsOf(bytes: Buffer): Buffer[] {
  const bodies: Buffer[] = [];
  for (let at = 0; at < bytes.length; ) {
    const end = at + 5 + bytes.readUInt16BE(at + 3);
    bodies.push(bytes.subarray(at + 5, end));
    at = end;
  }
  return bodies;
}

const message = (type: number, ...body: Uint8Array[]) =>
  records(CONTENT_TYPE.HANDSHAKE, 0x0303, Buffer.concat([uint(type, 1), vector(3, ...body)]));
const serverHello = (suite: number, ...extensions: Buffer[]) =>
  message(
    HANDSHAKE_TYPE.SERVER_HELLO,
    uint(0x0303, 2),
    Buffer.alloc(32),
    vector(1),
    uint(suite, 2),
    uint(0, 1),
    ...(extensions.length > 0 ? [vector(2, ...extensions)] : []),
  );
const done = message(HANDSHAKE_TYPE.SERVER_HELLO_DONE);

describe('odd but legal', () => {
  test('no extensions at all, an unknown suite', () => {
    expect(flightOf(Buffer.concat([serverHello(0xfefe), done]))).toMatchObject({
      version: 'TLS 1.2',
      suite: '0xFEFE',
      extendedMasterSecret: false,
      secureRenegotiation: false,
      sessionTicket: false,
      alpn: null,
      chain: [],
      group: null,
      dh: null,
      signature: null,
    });
  });

  test('supported_versions wins over the legacy version', () => {
    const versions = Buffer.concat([uint16s([43]), vector(2, uint(0x0304, 2))]);
    const share = Buffer.concat([uint16s([51]), vector(2, uint(0x001d, 2))]);
    expect(flightOf(serverHello(0x1301, versions, share))).toMatchObject({
      version: 'TLS 1.3',
      group: 'x25519',
    });
  });

  test('a warning before the ServerHello is an event of its own; the flight comes after it', () => {
    const warning = records(CONTENT_TYPE.ALERT, 0x0303, Uint8Array.of(1, 112));
    const reader = new FlightReader();
    expect(reader.push(Buffer.concat([warning, serverHello(0xc02f), done]))).toMatchObject({ level: 1 });
    expect(reader.push(Buffer.alloc(0))).toMatchObject({ kind: 'flight', flight: { suite: GCM } });
  });

  test('leading zeros of a DHE prime do not count as bits', () => {
    const p = Buffer.from([0, 0x01, ...Array<number>(127).fill(0xff)]);
    const [g, Ys, signature] = [Buffer.from([2]), Buffer.from([9, 9]), Buffer.from([7])];
    const params = Buffer.concat([p, g, Ys].map((integer) => vector(2, integer)));
    const exchange = message(
      HANDSHAKE_TYPE.SERVER_KEY_EXCHANGE,
      params,
      uint(0x0401, 2),
      vector(2, signature),
    );
    const flight = flightOf(Buffer.concat([serverHello(0x0033), exchange, done]));
    expect(flight.dh).toEqual({ p, g, Ys });
    expect(flight.signature).toEqual({ scheme: 'rsa_pkcs1_sha256', params, signature });
    expect(bitLength(flight.dh?.p ?? Buffer.alloc(0))).toBe(1017);
  });
});

describe('bounds', () => {
  const certificates = (count: number) =>
    message(
      HANDSHAKE_TYPE.CERTIFICATE,
      vector(3, ...Array.from({ length: count }, () => vector(3, Buffer.alloc(3)))),
    );

  test('20 certificates are read, 21 are not', () => {
    expect(flightOf(Buffer.concat([serverHello(0x002f), certificates(20), done])).chain).toHaveLength(20);
    expect(() => read(Buffer.concat([serverHello(0x002f), certificates(21), done]))).toThrow(TlsError);
  });

  test('a message that says it is longer than 128 KB is refused before it arrives', () => {
    const header = (length: number) =>
      records(
        CONTENT_TYPE.HANDSHAKE,
        0x0303,
        Buffer.concat([uint(HANDSHAKE_TYPE.SERVER_HELLO, 1), uint(length, 3)]),
      );
    expect(read(header(128 * 1024))).toBeNull();
    expect(() => read(header(128 * 1024 + 1))).toThrow(TlsError);
  });

  test('256 KB and a byte, in messages that never end the flight', () => {
    const reader = new FlightReader();
    reader.push(serverHello(0x002f));
    const filler = message(HANDSHAKE_TYPE.CERTIFICATE_STATUS, Buffer.alloc(0x3000));
    expect(() => {
      for (let sent = 0; sent <= 256 * 1024; sent += filler.length) expect(reader.push(filler)).toBeNull();
    }).toThrow(TlsError);
  });

  test('a record longer than any may be', () => {
    expect(() => read(Buffer.from([22, 3, 3, 0xff, 0xff]))).toThrow(TlsError);
  });

  test.each([
    ['no TLS', Buffer.from('HTTP/1.1 400 Bad Request\r\n')],
    ['application data', records(CONTENT_TYPE.APPLICATION_DATA, 0x0303, Buffer.alloc(3))],
    ['a certificate before the ServerHello', certificates(1)],
    ['a cut alert', records(CONTENT_TYPE.ALERT, 0x0303, Uint8Array.of(2))],
  ])('%s', (_, bytes) => {
    expect(() => read(bytes)).toThrow(TlsError);
  });
});

testWithCaptures('the first flight of SQL Server 2017 on Linux', () => {
  const flight = flightOf(Buffer.from(capture('sql2017-linux-flight.hex').trim(), 'hex'));
  expect(flight).toMatchObject({ version: 'TLS 1.2', suite: GCM });
  expect(flight.group).toMatch(/^(secp|x25519)/);
  expect(flight.chain.map((der) => decodeCertificate(der).sqlServerFallback)).toEqual([true]);
});
