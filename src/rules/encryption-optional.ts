import { encryptChanges } from './changes/keyword.ts';
import { clientWords, type Rule } from './rule.ts';

/** Encrypt is off or optional: everything after the login crosses the network in clear text. */
export const encryptionOptional: Rule = {
  meta: {
    id: 'encryption-optional',
    scenario: null,
    level: 'warning',
    title: 'Encryption is optional',
    why: 'With `Encrypt` off or optional, most drivers still encrypt the login, and nothing after it: queries and results cross the network in clear text. The TLS handshake takes place all the same, so switching encryption off mends no handshake. Of drivers that then do without TLS altogether `clear-text-login` speaks.',
    helpUri:
      'https://learn.microsoft.com/sql/relational-databases/security/networking/connect-with-strict-encryption',
  },
  judgeClient(client) {
    const { settings, connectionSpan, encryptSpan, cases } = client;
    if (settings.encrypt?.value !== 'Optional' || connectionSpan === null || client.local) return [];
    // Said by `clear-text-login`, which is worse.
    if (cases.length > 0 && cases.every((one) => one.clearText)) return [];
    const written = encryptSpan !== null;
    return [
      {
        span: encryptSpan ?? connectionSpan,
        level: written ? 'warning' : 'notice',
        message: `${clientWords(client)}: ${settings.encrypt.evidence.statement}, so only the login is encrypted; queries and results are not. The TLS handshake takes place all the same.`,
        fix: written
          ? 'Set Encrypt=True (Mandatory), with a certificate the client trusts.'
          : 'Write Encrypt=True (Mandatory) into the connection string.',
        changes: encryptChanges(client),
        client: client.name,
        target: null,
        evidence: [settings.encrypt.evidence],
        about: written ? 'written' : 'default',
      },
    ];
  },
};
