import { certificateNames, presentedNames } from '../tls/certificate-names.ts';
import { clientWords, levelOf, opening, type Rule } from './rule.ts';

/** A client that validates connects by a name that the certificate does not hold. */
export const certificateNameMismatch: Rule = {
  meta: {
    id: 'certificate-name-mismatch',
    scenario: null,
    level: 'error',
    title: 'The certificate does not name the server',
    why: 'A client that validates the certificate compares its names with the host it was told to connect to, or with `HostNameInCertificate` where that is set. An alias, a short name, an address or a listener that the certificate does not hold ends the connection ("The target principal name is incorrect").',
    helpUri: 'https://learn.microsoft.com/sql/database-engine/configure-windows/certificate-requirements',
  },
  judgePair(pair) {
    const { client, target, verdict, server } = pair;
    const facts = server.certificate?.value;
    if (verdict.cause !== 'certificate-name' || !facts) return [];
    if (verdict.outcome !== 'fails' && verdict.outcome !== 'may-fail') return [];
    const host = client.settings.hostNameInCertificate ?? client.endpoint?.host ?? '';
    const names = [...presentedNames(facts), ...facts.ipAddresses];
    const held = names.length > 0 ? `names ${names.join(', ')}` : 'names no host';
    // A certificate without a wildcard that the client could name instead: its first name.
    const [name] = names.filter((one) => certificateNames(facts, one));
    return [
      {
        span: client.endpointSpan ?? client.connectionSpan ?? client.driverSpan,
        level: levelOf(pair),
        message: `${opening(pair)}${clientWords(client)} validates the certificate of ${target.name} and connects to ${host}; the certificate ${held}.`,
        fix: `Give ${target.name} a certificate that names ${host}${name === undefined ? '' : `, or connect by ${name}, or set HostNameInCertificate=${name} where the driver has it`}.`,
        client: client.name,
        target: target.name,
        evidence: verdict.evidence,
        about: `${pair.when} ${host}`,
      },
    ];
  },
};
