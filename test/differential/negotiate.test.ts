// The model against OpenSSL: random clients and servers shake hands for real, and must end as `negotiate` says.
import { afterAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Verdict } from '../../src/model/verdict.ts';
import { negotiate } from '../../src/tls/negotiate.ts';
import { type Ended, handshake } from './openssl.ts';
import { offerOf, pairs, profileOf } from './pair.ts';

const RUNS = 5000;
const SEED = Number(process.env.SEED ?? Date.now() % 2 ** 31);
/** Every end that OpenSSL can come to must be met this often: a generator that misses one proves nothing of it. */
const AT_LEAST = 10;
const LIMIT_MS = 300_000;

const met = new Map<string, number>();
afterAll(() => {
  const counts = [...met].sort(([one], [other]) => (one < other ? -1 : 1));
  process.stdout.write(`seed ${SEED}\n${counts.map(([end, count]) => `${count} ${end}\n`).join('')}`);
});

test(
  `${RUNS} random pairs end as the model says: outcome, version, suite and alert`,
  async () => {
    const today = new Date().toISOString().slice(0, 10);
    await fc.assert(
      fc.asyncProperty(pairs, async (pair) => {
        const said = negotiate(offerOf(pair, today), profileOf(pair));
        const seen = await handshake(pair);
        const { outcome, protocol, step, cause, reason } = said;
        const end = outcome === 'connects' ? `connects in ${protocol}` : `${step}: ${cause}`;
        met.set(end, (met.get(end) ?? 0) + 1);
        if (!agree(said, seen))
          throw new Error(`OpenSSL: ${JSON.stringify(seen)}; the model: ${end}, ${reason}`);
      }),
      { numRuns: RUNS, seed: SEED },
    );
  },
  LIMIT_MS,
);

function agree(said: Verdict, seen: Ended): boolean {
  if (seen.outcome === 'connects')
    return said.outcome === 'connects' && said.protocol === seen.protocol && said.suite === seen.suite;
  if (said.outcome !== 'fails') return false;
  if (seen.alert === null || seen.alert === said.wire?.alert) return true;
  // Of a version that the client does not take, a server without a suite for it gives up before it says so.
  return said.step === 'protocol' && /no ciphers available|no shared cipher/.test(seen.error);
}

test.each([
  'connects in TLS 1.0',
  'connects in TLS 1.1',
  'connects in TLS 1.2',
  'connects in TLS 1.3',
  'protocol: client-protocols',
  'protocol: server-protocols',
  'cipher-suite: suites-disjoint',
  'cipher-suite: suites-of-another-version',
  'cipher-suite: certificate-key-type',
  'cipher-suite: groups-disjoint',
  'certificate: signature-algorithms-disjoint',
  'certificate: certificate-not-trusted',
  'certificate: certificate-expired',
  'certificate: certificate-name',
  'handshake: dh-key-size',
])('%s is met', (end) => {
  expect(met.get(end) ?? 0).toBeGreaterThanOrEqual(AT_LEAST);
});
