import { clientWords, type Rule } from './rule.ts';

/** Drivers that do without TLS altogether: the password crosses the network as it is. */
export const clearTextLogin: Rule = {
  meta: {
    id: 'clear-text-login',
    scenario: null,
    level: 'warning',
    title: 'The login crosses the network in clear text',
    why: "Microsoft's drivers encrypt the login also with `Encrypt=False`. Some others do not: tedious with `encrypt: false`, jTDS without `ssl`, go-mssqldb with `encrypt=disable`, pytds without `cafile`, FreeTDS 1.1 and later with `encryption = off` start no TLS at all. The login is then readable by anyone in between (TDS merely scrambles the password), and a server that forces encryption refuses the client.",
    helpUri:
      'https://learn.microsoft.com/sql/relational-databases/security/networking/connect-with-strict-encryption',
  },
  judgeClient(client) {
    const { cases, connectionSpan, encryptSpan, settings, local } = client;
    if (local || connectionSpan === null) return [];
    if (cases.length === 0 || !cases.every(({ clearText }) => clearText)) return [];
    const encrypt = settings.encrypt?.evidence;
    return [
      {
        span: encryptSpan ?? connectionSpan,
        message: `${clientWords(client)} starts no TLS at all${encrypt ? ` (${encrypt.statement})` : ''}: the login, password included, and everything after it cross the network in clear text.`,
        fix: 'Switch encryption on, with a certificate that the client trusts.',
        client: client.name,
        target: null,
        evidence: encrypt ? [encrypt] : cases.flatMap(({ evidence }) => evidence),
        about: encryptSpan === null ? 'default' : 'written',
      },
    ];
  },
};
