/** One verdict over every case that a client could be meant to be. */
import type { ClientCase } from '../model/client.ts';
import type { EncryptMode } from '../model/connection.ts';
import type { Evidence } from '../model/evidence.ts';
import { compareProtocols } from '../model/protocol.ts';
import type { ServerProfile } from '../model/server-profile.ts';
import type { Outcome, Verdict } from '../model/verdict.ts';
import { negotiate } from './negotiate.ts';
import type { Validation } from './negotiation/offer.ts';

export interface CaseVerdict {
  readonly of: ClientCase;
  readonly verdict: Verdict;
}

export interface ClientVerdict {
  readonly verdict: Verdict;
  readonly cases: readonly CaseVerdict[];
}

/** The part of a client that decides a handshake. */
export interface Connecting {
  readonly cases: readonly ClientCase[];
  readonly encrypt: EncryptMode | null;
  readonly strict: boolean | null;
  readonly validation: Validation | null;
  /** Beside each case's own evidence: where driver and settings are declared. */
  readonly evidence: readonly Evidence[];
}

export function quantify(
  { cases, encrypt, strict, validation, evidence }: Connecting,
  server: ServerProfile,
): ClientVerdict {
  const judged = cases.map((one) => ({
    of: one,
    verdict: negotiate(
      {
        hello: one.hello,
        clearText: one.clearText,
        encrypt,
        strict,
        limits: one.limits,
        validation,
        evidence: [...evidence, ...one.evidence],
      },
      server,
    ),
  }));
  return { verdict: together(judged), cases: judged };
}

function together(judged: readonly CaseVerdict[]): Verdict {
  const first = judged[0]?.verdict;
  if (!first) return nothingKnown;
  const those = (outcome: Outcome) => judged.filter(({ verdict }) => verdict.outcome === outcome);
  const [failing, wavering, connecting] = [those('fails'), those('may-fail'), those('connects')];
  if (failing.length === judged.length) return { ...first, reason: sameReason(failing) };
  if (connecting.length === judged.length) return connects(first, connecting);
  const [worst] = [...failing, ...wavering];
  if (!worst) return those('unknown')[0]?.verdict ?? first;
  if (wavering.length === judged.length) return { ...worst.verdict, reason: sameReason(wavering) };
  const open = judged.length - failing.length - wavering.length - connecting.length;
  const parts = [
    ...(failing.length > 0 ? [`fails on ${labels(failing)}`] : []),
    ...(wavering.length > 0 ? [`may fail on ${labels(wavering)}`] : []),
    ...(connecting.length > 0 ? [`connects on ${labels(connecting)}`] : []),
    ...(open > 0 ? [`${open} more not known`] : []),
  ];
  return {
    ...worst.verdict,
    outcome: 'may-fail',
    protocol: null,
    suite: null,
    reason: `${parts.join('; ')} (${sameReason(failing.length > 0 ? failing : wavering)})`,
  };
}

/** Where cases end differently, the oldest version stands for all: it is the most that is sure. */
function connects(first: Verdict, connecting: readonly CaseVerdict[]): Verdict {
  const versions = [...new Set(connecting.flatMap(({ verdict }) => verdict.protocol ?? []))].sort(
    compareProtocols,
  );
  const [oldest = null] = versions;
  const reason =
    versions.length > 1 ? `${oldest} to ${versions.at(-1)}, by where it runs` : sameReason(connecting);
  return { ...first, protocol: oldest, suite: same(connecting), reason };
}

const same = (judged: readonly CaseVerdict[]) => {
  const suites = new Set(judged.map(({ verdict }) => verdict.suite));
  return suites.size === 1 ? (judged[0]?.verdict.suite ?? null) : null;
};

function sameReason(judged: readonly CaseVerdict[]): string {
  const reasons = [...new Set(judged.map(({ verdict }) => verdict.reason))];
  const others = reasons.length - 1;
  if (others <= 0) return reasons[0] ?? '';
  return `${reasons[0]}, and ${others === 1 ? 'one other reason' : `${others} other reasons`} by where it runs`;
}

/** More names than this are counted, not listed. */
const MAX_LABELS = 4;

/** `Windows Server 2012 R2, Windows Server 2016 and 3 more`. */
export function labels(judged: readonly CaseVerdict[]): string {
  const names = [
    ...new Set(judged.map(({ of }) => (of.condition ? `${of.label} ${of.condition}` : of.label))),
  ];
  if (names.length <= MAX_LABELS) return names.join(', ');
  return `${names.slice(0, MAX_LABELS).join(', ')} and ${names.length - MAX_LABELS} more`;
}

const nothingKnown: Verdict = {
  outcome: 'unknown',
  protocol: null,
  suite: null,
  step: null,
  scenario: null,
  cause: null,
  wire: null,
  reason: 'nothing is known of what this client offers',
  rejection: null,
  confidence: 'assumed',
  evidence: [],
};
