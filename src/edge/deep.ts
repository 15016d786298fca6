/** Adds to a probed server whether it lacks the DHE leading-zero fix: handshakes that are completed, so on request alone. */
import { unaskedLeadingZero } from '../model/leading-zero.ts';
import type { ProbedTarget } from '../model/probe-report.ts';
import type { Where } from '../observe/line.ts';

interface DeepOptions {
  readonly deadlineMs: number;
  readonly onConnection?: (line: string) => void;
}

/** `deep`: whether it is asked at all; the target stays as it is when not. No connection is made where the probe has shown already that there is nothing to complete. */
export async function withLeadingZero(
  target: ProbedTarget,
  where: Where,
  deep: boolean,
  options: DeepOptions,
): Promise<ProbedTarget> {
  if (!deep) return target;
  const needless = needlessReason(target);
  if (needless !== null) return { ...target, leadingZero: unaskedLeadingZero(needless) };
  const { leadingZero } = await import('../observe/leading-zero.ts');
  const started = performance.now();
  const found = await leadingZero(where, options);
  return {
    ...target,
    leadingZero: found,
    connections: target.connections + found.attempts.length,
    milliseconds: target.milliseconds + Math.round(performance.now() - started),
  };
}

function needlessReason({ prelogin, protocols, reason }: ProbedTarget): string | null {
  if (prelogin === null) return reason ?? 'it did not answer PRELOGIN';
  if (prelogin.encryption === 'NOT_SUP') return 'it answers ENCRYPT_NOT_SUP, so there is no TLS to ask for';
  if (protocols.some(({ suites }) => suites.some((suite) => suite.startsWith('TLS_DHE_')))) return null;
  // An enumeration that did not come to its end proves no absence.
  return reason === null ? 'it takes no DHE suite, so this cannot happen' : null;
}
