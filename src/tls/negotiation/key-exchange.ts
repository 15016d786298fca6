/** TLS_DHE after the certificate: the length of the prime, and leading zero bytes of the secret (scenario 5). */
import type { LeadingZeroFix } from '../../model/client.ts';
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
  const mismatch = leadingZeroMismatch(limits.leadingZeroFix, leadingZeroFix?.value ?? null);
  if (!leadingZeroFix || mismatch === null) return null;
  return mayFail({
    step: 'handshake',
    scenario: 5,
    cause: 'dhe-leading-zero',
    reason: `${agreed.suite} is chosen, and ${mismatch}: about 1 in 256 full handshakes fails then, and the next one succeeds`,
    wire: {
      by: 'server',
      how: server.dropsSilently?.value ? 'reset' : 'alert',
      alert: ALERT.decryptError,
    },
    ...agreed,
    evidence: [
      ...before,
      leadingZeroFix.evidence,
      ...(extendedMasterSecret ? [extendedMasterSecret.evidence] : []),
    ],
  });
}

/** A phrase; `null` where both do the same, or it is not known of one. */
function leadingZeroMismatch(client: LeadingZeroFix | null, server: LeadingZeroFix | null): string | null {
  if (client === null || server === null) return null;
  const open = [
    ...(client === 'needs-update' ? ['the client'] : []),
    ...(server === 'needs-update' ? ['the server'] : []),
  ];
  if (open.length > 0)
    return `${open.join(' and ')} may lack KB4537806, without which it keeps leading zero bytes of the secret`;
  if (client === server) return null;
  return `${client === 'fixed' ? 'the server' : 'the client'} does not strip leading zero bytes of the secret`;
}
