import { clientWords, levelOf, opening, type Rule } from './rule.ts';

/** A client that validates meets a certificate that nobody issued. */
export const certificateNotTrusted: Rule = {
  meta: {
    id: 'certificate-not-trusted',
    scenario: null,
    level: 'error',
    title: 'The certificate is not trusted',
    why: 'Newer drivers encrypt by default and validate the certificate: "the certificate chain was issued by an authority that is not trusted" is the commonest error after an upgrade. The certificate that SQL Server makes for itself at each start can be trusted by nobody; another self-signed one only by those who were given it.',
    helpUri:
      'https://learn.microsoft.com/troubleshoot/sql/database-engine/connect/certificate-chain-not-trusted',
  },
  judgePair(pair) {
    const { client, target, verdict } = pair;
    if (verdict.cause !== 'certificate-not-trusted') return [];
    return [
      {
        span: client.trustSpan ?? client.encryptSpan ?? client.connectionSpan ?? client.driverSpan,
        level: levelOf(pair),
        message: `${opening(pair)}${clientWords(client)} will not accept ${target.name}: ${verdict.reason}.`,
        fix: `Give ${target.name} a certificate of a CA that the client trusts. TrustServerCertificate=True lets it connect, and takes any certificate of anyone.`,
        client: client.name,
        target: target.name,
        evidence: verdict.evidence,
        about: pair.when,
      },
    ];
  },
};
