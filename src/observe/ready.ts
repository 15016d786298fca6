/** Whether a server that was just started answers yet: by its PRELOGIN, not by what it writes in its log. */

import { asksStrict } from './strict.ts';
import { Line, type Where } from './wire/line.ts';

/**
 * `null` when it answers; else what came instead. Two connections at most: a server that takes nothing but TDS 8.0 closes
 * on PRELOGIN and answers a connection that begins with TLS.
 */
export async function notReady(where: Where, deadlineMs: number): Promise<string | null> {
  const line = new Line(where, { deadlineMs, scanMs: 2 * deadlineMs });
  const prelogin = await line.prelogin('ON');
  if (prelogin.state === 'answered') return null;
  if (prelogin.state === 'no-answer') return prelogin.reason;
  return (await asksStrict(line)) ? null : `its connections end with a ${prelogin.rejection}`;
}
