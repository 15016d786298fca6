/** A server whose system is not said: one explanation over all that it could run on. */
import type { ExplainedPair } from '../model/explanation.ts';
import type { Outcome } from '../model/verdict.ts';

interface OnSystem {
  readonly os: string;
  readonly pair: ExplainedPair;
}

const WORST_FIRST: readonly Outcome[] = ['fails', 'may-fail', 'unknown', 'connects'];

/** The worst is told step by step. Where they end differently it may fail; at least one of `systems` there must be. */
export function onEverySystem(systems: readonly OnSystem[]): ExplainedPair {
  const sorted = [...systems].sort(
    (one, other) => WORST_FIRST.indexOf(one.pair.outcome) - WORST_FIRST.indexOf(other.pair.outcome),
  );
  const [worst] = sorted;
  if (!worst) throw new RangeError('a server runs on some system');
  const told = {
    ...worst.pair,
    steppedThrough: `${worst.pair.steppedThrough ?? 'the client'}, with the server on ${worst.os}`,
    systems: systems.map(({ os, pair: { outcome, protocol, suite, reason } }) => ({
      os,
      outcome,
      protocol,
      suite,
      reason,
    })),
  };
  const outcomes = new Set(systems.map(({ pair }) => pair.outcome));
  if (outcomes.size === 1)
    return { ...told, protocol: same(systems, 'protocol'), suite: same(systems, 'suite') };
  const parts = WORST_FIRST.flatMap((outcome) => {
    const names = systems.filter(({ pair }) => pair.outcome === outcome).map(({ os }) => os);
    return names.length === 0 ? [] : [`${WORDS[outcome]} ${names.join(', ')}`];
  });
  return {
    ...told,
    outcome: outcomes.has('fails') || outcomes.has('may-fail') ? 'may-fail' : 'unknown',
    protocol: null,
    suite: null,
    confidence: 'assumed',
    reason: `the server's system is not said: the client ${parts.join('; ')} (${worst.pair.reason})`,
  };
}

const WORDS: Readonly<Record<Outcome, string>> = {
  fails: 'fails with',
  'may-fail': 'may fail with',
  unknown: 'is not known with',
  connects: 'connects with',
};

function same<K extends 'protocol' | 'suite'>(systems: readonly OnSystem[], key: K): ExplainedPair[K] | null {
  const values = new Set(systems.map(({ pair }) => pair[key]));
  return values.size === 1 ? ([...values][0] ?? null) : null;
}
