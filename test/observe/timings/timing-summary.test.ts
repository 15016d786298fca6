// Marks → numbers: nearest rank, and each connection once in every phase it entered.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { HelloAnswer, PreloginAnswer } from '../../../src/model/observation.ts';
import type { PhaseTimes } from '../../../src/model/timings.ts';
import { percentile, SYN_RETRANSMISSION_MS, summarise } from '../../../src/observe/timings/timing-summary.ts';
import type { Marks } from '../../../src/observe/wire/conversation.ts';

describe('percentile, nearest rank', () => {
  test.each([
    [[15, 20, 35, 40, 50], 30, 20],
    [[15, 20, 35, 40, 50], 40, 20],
    [[15, 20, 35, 40, 50], 50, 35],
    [[50, 15, 40, 20, 35], 100, 50],
    [Array.from({ length: 20 }, (_, index) => index + 1), 95, 19],
    [[7], 50, 7],
    [[], 50, null],
  ])('of %j the %dth is %p', (values, p, expected) => {
    expect(percentile(values, p)).toBe(expected);
  });

  test('is one of the values; at least p percent are not above it, and of no smaller value can that be said', () => {
    const values = fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 100 }), (some, p) => {
        const found = percentile(some, p);
        const upTo = (limit: number) => some.filter((value) => value <= limit).length * 100;
        if (found === null) throw new Error('nothing found');
        expect(some).toContain(found);
        expect(upTo(found)).toBeGreaterThanOrEqual(p * some.length);
        for (const smaller of some.filter((value) => value < found))
          expect(upTo(smaller)).toBeLessThan(p * some.length);
      }),
    );
  });
});

const ANSWERED: PreloginAnswer = { state: 'answered', version: '14.0.3456', encryption: 'ON' };
const NO_PRELOGIN: PreloginAnswer = { state: 'no-answer', reason: 'no answer after 5 s' };
const ACCEPTED: HelloAnswer = {
  state: 'accepted',
  protocol: 'TLS 1.2',
  suite: 'TLS_RSA_WITH_AES_128_CBC_SHA',
  group: null,
  dhBits: null,
  chain: [],
};
interface Connection {
  readonly prelogin: PreloginAnswer;
  readonly answer: HelloAnswer | null;
  readonly marks: Marks;
}
const none: Marks = { connected: null, prelogin: null, hello: null, failure: null };
const unconnected = (failure: string): Connection => ({
  prelogin: NO_PRELOGIN,
  answer: null,
  marks: { ...none, failure },
});
const whole = (connected: number, prelogin: number, hello: number): Connection => ({
  prelogin: ANSWERED,
  answer: ACCEPTED,
  marks: { connected, prelogin, hello, failure: null },
});
const failed = (phase: PhaseTimes) =>
  Object.fromEntries(Object.entries(phase.failures).filter(([, times]) => times > 0));

test('the time of a phase is from the end of the one before', () => {
  const { connect, prelogin, serverHello } = summarise([
    whole(10, 30, 75),
    whole(20, 50, 90),
    whole(12, 20, 30),
  ]);
  expect(connect).toMatchObject({ count: 3, p50: 12, p95: 20, max: 20 });
  expect(prelogin).toMatchObject({ count: 3, p50: 20, p95: 30, max: 30 });
  expect(serverHello).toMatchObject({ count: 3, p50: 40, p95: 45, max: 45 });
});

test.each<[string, Connection, Record<string, object>]>([
  ['an unanswered SYN', unconnected('timeout'), { connect: { timeouts: 1 } }],
  ['the kernel gave up', unconnected('ETIMEDOUT'), { connect: { timeouts: 1 } }],
  ['a refused SYN', unconnected('ECONNREFUSED'), { connect: { refusals: 1 } }],
  ['a reset in between', unconnected('ECONNRESET'), { connect: { resets: 1 } }],
  ['no route', unconnected('EHOSTUNREACH'), { connect: { others: 1 } }],
  [
    'silence after PRELOGIN',
    { prelogin: NO_PRELOGIN, answer: null, marks: { ...none, connected: 1, failure: 'timeout' } },
    { prelogin: { timeouts: 1 } },
  ],
  [
    'a reset after PRELOGIN',
    { prelogin: { state: 'rejected', rejection: 'reset' }, answer: null, marks: { ...none, connected: 1 } },
    { prelogin: { resets: 1 } },
  ],
  [
    'another protocol',
    { prelogin: NO_PRELOGIN, answer: null, marks: { ...none, connected: 1, failure: 'not understood' } },
    { prelogin: { others: 1 } },
  ],
  [
    'silence after the hello',
    {
      prelogin: ANSWERED,
      answer: { state: 'no-answer', reason: 'no answer after 5 s' },
      marks: { ...none, connected: 1, prelogin: 2, failure: 'timeout' },
    },
    { serverHello: { timeouts: 1 } },
  ],
  [
    'a closed hello, which is not a time of ServerHello',
    {
      prelogin: ANSWERED,
      answer: { state: 'rejected', rejection: 'close', alert: null },
      marks: { ...none, connected: 1, prelogin: 2, hello: 3 },
    },
    { serverHello: { closes: 1 } },
  ],
  [
    'ENCRYPT_NOT_SUP: no hello was sent, so none failed',
    { prelogin: ANSWERED, answer: null, marks: { ...none, connected: 1, prelogin: 2 } },
    {},
  ],
])('%s', (_, connection, expected) => {
  const { connect, prelogin, serverHello } = summarise([connection]);
  const phases = { connect, prelogin, serverHello };
  const seen = Object.entries(phases).map(([name, phase]) => [name, failed(phase)] as const);
  expect(Object.fromEntries(seen.filter(([, failures]) => Object.keys(failures).length > 0))).toEqual(
    expected,
  );
});

test('a far server retransmits nothing; a second SYN shows as a whole timeout more than the fastest', () => {
  const connects = (...times: number[]) =>
    summarise(times.map((time) => whole(time, time + 1, time + 2))).retransmittedSyns;
  const second = SYN_RETRANSMISSION_MS;
  expect(connects(2 * second, 2 * second + 30)).toBe(0);
  expect(connects(20, 20 + second, 21 + 3 * second, 25)).toBe(2);
  expect(connects()).toBe(0);
});
