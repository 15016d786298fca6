// Servers that say the same in odd shapes, refuse in different ways, dawdle or fall silent: the same result, or no answer.
import { afterEach, describe, expect, test } from '@jest/globals';
import { type LabProfile, labProfile } from '../../src/lab/profiles.ts';
import { startLab } from '../../src/lab/server.ts';
import type { ClientHelloProfile } from '../../src/model/hello.ts';
import type { Rejection } from '../../src/model/observation.ts';
import type { ProbedTarget } from '../../src/model/probe-report.ts';
import { probe } from '../../src/observe/probe.ts';
import { scan } from '../../src/observe/scan.ts';
import { broadened } from '../../src/tls/broadened.ts';
import {
  byteByByte,
  bytePerPacket,
  firstWord,
  onePacket,
  type ProxyOptions,
  recordPerPacket,
  type Shape,
  shapingProxy,
  unchanged,
} from './shaping-proxy.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
});

async function play(name: string, changed: Partial<LabProfile> = {}): Promise<number> {
  const profile = labProfile(name);
  if (!profile) throw new Error(`no lab profile ${name}`);
  const lab = await startLab({ ...profile, ...changed });
  closing.push(() => lab.close());
  return lab.port;
}

async function behind(port: number, options: ProxyOptions) {
  const proxy = await shapingProxy(port, options);
  closing.push(() => proxy.close());
  return proxy;
}

const whereOf = (port: number) => ({ host: '127.0.0.1', port, instance: null, serverName: null });
const ENOUGH_MS = 10_000;
/** A server of one byte per second against the five seconds of `probe`, both a hundred times as fast. */
const HURRY_MS = 50;
const BYTE_EVERY_MS = 10;

async function asked(port: number, deadlineMs = ENOUGH_MS): Promise<ProbedTarget> {
  return (await probe(whereOf(port), { endpoint: 'hostile', deadlineMs, hellos: [] })).target;
}

/** What a shape must not change: all but the time. */
function found({ milliseconds, ...target }: ProbedTarget): Omit<ProbedTarget, 'milliseconds'> {
  return target;
}

/** It lists no SHA-1 signature, so that one of the servers refuses it and takes its broadened form. */
const MODERN: ClientHelloProfile = {
  protocols: ['TLS 1.2'],
  suites: ['TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256', 'TLS_RSA_WITH_AES_128_GCM_SHA256'],
  groups: ['secp256r1'],
  signatureAlgorithms: ['rsa_pkcs1_sha256'],
  extendedMasterSecret: true,
};

const SHAPES: readonly [string, Shape][] = [
  ['each byte in a write of its own', byteByByte],
  ['each byte in a TDS packet of its own', bytePerPacket],
  ['each record in a TDS packet and a write of its own', recordPerPacket],
  ['each flight in one TDS packet', onePacket],
];
/** Its flight does not fit the 4096 bytes of a packet before login. */
const LONG: LabProfile['certificate'] = {
  commonName: 'sql.contoso.example',
  dnsNames: Array.from({ length: 200 }, (_, index) => `sql-${index}.contoso.example`),
  hash: 'sha256',
  signedBy: 'ca',
};
/** TLS 1.2 alone, saying no in each way; and all versions, with a certificate that stops some. */
const SERVERS: readonly [string, string, Partial<LabProfile>][] = [
  ['resets', 'sql-server-2022-gcm-only', { refusal: 'reset' }],
  ['closes', 'sql-server-2022-gcm-only', { refusal: 'close' }],
  ['alerts', 'sql-server-2022-gcm-only', { refusal: 'alert' }],
  ['needs several packets for its certificate', 'sql-server-2022-gcm-only', { certificate: LONG }],
  ['speaks TDS 8.0 too', 'sql-server-2022-strict', {}],
  ['forces TDS 8.0', 'sql-server-2022-force-strict', {}],
  ['takes every version', 'sql-server-2016-on-windows-2012-r2', {}],
];

describe.each(SERVERS)('a server that %s', (_, name, changed) => {
  test.each(SHAPES)('%s', async (_, shape) => {
    const port = await play(name, changed);
    const straight = await asked(port);
    const { protocols: inside, strictProtocols } = straight;
    expect([...inside, ...strictProtocols].some(({ suites }) => suites.length > 1)).toBe(true);
    const proxy = await behind(port, { shape });
    expect(found(await asked(proxy.port))).toEqual(found(straight));

    const scanned = (where: number) =>
      scan(whereOf(where), [MODERN], { deadlineMs: ENOUGH_MS, strict: true, afterRejection: broadened });
    const { hellos, protocols, certificates } = await scanned(proxy.port);
    const plain = await scanned(port);
    expect([...hellos].map(outcome)).toEqual([...plain.hellos].map(outcome));
    expect([protocols.map(({ answer }) => answer.state), certificates]).toEqual([
      plain.protocols.map(({ answer }) => answer.state),
      plain.certificates,
    ]);
  });
});

const outcome = ([key, answer]: readonly [string, { readonly state: string }]) => [key, answer.state];

test('reset, close and alert differ in nothing but in how they say no', async () => {
  const seen = await Promise.all(
    (['reset', 'close', 'alert'] as const).map(async (refusal: Rejection) => {
      const target = await asked(await play('sql-server-2019-tls12-only', { refusal }));
      expect(target.protocols.flatMap(({ rejection }) => rejection ?? [])).toEqual(
        target.protocols.filter(({ state }) => state === 'rejected').map(() => refusal),
      );
      const { protocols, ...rest } = found(target);
      return { ...rest, protocols: protocols.map((one) => ({ ...one, rejection: null, alert: null })) };
    }),
  );
  expect(seen[0]?.protocols.at(-1)).toMatchObject({ state: 'accepted', order: 'server' });
  expect(seen[1]).toEqual(seen[0]);
  expect(seen[2]).toEqual(seen[0]);
});

describe('no answer is no refusal', () => {
  test('a tarpit', async () => {
    const target = await asked(await play('silent'), HURRY_MS);
    expect(target).toMatchObject({
      prelogin: null,
      strict: null,
      certificate: null,
      reason: expect.stringMatching(/^no answer after/),
    });
    expect(target.protocols.map(({ state }) => state)).not.toContain('rejected');
    expect(target.connections).toBeLessThanOrEqual(2);
  });

  test('a tarpit behind PRELOGIN', async () => {
    const port = await play('sql-server-2019-tls12-only');
    const straight = await asked(port);
    const proxy = await behind(port, { shape: firstWord });
    const target = await asked(proxy.port, HURRY_MS);
    expect(target.prelogin).toEqual(straight.prelogin);
    // Refusals still get through: they are no words.
    const silenced = straight.protocols.map(({ version, state }) => [
      version,
      state === 'accepted' ? 'no-answer' : state,
    ]);
    expect(target.protocols.map(({ version, state }) => [version, state])).toEqual(silenced);
    expect(target.protocols.flatMap(({ suites }) => suites)).toEqual([]);
    expect(proxy.connections()).toBe(target.connections);
    // Without a suite there is nothing to enumerate.
    expect(target.connections).toBeLessThan(straight.connections);
  });

  test('a byte per second', async () => {
    const proxy = await behind(await play('sql-server-2022'), { shape: byteByByte, paceMs: BYTE_EVERY_MS });
    const target = await asked(proxy.port, HURRY_MS);
    expect(target).toMatchObject({ prelogin: null, reason: expect.stringMatching(/^no answer after/) });
    expect(target.protocols.map(({ state }) => state)).not.toContain('rejected');
    expect(proxy.connections()).toBe(target.connections);
  });

  test.each([2, 9])(
    'silent after %d connections: what was found stands, the rest is not known',
    async (served) => {
      const port = await play('sql-server-2019-tls12-only');
      const straight = await asked(port);
      const all = straight.protocols.find(({ version }) => version === 'TLS 1.2')?.suites ?? [];
      const proxy = await behind(port, { shape: unchanged, silentFrom: served + 1 });
      const target = await asked(proxy.port, 150);
      expect(target.prelogin).toEqual(straight.prelogin);
      for (const { version, state, suites } of target.protocols) {
        const truth = straight.protocols.find((one) => one.version === version);
        expect([truth?.state, 'no-answer']).toContain(state);
        // A beginning of the list, never another list.
        if (version === 'TLS 1.2') expect(all.slice(0, suites.length)).toEqual(suites);
      }
      expect(target.reason).not.toBeNull();
    },
  );
});
