/** What only completed handshakes tell of a probed server, so on request alone. No login follows any of them. */
import { unaskedLeadingZero } from '../model/leading-zero.ts';
import type { ProbedTarget } from '../model/probe-report.ts';
import type { Where } from '../observe/wire/line.ts';
import type { Beside } from './beside.ts';

/** For all the handshakes of one server: four for resumption. */
const DEEP_MS = 30_000;

/** `deep`: whether it is asked at all; the target stays as it is when not. */
export async function deepened(
  target: ProbedTarget,
  where: Where,
  deep: boolean,
  options: Beside,
): Promise<ProbedTarget> {
  if (!deep) return target;
  return withResumption(await withLeadingZero(target, where, options), where, options);
}

/** The DHE leading-zero fix. No connection is made where the probe has shown already that there is nothing to complete. */
async function withLeadingZero(target: ProbedTarget, where: Where, options: Beside): Promise<ProbedTarget> {
  const needless = needlessReason(target);
  if (needless !== null) return { ...target, leadingZero: unaskedLeadingZero(needless) };
  const { leadingZero } = await import('../observe/handshakes/leading-zero.ts');
  const started = performance.now();
  const found = await leadingZero(where, options);
  return {
    ...target,
    leadingZero: found,
    connections: target.connections + found.attempts.length,
    milliseconds: target.milliseconds + Math.round(performance.now() - started),
  };
}

async function withResumption(
  target: ProbedTarget,
  where: Where,
  { deadlineMs, slots, onConnection }: Beside,
): Promise<ProbedTarget> {
  if (!target.protocols.some(({ state }) => state === 'accepted')) return target;
  const [{ Line }, { resumption }] = await Promise.all([
    import('../observe/wire/line.ts'),
    import('../observe/handshakes/resumption.ts'),
  ]);
  const line = new Line(where, { deadlineMs, scanMs: DEEP_MS, slots, onConnection });
  const found = await resumption(line);
  return {
    ...target,
    resumption: found,
    connections: target.connections + line.connections,
    milliseconds: target.milliseconds + line.milliseconds,
  };
}

function needlessReason({ prelogin, protocols, reason }: ProbedTarget): string | null {
  if (prelogin === null) return reason ?? 'it did not answer PRELOGIN';
  if (prelogin.encryption === 'NOT_SUP') return 'it answers ENCRYPT_NOT_SUP, so there is no TLS to ask for';
  if (protocols.some(({ suites }) => suites.some((suite) => suite.startsWith('TLS_DHE_')))) return null;
  // An enumeration that did not come to its end proves no absence.
  return reason === null ? 'it takes no DHE suite, so this cannot happen' : null;
}
