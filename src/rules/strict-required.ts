import { clientWords, levelOf, opening, type Rule } from './rule.ts';

/** The server takes TDS 8.0 alone (Force Strict Encryption), and the client does not ask for it. */
export const strictRequired: Rule = {
  meta: {
    id: 'strict-required',
    scenario: null,
    level: 'error',
    title: 'The server takes Encrypt=Strict alone',
    why: 'With Force Strict Encryption a SQL Server takes nothing but TDS 8.0, where TLS comes before everything else. A client that begins with PRELOGIN, as every client without `Encrypt=Strict` does, is cut off before TLS: the application reads "An existing connection was forcibly closed by the remote host".',
    helpUri:
      'https://learn.microsoft.com/sql/relational-databases/security/networking/connect-with-strict-encryption',
  },
  judgePair(pair) {
    const { client, target, verdict } = pair;
    if (verdict.cause !== 'server-forces-strict') return [];
    if (verdict.outcome !== 'fails' && verdict.outcome !== 'may-fail') return [];
    const { encryptSpan, driver } = client;
    const edit = { kind: 'edit', newText: 'Strict', safe: false } as const;
    return [
      {
        span: encryptSpan ?? client.connectionSpan ?? client.driverSpan,
        level: levelOf(pair),
        message: `${opening(pair)}${clientWords(client)} cannot connect to ${target.name}, which takes nothing but TDS 8.0 (Force Strict Encryption): the client does not say Encrypt=Strict.`,
        fix:
          driver.strict === false
            ? `Move to a build of ${driver.label} that knows TDS 8.0, or to a driver that has one, and set Encrypt=Strict; or switch Force Strict Encryption off on ${target.name}.`
            : `Set Encrypt=Strict; the certificate of ${target.name} must then be one that the client trusts, since TrustServerCertificate no longer counts.`,
        ...(driver.strict === true && encryptSpan && { changes: [{ ...edit, span: encryptSpan }] }),
        client: client.name,
        target: target.name,
        evidence: verdict.evidence,
        about: pair.when,
      },
    ];
  },
};
