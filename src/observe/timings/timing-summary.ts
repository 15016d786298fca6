/** Connections' marks → times and failures per phase. Pure. */
import type { PhaseFailures, PhaseTimes, Timings } from '../../model/timings.ts';
import type { Exchanged } from '../wire/conversation.ts';

/** A SYN without an answer is sent again after this long (RFC 6298 §2.1) or, by older systems, later (RFC 1122: 3 s). */
export const SYN_RETRANSMISSION_MS = 1000;

/**
 * The `p`-th percentile of `values` by nearest rank: the smallest value such that at least `p` percent of all values are
 * not above it; with n values in ascending order, the one at rank ⌈p/100 · n⌉. Always one of the values, never
 * interpolated. `null` for none. `p`: above 0, at most 100.
 */
export function percentile(values: readonly number[], p: number): number | null {
  const ascending = [...values].sort((one, other) => one - other);
  return ascending[Math.ceil((p / 100) * ascending.length) - 1] ?? null;
}

export type Summary = Pick<Timings, 'connect' | 'prelogin' | 'serverHello' | 'retransmittedSyns' | 'build'>;

/** Each connection counts once in every phase it entered: as a time, or as a failure. */
export function summarise(connections: readonly Pick<Exchanged, 'prelogin' | 'answer' | 'marks'>[]): Summary {
  const phases = { connect: new Tally(), prelogin: new Tally(), serverHello: new Tally() };
  for (const { prelogin, answer, marks } of connections) {
    if (marks.connected === null) {
      phases.connect.fail(ofCode(marks.failure));
      continue;
    }
    phases.connect.times.push(marks.connected);
    if (marks.prelogin === null) {
      phases.prelogin.fail(
        prelogin.state === 'rejected' ? OF_REJECTION[prelogin.rejection] : ofCode(marks.failure),
      );
      continue;
    }
    phases.prelogin.times.push(marks.prelogin - marks.connected);
    // ENCRYPT_NOT_SUP: no hello was sent.
    if (answer === null) continue;
    if (answer.state === 'accepted')
      phases.serverHello.times.push((marks.hello ?? marks.prelogin) - marks.prelogin);
    else
      phases.serverHello.fail(
        answer.state === 'rejected' ? OF_REJECTION[answer.rejection] : ofCode(marks.failure),
      );
  }
  return {
    connect: phases.connect.summary(),
    prelogin: phases.prelogin.summary(),
    serverHello: phases.serverHello.summary(),
    retransmittedSyns: retransmitted(phases.connect.times),
    build: buildOf(connections),
  };
}

function buildOf(connections: readonly Pick<Exchanged, 'prelogin'>[]): string | null {
  for (const { prelogin } of connections) if (prelogin.state === 'answered') return prelogin.version;
  return null;
}

/** Distance makes every connect slow; a lost SYN makes one slower than the fastest, by a whole timeout. */
function retransmitted(connects: readonly number[]): number {
  const fastest = Math.min(...connects);
  return connects.filter((time) => time - fastest >= SYN_RETRANSMISSION_MS).length;
}

type Failure = keyof PhaseFailures;
const OF_REJECTION = { alert: 'refusals', reset: 'resets', close: 'closes' } as const;
const OF_CODE: Readonly<Record<string, Failure>> = {
  timeout: 'timeouts',
  ETIMEDOUT: 'timeouts',
  ECONNREFUSED: 'refusals',
  ECONNRESET: 'resets',
};
const ofCode = (code: string | null): Failure => OF_CODE[code ?? ''] ?? 'others';

class Tally {
  readonly times: number[] = [];
  readonly #failures = { timeouts: 0, refusals: 0, resets: 0, closes: 0, others: 0 };

  fail(how: Failure): void {
    this.#failures[how] += 1;
  }

  summary(): PhaseTimes {
    const at = (p: number) => tenths(percentile(this.times, p));
    return { count: this.times.length, p50: at(50), p95: at(95), max: at(100), failures: this.#failures };
  }
}

const tenths = (value: number | null) => (value === null ? null : Math.round(value * 10) / 10);
