import { clientWords, type Rule } from './rule.ts';

/** The mssql package turns `Encrypt=strict` and `Encrypt=optional` of a connection string into `true`. */
export const strictBecomesTrue: Rule = {
  meta: {
    id: 'strict-becomes-true',
    scenario: null,
    level: 'warning',
    title: 'This value of Encrypt becomes true',
    why: "In a connection string of the `mssql` package for Node, `Encrypt=strict` and `Encrypt=optional` both become `true`, without a word: no TDS 8.0 in the one case, encryption that nobody asked for in the other. `strict` works only as `options.encrypt: 'strict'` of a configuration object.",
    helpUri:
      'https://learn.microsoft.com/sql/relational-databases/security/networking/connect-with-strict-encryption',
  },
  judgeClient(client) {
    const { settings, encryptSpan } = client;
    const { encrypt, encryptMisread } = settings;
    if (encryptMisread === null || encryptSpan === null || !encrypt) return [];
    const strict = /^strict$/i.test(encryptMisread);
    return [
      {
        span: encryptSpan,
        message: `${clientWords(client)}: Encrypt=${encryptMisread} in a connection string becomes true, so the connection ${strict ? 'is not strict (no TDS 8.0)' : 'is encrypted, and the certificate counts'}.`,
        fix: strict
          ? "Give the driver a configuration object with options: { encrypt: 'strict' } in place of the string."
          : 'Write Encrypt=true or Encrypt=false, whichever is meant.',
        client: client.name,
        target: null,
        evidence: [encrypt.evidence],
        about: encryptMisread.toLowerCase(),
      },
    ];
  },
};
