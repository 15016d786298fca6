import type { Draft, JudgedTarget, Rule } from './rule.ts';
import { clientWords, levelOf, opening } from './rule.ts';

/** RSA below it has less than the 112 bits that NIST SP 800-131A allows; so has an elliptic curve below 224. */
const LEAST = { RSA: 2048, ECDSA: 224 } as const;

/** The key of a certificate, or the prime of TLS_DHE, is too short: for a client of today, or for one that is there. */
export const keyTooShort: Rule = {
  meta: {
    id: 'key-too-short',
    scenario: null,
    level: 'warning',
    title: 'A key is too short',
    why: 'RSA keys and Diffie-Hellman primes of 1024 bits have fallen out of use: OpenSSL at its present security level, and clients on rustls, refuse less than 2048. SQL Server 2014 and older make themselves such a key where nobody gives them a certificate. It is an error where a declared client refuses it, a warning otherwise.',
    helpUri: 'https://learn.microsoft.com/sql/database-engine/configure-windows/certificate-requirements',
  },
  judgePair(pair) {
    const { client, target, verdict } = pair;
    if (verdict.cause !== 'certificate-key-size' && verdict.cause !== 'dh-key-size') return [];
    return [
      {
        span: client.driverSpan,
        level: levelOf(pair),
        message: `${opening(pair)}${clientWords(client)} will not accept ${target.name}: ${verdict.reason}.`,
        fix:
          verdict.cause === 'dh-key-size'
            ? `Switch the TLS_DHE suites off on ${target.name}.`
            : `Give ${target.name} a certificate with an RSA key of 2048 bits or more.`,
        client: client.name,
        target: target.name,
        evidence: verdict.evidence,
        about: pair.when,
      },
    ];
  },
  judgeTarget,
};

function judgeTarget({ target, server: { certificate } }: JudgedTarget): readonly Draft[] {
  if (!certificate) return [];
  const { keyType, keyBits, subject } = certificate.value;
  const least = keyType === 'RSA' || keyType === 'ECDSA' ? LEAST[keyType] : null;
  if (least === null || keyBits === null || keyBits >= least) return [];
  return [
    {
      span: target.span,
      message: `The certificate of ${target.name} (${subject}) has an ${keyType} key of ${keyBits} bits: clients of today take ${least} or more.`,
      fix: `Give ${target.name} a certificate with an RSA key of 2048 bits or more.`,
      client: null,
      target: target.name,
      evidence: [certificate.evidence],
      about: `${keyType} ${keyBits}`,
    },
  ];
}
