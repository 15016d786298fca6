import type { Rule } from './rule.ts';

/** A file that could declare something and could not be read. */
export const unreadable: Rule = {
  meta: {
    id: 'unreadable',
    scenario: null,
    level: 'notice',
    title: 'File could not be read',
    helpUri:
      'https://learn.microsoft.com/troubleshoot/sql/database-engine/connect/tls-exist-connection-closed',
  },
  judgeUnreadable({ span, reason }) {
    return [
      {
        span,
        message: `${span.file} could not be read, so what it declares was not checked: ${reason}.`,
        fix: 'Mend the file, or name it under `exclude` in the policy file.',
        client: null,
        target: null,
        evidence: [{ strength: 'declared', statement: reason, span }],
        about: reason,
      },
    ];
  },
};
