// What a scan costs a server: each hello once, few at a time, an end to it.
import { afterEach, beforeAll, expect, test } from '@jest/globals';
import { type ClientHelloProfile, helloKey } from '../../src/model/hello.ts';
import { profileOf } from '../../src/observe/profile.ts';
import { type ScanOptions, scan } from '../../src/observe/scan.ts';
import { encodeMessage, PACKET_TYPE } from '../../src/tds/packet.ts';
import { broadened } from '../../src/tls/broadened.ts';
import { decodeClientHello } from '../../src/tls/client-hello.ts';
import { opensslFlight } from '../tls/openssl-flight.ts';
import { afterPrelogin, type RawServer, rawServer } from './raw-server.ts';

const SUITES = [
  'TLS_RSA_WITH_AES_128_CBC_SHA',
  'TLS_RSA_WITH_AES_256_CBC_SHA',
  'TLS_RSA_WITH_AES_128_GCM_SHA256',
  'TLS_RSA_WITH_AES_256_GCM_SHA384',
  'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256',
  'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384',
];
const HELLOS: readonly ClientHelloProfile[] = SUITES.map((suite) => ({
  protocols: ['TLS 1.2'],
  suites: [suite],
  groups: ['secp256r1'],
  signatureAlgorithms: ['rsa_pkcs1_sha256'],
  extendedMasterSecret: true,
}));

let flight: Buffer;
beforeAll(async () => {
  flight = encodeMessage(PACKET_TYPE.PRELOGIN, await opensslFlight({ ...first(HELLOS), suites: SUITES }));
});

let server: RawServer | undefined;
afterEach(() => server?.close());

async function ask(
  behave: Parameters<typeof rawServer>[0],
  hellos: readonly ClientHelloProfile[],
  options: Partial<ScanOptions> = {},
) {
  server = await rawServer(behave);
  const where = { host: '127.0.0.1', port: server.port, instance: null, serverName: null };
  const seen = await scan(where, hellos, { deadlineMs: 600, ...options });
  return { seen, connections: server.connections() };
}

function first<T>([one]: readonly T[]): T {
  if (one === undefined) throw new Error('nothing there');
  return one;
}

test('at most four connections at a time, one line and one count for each', async () => {
  const lines: string[] = [];
  let open = 0;
  let atOnce = 0;
  const slow = afterPrelogin((socket) => {
    open += 1;
    atOnce = Math.max(atOnce, open);
    setTimeout(() => {
      open -= 1;
      socket.write(flight);
    }, 20);
  });
  const { seen, connections } = await ask(slow, [...HELLOS, ...HELLOS], {
    onConnection: (line) => lines.push(line),
  });
  const expected = 3 + HELLOS.length;
  expect([seen.connections, connections, lines.length]).toEqual([expected, expected, expected]);
  expect(atOnce).toBe(4);
});

test('hellos that broaden to the same one share it', async () => {
  const hello = first(HELLOS);
  const alike = ['rsa_pkcs1_sha256', 'rsa_pkcs1_sha384', 'rsa_pkcs1_sha512'].map((scheme) => ({
    ...hello,
    signatureAlgorithms: [scheme],
  }));
  const reset = afterPrelogin((socket) => socket.resetAndDestroy());
  const { seen } = await ask(reset, alike, { afterRejection: broadened });
  expect([...seen.hellos.keys()].sort()).toEqual([...alike, broadened(hello)].map(helloKey).sort());
  // TLS 1.2 with every suite and with fewer, TLS 1.1, TLS 1.0, three clients, one broadened.
  expect(seen.connections).toBe(8);
});

test('a hello without an answer is sent once more, the first one too', async () => {
  let connections = 0;
  const forgetful = afterPrelogin((socket) => {
    connections += 1;
    if (connections > 1) socket.write(flight);
  });
  const { seen } = await ask(forgetful, []);
  expect(seen.protocols.map(({ version, answer }) => [version, answer.state])).toEqual([
    ['TLS 1.0', 'accepted'],
    ['TLS 1.1', 'accepted'],
    ['TLS 1.2', 'accepted'],
  ]);
  expect(seen.connections).toBe(4);
});

test('a server that refuses long hellos is asked with shorter ones, for every version', async () => {
  const offered: { readonly version: string; readonly long: boolean }[] = [];
  const impatient = afterPrelogin((socket, bytes) => {
    const hello = decodeClientHello(bytes);
    if (!hello) throw new Error('no hello');
    const long = hello.suites.length > 60;
    offered.push({ version: hello.version, long });
    if (long) socket.resetAndDestroy();
    else socket.write(flight);
  });
  const { seen } = await ask(impatient, []);
  expect(offered.filter(({ version }) => version === 'TLS 1.2').map(({ long }) => long)).toEqual([
    true,
    false,
  ]);
  expect(seen.protocols.map(({ answer }) => answer.state)).toEqual(['accepted', 'accepted', 'accepted']);
  expect(profileOf(seen).protocols['TLS 1.2']?.value).toBe('accepted');
});

test('a scan that takes too long ends, and what it did not ask stays unknown', async () => {
  const started = performance.now();
  let answered = 0;
  const once = afterPrelogin((socket) => {
    answered += 1;
    if (answered === 1) socket.write(flight);
  });
  const { seen } = await ask(once, HELLOS, { deadlineMs: 5000, scanMs: 500 });
  expect(performance.now() - started).toBeLessThan(1500);
  expect(profileOf(seen).protocols['TLS 1.0']).toBeUndefined();
  expect(seen.hellos.get(helloKey(first([...HELLOS].reverse())))).toEqual({
    state: 'no-answer',
    reason: 'the scan took longer than 0.5 s',
  });
});

test('a tarpit that answers PRELOGIN alone is not asked version by version, nor hello by hello', async () => {
  const { seen, connections } = await ask(
    afterPrelogin(() => {}),
    HELLOS,
    { deadlineMs: 500 },
  );
  // TLS 1.2 twice, 1.0 and 1.1 once.
  expect(connections).toBe(4);
  expect(seen.protocols.map(({ answer }) => answer.state)).toEqual(['no-answer', 'no-answer', 'no-answer']);
  expect(HELLOS.map((hello) => seen.hellos.get(helloKey(hello))?.state)).toEqual(
    HELLOS.map(() => 'no-answer'),
  );
});

test('a server that falls silent in between is left alone after eight hellos, and nothing is made of the rest', async () => {
  let answered = 0;
  const behave = afterPrelogin((socket) => {
    answered += 1;
    if (answered <= 3) socket.write(flight);
  });
  const more = HELLOS.map((hello) => ({ ...hello, groups: ['x25519'] }));
  const { seen, connections } = await ask(behave, [...HELLOS, ...more], { deadlineMs: 500 });
  // Three answers, eight silences, and what was under way beside the last of them.
  expect(connections).toBeLessThanOrEqual(3 + 8 + 3);
  const states = [...seen.hellos.values()].map(({ state }) => state);
  expect(states.filter((state) => state === 'rejected')).toEqual([]);
  expect(states).toContain('no-answer');
});
