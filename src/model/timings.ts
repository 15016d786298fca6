/**
 * Where the time of a connection goes. Scenario 6 (TCP handshake timeouts of SQL Server 2017 and earlier) is told from a
 * slow network or a slow TLS stack by the phase that waits. All times are milliseconds of a monotonic clock.
 */

/** The phases of a connection, in their order. */
export const PHASES = ['connect', 'prelogin', 'serverHello', 'login'] as const;
export type Phase = (typeof PHASES)[number];

/** How connections ended that did not come through a phase. */
export interface PhaseFailures {
  /** Nothing came back by the deadline. In the phase `connect`: no answer to the SYN. */
  readonly timeouts: number;
  /** `connect`: RST in answer to the SYN. `serverHello`: a TLS alert. */
  readonly refusals: number;
  /** RST on a connection that stood. */
  readonly resets: number;
  /** FIN on a connection that stood. */
  readonly closes: number;
  /** No route, another protocol, another instance. */
  readonly others: number;
}

export interface PhaseTimes {
  /** Connections that came through the phase. With the failures: all that entered it. */
  readonly count: number;
  /** Percentiles by nearest rank; `null` when `count` is 0. */
  readonly p50: number | null;
  readonly p95: number | null;
  readonly max: number | null;
  readonly failures: PhaseFailures;
}

/** Short connections that are timed when no number is given. */
export const TIMED_CONNECTIONS = 20;

export interface Timings {
  /** Connections begun: fewer than asked for when none came through any more. */
  readonly connections: number;
  /** The most that were open at a time. */
  readonly atOnce: number;
  /** For one connection: what takes longer is a timeout. */
  readonly deadlineMs: number;
  /** From the SYN until the TCP connection stands. */
  readonly connect: PhaseTimes;
  /** From then until the PRELOGIN answer is there. */
  readonly prelogin: PhaseTimes;
  /** From then until the flight that begins with ServerHello is there. */
  readonly serverHello: PhaseTimes;
  /** From the end of the TLS handshake until a login is acknowledged: one connection; `null`: no login was made. */
  readonly login: PhaseTimes | null;
  /** PRELOGIN version that one of these connections was told; `null`: none was. */
  readonly build: string | null;
  /** Connects that took at least one retransmission timeout longer than the fastest: their first SYN went unanswered. */
  readonly retransmittedSyns: number;
}

/** Numbers that look like a known cause. Never a verdict: other causes show the same numbers. */
export interface TimingHint {
  readonly scenario: 6;
  /** What was measured that speaks for it, in phrases with their numbers. */
  readonly signals: readonly string[];
  /** The whole hint for people. */
  readonly statement: string;
}

export interface ProbedTimings extends Timings {
  readonly hint: TimingHint | null;
}

/** Of a phase that one connection came through. */
export function onePhase(milliseconds: number): PhaseTimes {
  const failures = { timeouts: 0, refusals: 0, resets: 0, closes: 0, others: 0 };
  return { count: 1, p50: milliseconds, p95: milliseconds, max: milliseconds, failures };
}
