import type { UnreadableDeclaration } from '../model/declaration.ts';
import type { Draft, Rule } from './rule.ts';

/** A file that could declare something and could not be read. */
export const unreadable: Rule = {
  meta: {
    id: 'unreadable',
    scenario: null,
    level: 'notice',
    title: 'File could not be read',
    why: 'A file that could declare a driver, a connection or a TLS setting is not what its name says, so what it declares was not checked. Nothing is passed over in silence.',
    helpUri:
      'https://learn.microsoft.com/troubleshoot/sql/database-engine/connect/tls-exist-connection-closed',
  },
  judgeRepository({ declarations }) {
    return declarations.flatMap((one) => (one.kind === 'unreadable' ? [unread(one)] : []));
  },
};

function unread({ span, reason }: UnreadableDeclaration): Draft {
  return {
    span,
    message: `${span.file} could not be read, so what it declares was not checked: ${reason}.`,
    fix: 'Mend the file, or name it under `exclude` in the policy file.',
    client: null,
    target: null,
    evidence: [{ strength: 'declared', statement: reason, span }],
    about: reason,
  };
}
