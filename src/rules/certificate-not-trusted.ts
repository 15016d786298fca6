import { clientWords, levelOf, opening, type Rule } from './rule.ts';

/** A client that validates meets a certificate that nobody it knows has signed. */
export const certificateNotTrusted: Rule = {
  meta: {
    id: 'certificate-not-trusted',
    scenario: null,
    level: 'error',
    title: 'The certificate is not trusted',
    why: 'A SQL Server that was given no certificate makes one for itself at each start, which no client can trust. A client that validates then ends the connection ("The certificate chain was issued by an authority that is not trusted"): the most common error after an upgrade to a driver that encrypts by default. Another self-signed certificate works only for clients that were told to trust it.',
    helpUri:
      'https://learn.microsoft.com/troubleshoot/sql/database-engine/connect/certificate-chain-not-trusted',
  },
  judgePair(pair) {
    const { client, target, verdict, server } = pair;
    if (verdict.cause !== 'certificate-not-trusted' || !server.certificate) return [];
    if (verdict.outcome !== 'fails' && verdict.outcome !== 'may-fail') return [];
    const sure = verdict.outcome === 'fails';
    return [
      {
        span: client.encryptSpan ?? client.connectionSpan ?? client.driverSpan,
        level: levelOf(pair),
        message: `${opening(pair)}${clientWords(client)} ${sure ? 'does not connect' : 'may not connect'} to ${target.name}: ${verdict.reason}.`,
        fix: sure
          ? `Give ${target.name} a certificate of a CA that the client trusts. TrustServerCertificate=True connects too, but then anyone in between can read along.`
          : `Make sure the client trusts this certificate, or give ${target.name} one of a CA that it trusts.`,
        client: client.name,
        target: target.name,
        evidence: verdict.evidence,
        about: pair.when,
      },
    ];
  },
};
