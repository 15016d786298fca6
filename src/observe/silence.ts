/** Why a target shows no TLS at all, in the words that every report uses. */
import type { Observation } from '../model/observation.ts';

/** `null` when it goes on to TLS. */
export function withoutTlsReason({ prelogin, strict }: Observation): string | null {
  if (prelogin.state === 'no-answer') return prelogin.reason;
  if (prelogin.state === 'rejected') {
    return strict
      ? 'it forces Encrypt=Strict (TDS 8.0): TDS 7.x clients are closed'
      : 'it closed the connection instead of answering PRELOGIN';
  }
  return prelogin.encryption === 'NOT_SUP'
    ? 'it answers ENCRYPT_NOT_SUP, so there is no TLS to ask for'
    : null;
}
