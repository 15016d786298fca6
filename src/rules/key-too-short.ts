import type { CertificateFacts } from '../model/certificate.ts';
import { certificatesOf } from './certificates.ts';
import type { Rule } from './rule.ts';

/** Shortest keys that give 112 bits of security: NIST SP 800-57 Part 1 Rev. 5, table 2 (EC: the shortest curve TLS uses). */
const SHORTEST: Partial<Record<CertificateFacts['keyType'], number>> = { RSA: 2048, DSA: 2048, ECDSA: 256 };

/** The key of the server's certificate is shorter than current stacks take. */
export const keyTooShort: Rule = {
  meta: {
    id: 'key-too-short',
    scenario: null,
    level: 'warning',
    title: 'The key of the certificate is too short',
    why: 'RSA keys below 2048 bits are no longer safe, and clients on OpenSSL at security level 2 (Debian, Ubuntu, RHEL 9) and current JDK builds that validate the certificate refuse them. SQL Server 2014 made such keys for its own certificates.',
    helpUri: 'https://learn.microsoft.com/sql/database-engine/configure-windows/certificate-requirements',
  },
  judgeTarget(judged) {
    const { target } = judged;
    return certificatesOf(judged).flatMap(({ certificate, pairs, when }) => {
      const { keyType, keyBits, subject } = certificate.value;
      const shortest = SHORTEST[keyType];
      if (shortest === undefined || keyBits === null || keyBits >= shortest) return [];
      const lost = pairs.filter(
        ({ verdict }) => verdict.cause === 'certificate-key-size' && verdict.outcome === 'fails',
      );
      const who =
        lost.length > 0 ? ` ${lost.map(({ client }) => client.name).join(', ')} will not take it.` : '';
      return [
        {
          span: target.span,
          level: lost.length > 0 && when === 'current' ? 'error' : 'warning',
          message: `The ${when === 'planned' ? 'planned ' : ''}certificate of ${target.name} (${subject}) has a key of ${keyBits} bits (${keyType}); ${shortest} is the least that is safe.${who}`,
          fix: 'Replace it by a certificate with an RSA key of 2048 bits or more (KeySpec AT_KEYEXCHANGE) and restart SQL Server.',
          client: null,
          target: target.name,
          evidence: [certificate.evidence],
          about: `${when} ${keyType} ${keyBits}`,
        },
      ];
    });
  },
};
