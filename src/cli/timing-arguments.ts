/** `--timings` and `--connects N` of `probe`. */
import { TIMED_CONNECTIONS } from '../model/timings.ts';

/** Polite to production: each may leave a line in its error log. */
const MOST = 100;

/** How many connections to time; `null`: none. `--connects` alone asks for timings too. */
export function connectionsToTime({
  timings,
  connects,
}: {
  readonly timings: boolean;
  readonly connects?: string | undefined;
}): number | null | { complaint: string } {
  if (connects === undefined) return timings ? TIMED_CONNECTIONS : null;
  const count = Number(connects);
  if (Number.isInteger(count) && count >= 1 && count <= MOST) return count;
  return { complaint: `--connects ${connects} is not a number of connections; expected 1 to ${MOST}.` };
}
