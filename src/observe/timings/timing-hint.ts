/**
 * Scenario 6, from outside: timings and build → a hint, or none.
 *
 * SQL Server takes connections off the kernel's queue with its I/O completion listener and hands each to a worker. Up to
 * SQL Server 2017 a burst can leave it without one. The kernel then goes on completing TCP handshakes until the queue is
 * full (fast connect, late PRELOGIN), and after that resets SYNs (Windows) or drops them (Linux), so that clients send
 * them again after a second and more. SQL Server 2019 and later have a dispatcher of their own for logins.
 */
import type { PhaseTimes, TimingHint, Timings } from '../../model/timings.ts';
import { SYN_RETRANSMISSION_MS } from './timing-summary.ts';

/** What warrants a hint. `chosen`: no source gives a number, this is ours. */
export const THRESHOLDS = {
  lastExposedMajor: {
    value: 14,
    source:
      'https://learn.microsoft.com/troubleshoot/sql/database-engine/connect/tls-exist-connection-closed (scenario 6)',
  },
  synRetransmissionMs: { value: SYN_RETRANSMISSION_MS, source: 'RFC 6298 §2.1' },
  slowPreloginMs: {
    value: 1000,
    source: 'chosen: PRELOGIN is a few hundred bytes and no disk; a second is a queue',
  },
  tailRatio: { value: 10, source: 'chosen: p95 so many times the median is another way, not a slower one' },
  tailFloorMs: { value: 100, source: 'chosen: below it a garbage collection of ours makes the same tail' },
} as const;

/** 17887 is its message in sys.messages; "is the IOCP listener actually listening?" of Microsoft's support names the dump. */
const CAVEAT =
  'This is a hint, not a verdict: a failover, a starting server or lost packets show the same numbers. ' +
  'Error 17887 or a non-yielding IOCP listener in the error log would confirm it.';

/** A phrase with its numbers when the timings show the signal, else `null`. */
type Signal = (timings: Timings) => string | null;

/** The kernel's queue was full. */
const QUEUE_FULL: readonly Signal[] = [
  // All of them in vain is a server that is down or a firewall; some of them is a full queue.
  ({ connect, connections }) =>
    connect.count > 0 && connect.failures.timeouts > 0
      ? `${connect.failures.timeouts} of ${connections} SYNs had no answer`
      : null,
  ({ connect, connections }) =>
    connect.count > 0 && connect.failures.refusals > 0
      ? `${connect.failures.refusals} of ${connections} SYNs were refused, others were not`
      : null,
  ({ connect, retransmittedSyns }) =>
    retransmittedSyns > 0
      ? `${retransmittedSyns} of ${connect.count} connects took a second SYN (p50 ${ms(connect.p50)}, max ${ms(connect.max)})`
      : null,
];

/** The kernel took the connection, and nobody took it from the kernel. */
const NOBODY_ACCEPTS: readonly Signal[] = [
  ({ connect, prelogin }) =>
    prelogin.failures.timeouts > 0
      ? `${prelogin.failures.timeouts} of ${connect.count} connections stood and had no answer to PRELOGIN`
      : null,
  ({ connect, prelogin }) =>
    isLate(prelogin, connect)
      ? `PRELOGIN is answered late (p50 ${ms(prelogin.p50)}, p95 ${ms(prelogin.p95)})`
      : null,
];

/** Only a build of 14.x and older, and one that is not known, gets a hint. */
export function timingHint(timings: Timings): TimingHint | null {
  const { build } = timings;
  if (build !== null && majorOf(build) > THRESHOLDS.lastExposedMajor.value) return null;
  const shown = (some: readonly Signal[]) => some.flatMap((signal) => signal(timings) ?? []);
  const full = shown(QUEUE_FULL);
  const signals = [...full, ...shown(NOBODY_ACCEPTS)];
  // Something that takes every connection and never speaks TDS may be anything.
  if (signals.length === 0 || (build === null && full.length === 0)) return null;
  const version =
    build === null
      ? 'its version is not known, as PRELOGIN was never answered'
      : `this one says version ${build}`;
  const sentences = [
    `Connections wait before TLS begins: ${signals.join('; ')}.`,
    `SQL Server 2017 and earlier do so when they run out of workers to accept with (scenario 6); ${version}.`,
    ...(hasTail(timings.serverHello)
      ? ['ServerHello is late now and then too, which rather points at the network or at the CPU.']
      : []),
    CAVEAT,
  ];
  return { scenario: 6, signals, statement: sentences.join(' ') };
}

/** The round trip, which a far server costs in every phase alike, does not count. */
function isLate(prelogin: PhaseTimes, connect: PhaseTimes): boolean {
  if (prelogin.p95 === null || connect.p50 === null) return false;
  return prelogin.p95 - connect.p50 > THRESHOLDS.slowPreloginMs.value || hasTail(prelogin);
}

function hasTail({ p50, p95 }: PhaseTimes): boolean {
  if (p50 === null || p95 === null) return false;
  return p95 > THRESHOLDS.tailFloorMs.value && p95 > THRESHOLDS.tailRatio.value * p50;
}

const majorOf = (build: string) => Number(build.split('.')[0]);
/** The summary has tenths; they matter where the whole is small. */
const ms = (value: number | null) =>
  value === null ? 'none' : `${value < 10 ? value : Math.round(value)} ms`;
