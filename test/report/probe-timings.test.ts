// The table of timings on a probe's page.
import { expect, test } from '@jest/globals';
import type { PhaseTimes, ProbedTimings } from '../../src/model/timings.ts';
import { timingRows } from '../../src/report/probe-timings.ts';
import { painter } from '../../src/report/style.ts';

const times = (count: number, values: readonly number[], failures = {}): PhaseTimes => ({
  count,
  p50: values[0] ?? null,
  p95: values[1] ?? null,
  max: values[2] ?? null,
  failures: { timeouts: 0, refusals: 0, resets: 0, closes: 0, others: 0, ...failures },
});
const TIMINGS: ProbedTimings = {
  connections: 20,
  atOnce: 4,
  deadlineMs: 5000,
  connect: times(17, [0.4, 1001.2, 3004.9], { timeouts: 2, refusals: 1 }),
  prelogin: times(17, [1.2, 1502, 1502]),
  serverHello: times(0, [], { closes: 17 }),
  login: null,
  retransmittedSyns: 2,
  build: '14.0.3456',
  hint: { scenario: 6, signals: ['a'], statement: 'Connections wait before TLS begins: so many of so many.' },
};
const WIDTH = 54;
const rows = (timings: ProbedTimings) => timingRows(timings, WIDTH, painter({ color: false, width: WIDTH }));
const lines = (timings: ProbedTimings) => rows(timings).map(({ text }) => text);

test('phases, failures with their counts, the hint wrapped', () => {
  expect(lines(TIMINGS)).toEqual([
    '20 short connections, at most 4 at a time, 5 s for each',
    'milliseconds                p50      p95      max',
    'TCP connect (17)            0.4   1001.2   3004.9  2 timeouts, 1 refusal',
    'PRELOGIN (17)               1.2   1502.0   1502.0',
    'ServerHello (0)               -        -        -  17 closes',
    '2 connects took a second SYN',
    'Connections wait before TLS begins: so',
    'many of so many.',
  ]);
  expect(rows(TIMINGS).map(({ label }) => label)).toEqual(['timings', ...Array(7).fill('')]);
});

test('a login has its line when one was made; a healthy server no more than its numbers', () => {
  const quick = times(1, [1, 1, 1]);
  const healthy = { connect: quick, prelogin: quick, serverHello: quick, login: quick };
  const shown = lines({ ...TIMINGS, ...healthy, connections: 1, retransmittedSyns: 0, hint: null });
  expect(shown[0]).toBe('1 short connection, at most 4 at a time, 5 s for each');
  expect(shown.slice(2).map((line) => line.split(' (')[0])).toEqual([
    'TCP connect',
    'PRELOGIN',
    'ServerHello',
    'login',
  ]);
});
