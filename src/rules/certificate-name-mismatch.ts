import { presentedNames } from '../tls/certificate-names.ts';
import { clientWords, levelOf, opening, type Rule } from './rule.ts';

/** A client that validates connects by a name that the certificate does not hold. */
export const certificateNameMismatch: Rule = {
  meta: {
    id: 'certificate-name-mismatch',
    scenario: null,
    level: 'error',
    title: 'The certificate does not name the server',
    why: 'A client that validates the certificate compares its names with the one it connects to: a short name, an alias, an address or a listener that the certificate does not hold ends the connection after the handshake. `HostNameInCertificate` says what to compare with instead.',
    helpUri: 'https://learn.microsoft.com/sql/database-engine/configure-windows/certificate-requirements',
  },
  judgePair(pair) {
    const { client, target, verdict, server } = pair;
    if (verdict.cause !== 'certificate-name' || !server.certificate) return [];
    const names = presentedNames(server.certificate.value);
    return [
      {
        span: client.endpointSpan ?? client.connectionSpan ?? client.driverSpan,
        level: levelOf(pair),
        message: `${opening(pair)}${clientWords(client)} will not accept ${target.name}: ${verdict.reason}${names.length > 0 ? `, but ${names.join(', ')}` : ' or anything else'}.`,
        fix:
          names[0] === undefined || names[0].startsWith('*')
            ? 'Give the server a certificate with the name that clients connect to.'
            : `Connect by ${names[0]}, or set HostNameInCertificate=${names[0]}; else give the server a certificate with the name that clients connect to.`,
        client: client.name,
        target: target.name,
        evidence: verdict.evidence,
        about: pair.when,
      },
    ];
  },
};
