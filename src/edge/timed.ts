/** Adds to a probed server where the time of its connections goes. */
import type { ProbedTarget } from '../model/probe-report.ts';
import type { Where } from '../observe/wire/line.ts';
import type { Beside } from './beside.ts';

/**
 * `connections`: how many to time; `null`: none, and the target stays as it is. So does one that forces TDS 8.0: it closes
 * at PRELOGIN, and is of a version that scenario 6 does not concern.
 */
export async function withTimings(
  target: ProbedTarget,
  where: Where,
  connections: number | null,
  { deadlineMs, slots, onConnection }: Beside,
): Promise<ProbedTarget> {
  if (connections === null || target.forcesStrict) return target;
  const [{ broadHello }, { measureTimings }, { timingHint }] = await Promise.all([
    import('../observe/peel/broad-hello.ts'),
    import('../observe/timings/timings.ts'),
    import('../observe/timings/timing-hint.ts'),
  ]);
  // What the server takes for certain, so that a refusal here is about load and not about TLS.
  const taken = target.protocols.findLast(({ suites }) => suites.length > 0);
  const hello = taken ? { ...broadHello(taken.version), suites: taken.suites } : broadHello('TLS 1.2');
  const started = performance.now();
  const measured = await measureTimings(where, hello, { connections, deadlineMs, slots, onConnection });
  // A server that came to a stop since then said its version before.
  const timings = { ...measured, build: measured.build ?? target.prelogin?.version ?? null };
  return {
    ...target,
    connections: target.connections + timings.connections,
    milliseconds: target.milliseconds + Math.round(performance.now() - started),
    timings: { ...timings, hint: timingHint(timings) },
  };
}
