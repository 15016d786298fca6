/** Adds to a probed server the name of its Windows: a login that is begun and not ended, so on request alone. */
import type { ProbedTarget } from '../model/probe-report.ts';
import type { Where } from '../observe/wire/line.ts';
import type { Beside } from './beside.ts';

/** `ntlm`: whether it is asked at all; the target stays as it is when not, and where no TLS inside TDS 7.x is taken. */
export async function withNtlm(
  target: ProbedTarget,
  where: Where,
  ntlm: boolean,
  { deadlineMs, slots, onConnection }: Beside,
): Promise<ProbedTarget> {
  if (!ntlm || !target.protocols.some(({ state }) => state === 'accepted')) return target;
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
