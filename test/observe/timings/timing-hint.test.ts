// When the numbers warrant a hint at scenario 6, and when they do not.
import { describe, expect, test } from '@jest/globals';
import type { PhaseFailures, PhaseTimes, Timings } from '../../../src/model/timings.ts';
import { THRESHOLDS, timingHint } from '../../../src/observe/timings/timing-hint.ts';

const SQL_2017 = '14.0.3456';
const SQL_2019 = '15.0.4430';

const NO_FAILURES: PhaseFailures = { timeouts: 0, refusals: 0, resets: 0, closes: 0, others: 0 };
const quick: PhaseTimes = { count: 20, p50: 1, p95: 3, max: 4, failures: NO_FAILURES };
const tail: PhaseTimes = { ...quick, p50: 0.3, p95: 400.4, max: 450 };
const failing = (count: number, failures: Partial<PhaseFailures>): PhaseTimes => ({
  ...(count > 0 ? quick : { p50: null, p95: null, max: null }),
  count,
  failures: { ...NO_FAILURES, ...failures },
});
const HEALTHY: Timings = {
  connections: 20,
  atOnce: 4,
  deadlineMs: 5000,
  connect: quick,
  prelogin: quick,
  serverHello: quick,
  login: null,
  retransmittedSyns: 0,
  build: SQL_2017,
};

describe('a hint with its numbers', () => {
  test.each<[string, Partial<Timings>, RegExp]>([
    [
      'unanswered SYNs among answered ones',
      { connect: failing(17, { timeouts: 3 }) },
      /^3 of 20 SYNs had no answer$/,
    ],
    [
      'refused SYNs among answered ones',
      { connect: failing(18, { refusals: 2 }) },
      /^2 of 20 SYNs were refused/,
    ],
    [
      'a second SYN',
      { connect: { ...quick, max: 1003 }, retransmittedSyns: 1 },
      /^1 of 20 connects took a second SYN \(p50 1 ms, max 1003 ms\)$/,
    ],
    [
      'silence after PRELOGIN',
      { prelogin: failing(15, { timeouts: 5 }) },
      /^5 of 20 connections stood and had no answer to PRELOGIN$/,
    ],
    ['a tail', { prelogin: tail }, /^PRELOGIN is answered late \(p50 0\.3 ms, p95 400 ms\)$/],
    ['slow as a rule', { prelogin: { ...quick, p50: 1200, p95: 1900 } }, /p50 1200 ms, p95 1900 ms/],
  ])('%s', (_, seen, signal) => {
    const hint = timingHint({ ...HEALTHY, ...seen });
    expect(hint).toMatchObject({ scenario: 6, signals: [expect.stringMatching(signal)] });
    expect(hint?.statement).toContain(SQL_2017);
    expect(hint?.statement).toContain('not a verdict');
  });

  test('PRELOGIN never answered: the version is not known, and the hint says so', () => {
    const deaf = { connect: failing(2, { timeouts: 6 }), prelogin: failing(0, { timeouts: 2 }) };
    const hint = timingHint({
      ...HEALTHY,
      connections: 8,
      ...deaf,
      serverHello: failing(0, {}),
      build: null,
    });
    expect(hint?.signals).toHaveLength(2);
    expect(hint?.statement).toContain('its version is not known');
  });

  test('ServerHello late as well: it rather is the network', () => {
    const late = (serverHello: PhaseTimes) => timingHint({ ...HEALTHY, prelogin: tail, serverHello });
    expect(late(tail)?.statement).toContain('network');
    expect(late(quick)?.statement).not.toContain('network');
  });
});

describe('no hint', () => {
  test.each<[string, Partial<Timings>, string | null]>([
    ['a healthy server', {}, SQL_2017],
    [
      'SQL Server 2019 has a dispatcher of its own',
      { prelogin: tail, connect: failing(17, { timeouts: 3 }) },
      SQL_2019,
    ],
    ['nothing listens', { connect: failing(0, { refusals: 8 }), prelogin: failing(0, {}) }, null],
    [
      'something that takes every connection and says nothing',
      { prelogin: failing(0, { timeouts: 8 }) },
      null,
    ],
    ['a firewall', { connect: failing(0, { timeouts: 8 }), prelogin: failing(0, {}) }, null],
    [
      'a far server: every phase takes the round trip',
      {
        connect: { ...quick, p50: 700, p95: 720 },
        prelogin: { ...quick, p50: 705, p95: 1100 },
        serverHello: { ...quick, p50: 900, p95: 1200 },
      },
      SQL_2017,
    ],
    ['a tail of a few milliseconds', { prelogin: { ...quick, p50: 0.5, p95: 20 } }, SQL_2017],
    ['a slow ServerHello alone', { serverHello: { ...quick, p50: 10, p95: 2000 } }, SQL_2017],
    ['resets: a refusal to talk, not a queue', { prelogin: failing(10, { resets: 10 }) }, SQL_2017],
  ])('%s', (_, seen, build) => {
    expect(timingHint({ ...HEALTHY, ...seen, build })).toBeNull();
  });
});

test('each threshold has a source, or says that it is chosen', () => {
  for (const { source } of Object.values(THRESHOLDS)) expect(source).toMatch(/^(https:|RFC \d|chosen: )/);
});
