import { trustChanges } from './changes/keyword.ts';
import { clientWords, type Rule } from './rule.ts';

/** TrustServerCertificate: the client takes any certificate, so anyone in between can read along. */
export const serverCertificateNotValidated: Rule = {
  meta: {
    id: 'server-certificate-not-validated',
    scenario: null,
    level: 'warning',
    title: 'The server certificate is not validated',
    why: 'With `TrustServerCertificate` the client takes any certificate: what it encrypts, it encrypts for whoever answers. Anyone between client and server can read along and change what is sent.',
    helpUri: 'https://learn.microsoft.com/sql/relational-databases/security/networking/tds-8',
  },
  judgeClient(client) {
    const { settings, connectionSpan, trustSpan } = client;
    const trust = settings.trustServerCertificate;
    if (!trust?.value || connectionSpan === null || client.local) return [];
    if (settings.encrypt?.value === 'Strict') return [];
    // A default that trusts matters only where encryption is meant to protect something.
    if (trustSpan === null && settings.encrypt?.value !== 'Mandatory') return [];
    return [
      {
        span: trustSpan ?? connectionSpan,
        level: trustSpan === null ? 'notice' : 'warning',
        message: `${clientWords(client)}: ${trust.evidence.statement}, so any certificate is taken and a machine in between can read and change everything.`,
        fix: 'Set TrustServerCertificate=False and give the server a certificate the client trusts, with the name the client connects to (or HostNameInCertificate).',
        changes: trustChanges(client),
        client: client.name,
        target: null,
        evidence: [trust.evidence],
        about: trustSpan === null ? 'default' : 'written',
      },
    ];
  },
};
