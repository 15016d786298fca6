// Peel-off: nothing is missed and nothing invented, whatever a server prefers or dislikes, in as few connections as it takes.
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { ClientHelloProfile } from '../../../src/model/hello.ts';
import type { HelloAnswer } from '../../../src/model/observation.ts';
import { broadHello, shorterHello } from '../../../src/observe/peel/broad-hello.ts';
import { type Ask, enumerate } from '../../../src/observe/peel/enumerate.ts';
import { peelGroups } from '../../../src/observe/peel/peel-groups.ts';
import { orderOf } from '../../../src/observe/peel/vary.ts';
import { suitesOf } from '../../../src/tls/cipher-suites.ts';

const HELLO = broadHello('TLS 1.2');
/** Suites whose ServerKeyExchange names a group. */
const EPHEMERAL = /^TLS_ECDHE_|^TLS_ECDH_anon_/;
const refusal: HelloAnswer = { state: 'rejected', rejection: 'reset', alert: null };

interface Imagined {
  readonly suites: readonly string[];
  readonly groups: readonly string[];
  readonly order: 'server' | 'client';
  /** Refuses hellos of more suites than this. */
  readonly longest: number;
}

/** A server that exists only as a function, and counts. */
function imagine({ suites, groups, order, longest }: Imagined): { ask: Ask; asked: () => number } {
  let asked = 0;
  const ask = async (hello: ClientHelloProfile): Promise<HelloAnswer> => {
    asked += 1;
    if (hello.suites.length > longest) return refusal;
    const group = groups.find((one) => hello.groups.includes(one)) ?? null;
    const usable = suites.filter(
      (suite) => hello.suites.includes(suite) && (group !== null || !EPHEMERAL.test(suite)),
    );
    const suite = order === 'server' ? usable[0] : hello.suites.find((one) => usable.includes(one));
    if (suite === undefined) return refusal;
    return {
      state: 'accepted',
      protocol: 'TLS 1.2',
      suite,
      group: EPHEMERAL.test(suite) ? group : null,
      dhBits: null,
      chain: [],
    };
  };
  return { ask, asked: () => asked };
}

const anyServer = fc.record({
  suites: fc.shuffledSubarray(
    suitesOf('TLS 1.2').map(({ name }) => name),
    { minLength: 1, maxLength: 40 },
  ),
  groups: fc.shuffledSubarray(['x25519', 'secp256r1', 'secp384r1'], { minLength: 1 }),
  order: fc.constantFrom('server' as const, 'client' as const),
});

test('every suite and group, in the server’s order, with one connection for each and two more', async () => {
  await fc.assert(
    fc.asyncProperty(anyServer, async (server) => {
      const { ask, asked } = imagine({ ...server, longest: 1000 });
      const found = await enumerate(ask, HELLO);
      expect([...found.suites].sort()).toEqual([...server.suites].sort());
      if (server.order === 'server') expect(found.suites).toEqual(server.suites);
      expect(asked()).toBeLessThanOrEqual(server.suites.length + 1);
      expect(await orderOf(ask, HELLO, found.suites)).toBe(server.suites.length > 1 ? server.order : null);
      const before = asked();
      const groups = await peelGroups(ask, HELLO, found.answers);
      const named = server.suites.filter((suite) => EPHEMERAL.test(suite));
      expect(groups).toEqual({ names: named.length > 0 ? server.groups : [], complete: true });
      // With ECDSA suites alone a refusal is asked about once more: it may be for the certificate's curve.
      const ecdsaOnly = named.every((suite) => suite.startsWith('TLS_ECDHE_ECDSA_'));
      expect(asked() - before).toBeLessThanOrEqual(server.groups.length + (ecdsaOnly ? 1 : 0));
    }),
    { numRuns: 200 },
  );
});

test('a server that dislikes long hellos hides nothing', async () => {
  await fc.assert(
    fc.asyncProperty(anyServer, fc.constantFrom(9, 40, 100), async (server, longest) => {
      const { ask } = imagine({ ...server, longest });
      const found = await enumerate(ask, HELLO);
      expect([...found.suites].sort()).toEqual([...server.suites].sort());
      // More suites than it reads at once have no order to be seen.
      if (server.order === 'server' && server.suites.length <= longest)
        expect(found.suites).toEqual(server.suites);
    }),
    { numRuns: 100 },
  );
});

test('nor when a shorter hello was what it accepted first', async () => {
  await fc.assert(
    fc.asyncProperty(anyServer, async (server) => {
      const { ask } = imagine({ ...server, longest: 64 });
      const hello = shorterHello('TLS 1.2');
      const found = await enumerate(ask, HELLO, { hello, answer: await ask(hello, '') });
      expect([...found.suites].sort()).toEqual([...server.suites].sort());
    }),
    { numRuns: 100 },
  );
});

test.each([
  ['client', ['x25519', 'secp384r1', 'secp256r1']],
  // No client can ever get the last one: it must list the certificate's curve, and the server prefers that.
  ['server', ['x25519', 'secp256r1']],
])('the curve of an ECDSA certificate hides no group, %s order', async (order, expected) => {
  const suite = 'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256';
  const accepted = ['x25519', 'secp256r1', 'secp384r1'];
  const ask: Ask = async ({ groups }) => {
    const [one, other] = order === 'server' ? [accepted, groups] : [groups, accepted];
    const group = one.find((name) => other.includes(name));
    if (!groups.includes('secp256r1') || group === undefined) return refusal;
    return { state: 'accepted', protocol: 'TLS 1.2', suite, group, dhBits: null, chain: [] };
  };
  const found = await enumerate(ask, { ...HELLO, suites: [suite] });
  const offered = ['x25519', 'secp256r1', 'secp384r1', 'secp521r1'];
  const { names } = await peelGroups(ask, { ...HELLO, groups: offered }, found.answers);
  expect([...names].sort()).toEqual([...expected].sort());
});

test('silence in between: what was found stands, and it is said that there may be more', async () => {
  const { ask } = imagine({
    suites: ['TLS_RSA_WITH_AES_128_CBC_SHA', 'TLS_RSA_WITH_AES_256_CBC_SHA'],
    groups: [],
    order: 'server',
    longest: 1000,
  });
  const silent: HelloAnswer = { state: 'no-answer', reason: 'silence' };
  const first = await ask(HELLO, '');
  const found = await enumerate(async () => silent, HELLO, { hello: HELLO, answer: first });
  expect(found.suites).toEqual(['TLS_RSA_WITH_AES_128_CBC_SHA']);
  expect(found.complete).toBe(false);
});
