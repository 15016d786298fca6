import type { HelloAnswer } from '../model/observation.ts';
import type { ServerProfile } from '../model/server-profile.ts';

/** Words for a refusal: `reset the connection`, `closed the connection`, `sent alert 40 (handshake_failure)`. */
export function rejectionWords({ rejection, alert }: HelloAnswer & { state: 'rejected' }): string {
  if (rejection === 'alert') return `sent TLS alert ${alert ?? ''}`.trimEnd();
  return rejection === 'reset' ? 'reset the connection' : 'closed the connection';
}

/** What it was seen to take instead, the first two by name. */
export function takes({ suites }: ServerProfile): string {
  if (suites?.evidence.strength !== 'observed') return '';
  const [first, second, ...rest] = suites.value.names;
  const named = [first, second].filter((name) => name !== undefined).join(rest.length > 0 ? ', ' : ' and ');
  return `; it takes ${named}${rest.length > 0 ? ` and ${rest.length} more` : ''}`;
}
