import { isThisMachine } from '../model/connection.ts';
import type { ConnectionDeclaration, Declaration } from '../model/declaration.ts';
import type { Span } from '../model/span.ts';
import type { Rule } from './rule.ts';

type WithPassword = ConnectionDeclaration & { readonly passwordSpan: Span };

/** Folders whose files are no part of what is deployed. */
const TRIED_OUT = /(?:^|\/)(?:[\w.-]*tests?|__tests__|specs?|fixtures|samples?|examples?|docs?)\//i;

/** A connection string holds a password as it is. The rule knows the place alone: the text was cut in the lexer. */
export const passwordInRepository: Rule = {
  meta: {
    id: 'password-in-repository',
    scenario: null,
    level: 'warning',
    title: 'A password is in the repository',
    why: 'Whoever can read the repository, or ever could, has the password: it stays in the history when the line is gone. What a pipeline or a shell fills in (`$VAR`, `$(VAR)`, `#{token}#`, `__TOKEN__`, `%VAR%`, `{{ value }}`) is none. In tests and samples, and for a server on the machine itself, it is a notice. No output ever shows it.',
    helpUri: 'https://learn.microsoft.com/sql/connect/odbc/dsn-connection-string-attribute',
  },
  judgeRepository({ declarations }) {
    return declarations.filter(hasPassword).map(({ passwordSpan, span, endpoint }) => {
      const harmless = TRIED_OUT.test(span.file) || (endpoint !== null && isThisMachine(endpoint));
      return {
        span: passwordSpan,
        ...(harmless && { level: 'notice' as const }),
        message: `A password stands in this connection string${endpoint ? ` to ${endpoint.host}` : ''}: everyone who can read the repository has it.`,
        fix: 'Take it from a secret of the pipeline or the environment, or sign in without one (Integrated Security, managed identity), and change it on the server.',
        client: null,
        target: null,
        evidence: [
          { strength: 'declared', statement: 'the connection string holds a password', span: passwordSpan },
        ],
        about: endpoint?.host ?? '',
      };
    });
  },
};

const hasPassword = (one: Declaration): one is WithPassword =>
  one.kind === 'connection' && one.passwordSpan !== null;
