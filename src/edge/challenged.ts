/** Adds to a probed server the name of its Windows: a login that is begun and not ended, so on request alone. */
import type { ProbedTarget } from '../model/probe-report.ts';
import type { Where } from '../observe/wire/line.ts';
import type { Beside } from './beside.ts';

/** `ntlm`: whether it is asked at all; the target stays as it is when not. No login is begun outside of TLS. */
export async function withNtlm(
  target: ProbedTarget,
  where: Where,
  ntlm: boolean,
  { deadlineMs, slots, onConnection }: Beside,
): Promise<ProbedTarget> {
  if (!ntlm) return target;
  const needless = needlessReason(target);
  if (needless !== null) return { ...target, ntlm: { state: 'not-asked', reason: needless } };
  const [{ Line }, { ntlmChallenge }, { windowsOf }] = await Promise.all([
    import('../observe/wire/line.ts'),
    import('../observe/handshakes/ntlm.ts'),
    import('../resolve/windows.ts'),
  ]);
  const line = new Line(where, { deadlineMs, scanMs: deadlineMs, slots, onConnection });
  const found = await ntlmChallenge(line, windowsOf);
  return {
    ...target,
    ntlm: found,
    connections: target.connections + line.connections,
    milliseconds: target.milliseconds + line.milliseconds,
  };
}

function needlessReason({ prelogin, protocols, forcesStrict, reason }: ProbedTarget): string | null {
  if (protocols.some(({ state }) => state === 'accepted')) return null;
  if (forcesStrict) return 'it forces TDS 8.0, and this is asked inside TDS 7.x alone';
  if (prelogin === null) return reason ?? 'it did not answer PRELOGIN';
  if (prelogin.encryption === 'NOT_SUP')
    return 'it answers ENCRYPT_NOT_SUP, and no login is begun in clear text';
  return 'no version of TLS was accepted inside TDS 7.x';
}
