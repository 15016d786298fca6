/** [MS-TDS] 2.2.6.5: what PRELOGIN agrees on before any TLS of TDS 7.x; and TDS 8.0, which begins with TLS. */
import type { ServerProfile } from '../../model/server-profile.ts';
import type { Verdict } from '../../model/verdict.ts';
import { assumed, connects, fails } from './ending.ts';
import type { Offer } from './offer.ts';

/** The end, where it is decided before a ClientHello of TDS 7.x; `null` when a handshake follows. */
export function encryptionStep(offer: Offer, server: ServerProfile): Verdict | null {
  if (offer.encrypt === 'Strict') return strictStep(offer, server);
  if (server.forceStrict?.value) {
    return fails({
      step: 'strict',
      cause: 'server-forces-strict',
      reason: 'the server takes nothing but TDS 8.0, so it closes a connection that begins with PRELOGIN',
      wire: { by: 'server', how: 'close', alert: null },
      evidence: [...offer.evidence, server.forceStrict.evidence],
    });
  }
  return offer.clearText ? withoutTls(offer, server) : withoutServer(offer, server);
}

function strictStep(offer: Offer, server: ServerProfile): Verdict | null {
  if (offer.strict === false) {
    return fails({
      step: 'strict',
      cause: 'driver-without-strict',
      reason: 'this driver build does not know Encrypt=Strict (TDS 8.0)',
      wire: null,
      evidence: offer.evidence,
    });
  }
  if (server.strict?.value === false) {
    return fails({
      step: 'strict',
      cause: 'server-without-strict',
      reason:
        'the server does not speak TDS 8.0, so it closes a connection that begins with TLS (Encrypt=Strict)',
      wire: { by: 'server', how: 'close', alert: null },
      evidence: [...offer.evidence, server.strict.evidence],
    });
  }
  return null;
}

/** The driver answers ENCRYPT_NOT_SUP; a server that answers ON or REQ then closes. */
function withoutTls(offer: Offer, { forceEncryption }: ServerProfile): Verdict {
  if (forceEncryption?.value) {
    return fails({
      step: 'encryption',
      cause: 'client-without-encryption',
      reason: 'the server forces encryption and this client has none',
      wire: { by: 'server', how: 'close', alert: null },
      evidence: [...offer.evidence, forceEncryption.evidence],
    });
  }
  return connects(
    null,
    'no TLS at all: this driver sends its login in clear text, and only a server that forces encryption refuses it',
    [...offer.evidence, forceEncryption?.evidence ?? assumed('the server does not force encryption')],
  );
}

function withoutServer(offer: Offer, { encryption }: ServerProfile): Verdict | null {
  if (encryption?.value !== 'NOT_SUP') return null;
  const evidence = [...offer.evidence, encryption.evidence];
  if (offer.encrypt !== 'Mandatory')
    return connects(null, 'the server offers no TLS, so the login goes in clear text', evidence);
  return fails({
    step: 'encryption',
    cause: 'server-without-encryption',
    reason: 'the server answers ENCRYPT_NOT_SUP and this client insists on encryption',
    wire: { by: 'client', how: 'close', alert: null },
    evidence,
  });
}
