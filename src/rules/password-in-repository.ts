import { clientWords, type Rule } from './rule.ts';

/** A literal password in a connection string. What it says is never kept; only its place is. */
export const passwordInRepository: Rule = {
  meta: {
    id: 'password-in-repository',
    scenario: null,
    level: 'warning',
    title: 'A password is in the repository',
    why: 'A password in a file of the repository is known to everyone who ever cloned it, and stays in its history. The reader cuts it out before anything else sees the string: no report, log or JSON holds it. Placeholders, of whatever template language, are none. Of a server on the same machine, as developers have one, it is a notice.',
    helpUri: 'https://learn.microsoft.com/sql/connect/ado-net/connection-strings',
  },
  judgeClient(client) {
    const { passwordSpan, local, endpoint } = client;
    if (passwordSpan === null) return [];
    return [
      {
        span: passwordSpan,
        level: local || endpoint === null ? 'notice' : 'warning',
        message: `${clientWords(client)}: a password stands in this connection string.`,
        fix: 'Change the password, and take the new one from a secret store or an environment variable; or use integrated or Microsoft Entra authentication.',
        client: client.name,
        target: null,
        evidence: [{ strength: 'declared', statement: 'a literal password', span: passwordSpan }],
        about: 'password',
      },
    ];
  },
};
