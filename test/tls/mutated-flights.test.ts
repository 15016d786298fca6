// A million damaged flights: each an event, more to come or a TlsError; bounded in time and memory. The seed is printed.
import { beforeAll, expect, test } from '@jest/globals';
import { PacketReader, TdsError } from '../../src/tds/packet.ts';
import { FlightReader } from '../../src/tls/server-flight.ts';
import { TlsError } from '../../src/tls/wire.ts';
import { opensslFlight } from './openssl-flight.ts';

const MUTANTS = 1_000_000;
/** Errors carry a stack, which takes longer than all the reading. */
const STACK = Error.stackTraceLimit;

let flights: Buffer[];
beforeAll(async () => {
  const hello = (suite: string, version: 'TLS 1.0' | 'TLS 1.2') => ({
    protocols: [version],
    suites: [suite],
    groups: ['secp256r1'],
    signatureAlgorithms: version === 'TLS 1.2' ? ['rsa_pkcs1_sha256'] : [],
    extendedMasterSecret: true,
  });
  flights = await Promise.all([
    opensslFlight(hello('TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256', 'TLS 1.2')),
    opensslFlight(hello('TLS_DHE_RSA_WITH_AES_128_GCM_SHA256', 'TLS 1.2')),
    opensslFlight(hello('TLS_RSA_WITH_AES_128_CBC_SHA', 'TLS 1.0')),
  ]);
});

/** xorshift32: quick, and the same everywhere. */
function randomFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

test('a million damaged flights', () => {
  const seed = 1 + Math.floor(Math.random() * 0x7ffffffe);
  const random = randomFrom(seed);
  const ends = { event: 0, more: 0, error: 0 };
  Error.stackTraceLimit = 0;
  try {
    for (let mutant = 0; mutant < MUTANTS; mutant += 1) ends[endOf(damaged(random), random)] += 1;
  } catch (error) {
    throw new Error(`seed ${seed}`, { cause: error });
  } finally {
    Error.stackTraceLimit = STACK;
  }
  expect(ends.event + ends.more + ends.error).toBe(MUTANTS);
  // None of the three is so rare that the test would not see it go wrong.
  expect(Math.min(ends.event, ends.more, ends.error)).toBeGreaterThan(MUTANTS / 100);
}, 120_000);

/** Up to four bytes changed; some cut short, some with a piece twice. */
function damaged(random: (below: number) => number): Buffer {
  const whole = flights[random(flights.length)] ?? Buffer.alloc(0);
  const bytes = Buffer.from(whole);
  // The first hundred bytes hold the lengths that matter most.
  for (let changes = 1 + random(4); changes > 0; changes -= 1)
    bytes[random(2) === 0 ? random(100) : random(bytes.length)] = random(256);
  const how = random(8);
  if (how === 0) return bytes.subarray(0, random(bytes.length));
  if (how === 1) return Buffer.concat([bytes.subarray(0, random(bytes.length)), bytes]);
  return bytes;
}

function endOf(bytes: Buffer, random: (below: number) => number): 'event' | 'more' | 'error' {
  const reader = new FlightReader();
  const cut = random(bytes.length + 1);
  try {
    return (reader.push(bytes.subarray(0, cut)) ?? reader.push(bytes.subarray(cut))) ? 'event' : 'more';
  } catch (error) {
    if (error instanceof TlsError) return 'error';
    throw error;
  }
}

test.each([
  ['one record after another', () => Buffer.from([22, 3, 3, 0, 4, 22, 0, 0, 0])],
  ['a message that never comes to its end', () => Buffer.from([22, 3, 3, 0, 1, 0])],
  ['certificates of ever more certificates', () => Buffer.from([22, 3, 3, 0, 7, 11, 0, 0, 3, 0, 0, 0])],
])('%s: given up after 256 KB, of which the records and the transcript hold each one copy', (_, next) => {
  const reader = new FlightReader();
  reader.push(flights[2]?.subarray(0, 5 + (flights[2]?.readUInt16BE(3) ?? 0)) ?? Buffer.alloc(0));
  let given = 0;
  expect(() => {
    for (;;) {
      const piece = next();
      given += piece.length;
      reader.push(piece);
    }
  }).toThrow(TlsError);
  expect(given).toBeGreaterThan(200 * 1024);
  expect(given).toBeLessThanOrEqual(256 * 1024 + 16);
});

test('packets of one byte, a quarter of a million of them, take no time that grows with their square', () => {
  const packets = new PacketReader();
  const one = Buffer.from([0x12, 0, 0, 9, 0, 0, 1, 0, 0x16]);
  let payload = 0;
  for (let count = 0; count < 250_000; count += 1)
    for (const packet of packets.push(one)) payload += packet.payload.length;
  expect(payload).toBe(250_000);
  expect(() => new PacketReader().push(Buffer.from([0x16]))).toThrow(TdsError);
});
