/** Adds to a probed server where the time of its connections goes. */
import type { ProbedTarget } from '../model/probe-report.ts';
import type { Protocol } from '../model/protocol.ts';
import type { ProbedTimings } from '../model/timings.ts';
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
  beside: Beside,
): Promise<ProbedTarget> {
  if (connections === null || target.forcesStrict) return target;
  // What the server takes for certain, so that a refusal here is about load and not about TLS.
  const taken = target.protocols.findLast(({ suites }) => suites.length > 0);
  const started = performance.now();
  const timings = await timed(
    where,
    {
      version: taken?.version ?? 'TLS 1.2',
      suites: taken?.suites ?? null,
      build: target.prelogin?.version ?? null,
    },
    connections,
    beside,
  );
  return {
    ...target,
    connections: target.connections + timings.connections,
    milliseconds: target.milliseconds + Math.round(performance.now() - started),
    timings,
  };
}

/** `suites`: what the server takes; `null`: not known. */
export async function timed(
  where: Where,
  { version, suites, build }: { version: Protocol; suites: readonly string[] | null; build: string | null },
  connections: number,
  { deadlineMs, slots, onConnection }: Beside,
): Promise<ProbedTimings> {
  const [{ broadHello }, { measureTimings }, { timingHint }] = await Promise.all([
    import('../observe/peel/broad-hello.ts'),
    import('../observe/timings/timings.ts'),
    import('../observe/timings/timing-hint.ts'),
  ]);
  const broad = broadHello(version);
  const hello = suites ? { ...broad, suites } : broad;
  const measured = await measureTimings(where, hello, { connections, deadlineMs, slots, onConnection });
  // A server that came to a stop since then said its version before.
  const timings = { ...measured, build: measured.build ?? build };
  return { ...timings, hint: timingHint(timings) };
}
