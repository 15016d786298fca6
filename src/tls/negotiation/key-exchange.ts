/** TLS_DHE after the certificate: the length of the prime, and leading zero bytes of the secret (scenario 5). */
import type { Evidence } from '../../model/evidence.ts';
import type { Protocol } from '../../model/protocol.ts';
import type { ServerProfile } from '../../model/server-profile.ts';
import type { Verdict } from '../../model/verdict.ts';
import { suiteByName } from '../cipher-suites.ts';
import { ALERT, clientGivesUp, fails, mayFail } from './ending.ts';
import type { Offer } from './offer.ts';

/** `null`: it is no TLS_DHE, or nothing is known against it. */
export function keyExchangeStep(
  agreed: { readonly protocol: Protocol; readonly suite: string },
  { limits }: Offer,
  server: ServerProfile,
  before: readonly Evidence[],
): Verdict | null {
  if (suiteByName(agreed.suite)?.keyExchange !== 'DHE') return null;
  const { dhBits, leadingZeroFix, extendedMasterSecret } = server;
  if (dhBits && limits.minDhBits !== null && dhBits.value < limits.minDhBits) {
    return fails({
      step: 'handshake',
      cause: 'dh-key-size',
      reason: `the server's TLS_DHE prime has ${dhBits.value} bits; this client takes ${limits.minDhBits} or more`,
      wire: clientGivesUp(ALERT.handshakeFailure),
      ...agreed,
      evidence: [...before, dhBits.evidence],
    });
  }
  if (!leadingZeroFix || limits.leadingZeroFix === null) return null;
  const sides = { client: limits.leadingZeroFix, server: leadingZeroFix.value ? 'fixed' : 'not-fixed' };
  if (sides.client === sides.server) return null;
  const lacking = sides.server === 'not-fixed' ? 'the server' : 'the client';
  const unsure = sides.client === 'needs-update' ? ' unless its Windows has KB4537806 or later' : '';
  return mayFail({
    step: 'handshake',
    scenario: 5,
    cause: 'dhe-leading-zero',
    reason: `${agreed.suite} is chosen, and ${lacking} does not strip leading zero bytes of the secret${unsure}: about 1 in 256 full handshakes fails, the next one succeeds`,
    wire: { by: 'server', how: server.dropsSilently?.value ? 'reset' : 'alert', alert: ALERT.decryptError },
    ...agreed,
    evidence: [
      ...before,
      leadingZeroFix.evidence,
      ...(extendedMasterSecret ? [extendedMasterSecret.evidence] : []),
    ],
  });
}
