/** Changes of a keyword's value in a connection string or an options object. */
import type { Change } from '../../model/change.ts';
import type { Client } from '../../model/client.ts';
import type { Fact } from '../../model/evidence.ts';

/** What each word becomes, in the spelling the string already speaks. */
const OPPOSITE: Readonly<Record<string, string>> = {
  false: 'true',
  no: 'yes',
  '0': '1',
  optional: 'mandatory',
};
const BACK = Object.fromEntries(Object.entries(OPPOSITE).map(([off, on]) => [on, off]));

/**
 * Encrypt on, where it is written. Safe where the client trusts any certificate: the handshake, which takes place either
 * way, then asks for nothing new. Elsewhere the certificate begins to matter, and somebody has to look.
 */
export function encryptChanges({ settings, encryptSpan, cases }: Client): readonly Change[] {
  const newText = replaced(settings.encrypt, OPPOSITE);
  if (encryptSpan === null || newText === null) return [];
  const trust = settings.trustServerCertificate;
  const safe =
    trust?.value === true &&
    trust.evidence.strength !== 'assumed' &&
    cases.length > 0 &&
    cases.every(({ clearText }) => !clearText);
  return [{ kind: 'edit', span: encryptSpan, newText, safe }];
}

/** The certificate validated, where it is written that it is not. Never safe: it may not be one the client trusts. */
export function trustChanges({ settings, trustSpan }: Client): readonly Change[] {
  const newText = replaced(settings.trustServerCertificate, BACK);
  return trustSpan === null || newText === null
    ? []
    : [{ kind: 'edit', span: trustSpan, newText, safe: false }];
}

/** `Encrypt=False` with `false: 'true'` is `True`; `null` where the words are no plain value. */
function replaced(fact: Fact<unknown> | null, words: Readonly<Record<string, string>>): string | null {
  const { strength, statement } = fact?.evidence ?? {};
  if (strength !== 'declared' || statement === undefined) return null;
  const written = statement.slice(statement.indexOf('=') + 1);
  const word = words[written.toLowerCase()];
  if (word === undefined) return null;
  return /^[A-Z]/.test(written) ? `${word.charAt(0).toUpperCase()}${word.slice(1)}` : word;
}
