import type { EnumeratedSuites, Observation } from '../model/observation.ts';
import { compareProtocols } from '../model/protocol.ts';
import { broadHello } from './peel/broad-hello.ts';
import { type Ask, enumerate } from './peel/enumerate.ts';
import { orderOf } from './peel/vary.ts';
import type { Line } from './wire/line.ts';

/** Every suite of the newest version that a server takes; `null` when it takes none, or fell silent in between. */
export async function everySuite(
  line: Line,
  seen: Observation['protocols'],
): Promise<EnumeratedSuites | null> {
  const taken = seen.filter(
    ({ version, answer }) => answer.state === 'accepted' && answer.protocol === version,
  );
  const newest = taken.toSorted((one, other) => compareProtocols(other.version, one.version))[0];
  if (!newest) return null;
  const ask: Ask = (...asked) => line.answer(...asked);
  const whole = { ...newest.hello, suites: broadHello(newest.version).suites };
  const { suites, complete } = await enumerate(ask, whole, newest);
  // Half a list would say of the other half that it is not taken.
  if (!complete) return null;
  return { version: newest.version, names: suites, order: await orderOf(ask, newest.hello, suites) };
}
