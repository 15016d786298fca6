import { clientWords, levelOf, opening, type Rule } from './rule.ts';

/** A certificate that some clients refuse whether or not they are told to trust it. */
export const certificateRefused: Rule = {
  meta: {
    id: 'certificate-refused',
    scenario: null,
    level: 'error',
    title: 'The client refuses such a certificate',
    why: 'Some clients refuse a certificate before anyone asks whether it is trusted, so `TrustServerCertificate` does not help: Go 1.23 and later one with a negative serial number, as about half of those have that SQL Server 2017 and older containers made for themselves; clients on rustls one of X.509 version 1.',
    helpUri: 'https://learn.microsoft.com/sql/database-engine/configure-windows/certificate-requirements',
  },
  judgePair(pair) {
    const { client, target, verdict } = pair;
    if (verdict.cause !== 'negative-serial-number' && verdict.cause !== 'x509-version') return [];
    return [
      {
        span: client.driverSpan,
        level: levelOf(pair),
        message: `${opening(pair)}${clientWords(client)} will not accept ${target.name}: ${verdict.reason}.`,
        fix: `Give ${target.name} another certificate: of a CA, or a new one of its own (a restart makes one, with a new serial number).`,
        client: client.name,
        target: target.name,
        evidence: verdict.evidence,
        about: `${verdict.cause} ${pair.when}`,
      },
    ];
  },
};
