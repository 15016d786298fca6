import { expect, test } from '@jest/globals';
import { connectionsToTime } from '../../src/cli/timing-arguments.ts';
import { TIMED_CONNECTIONS } from '../../src/model/timings.ts';

test.each([
  [false, undefined, null],
  [true, undefined, TIMED_CONNECTIONS],
  [true, '5', 5],
  [false, '5', 5],
  [true, '100', 100],
])('--timings %p --connects %p: %p', (timings, connects, expected) => {
  expect(connectionsToTime({ timings, connects })).toBe(expected);
});

test.each(['0', '101', '-1', '2.5', 'many', ''])('--connects %j is wrong usage', (connects) => {
  expect(connectionsToTime({ timings: true, connects })).toEqual({
    complaint: `--connects ${connects} is not a number of connections; expected 1 to 100.`,
  });
});
