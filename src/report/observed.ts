/** What a probe saw of one server, in words. */
import type { TargetResult } from '../model/check-report.ts';

type ProtocolResult = TargetResult['protocols'][number];

/** `TLS 1.0 rejected (reset)`, `TLS 1.2 accepted`, `TLS 1.1 no answer`: three states, never two. */
export function protocolWords({ protocols }: TargetResult): readonly string[] {
  return protocols.map((one) => `${one.version} ${stateWords(one)}`);
}

function stateWords({ state, rejection, alert }: ProtocolResult): string {
  if (state === 'no-answer') return 'no answer';
  if (state === 'accepted') return 'accepted';
  if (rejection === null) return 'rejected (answered in another version)';
  return rejection === 'alert' ? `rejected (alert ${alert ?? 'unknown'})` : `rejected (${rejection})`;
}

/** Subject, signature hash and key, end, who signed it. */
export function certificateWords({ certificate }: TargetResult): readonly string[] {
  if (certificate === null) return [];
  const { subject, signatureHash, signatureOid, keyType, keyBits, notAfter, selfSigned, issuer } =
    certificate;
  const key = keyBits === null ? keyType : `${keyType} ${keyBits}`;
  return [
    subject,
    `${signatureHash ?? signatureOid}, ${key}, until ${notAfter.slice(0, 'YYYY-MM-DD'.length)}`,
    selfSigned ? 'self-signed' : `signed by ${issuer}`,
  ];
}
