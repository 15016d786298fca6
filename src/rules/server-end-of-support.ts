import type { Rule } from './rule.ts';

/** Nobody mends this SQL Server any more, paid updates included. */
export const serverEndOfSupport: Rule = {
  meta: {
    id: 'server-end-of-support',
    scenario: null,
    level: 'warning',
    title: 'The server is out of support',
    why: 'A SQL Server that is out of support, paid updates included, gets no TLS fixes, while clients drop the versions, suites and hashes it has. The date is the last one of its lifecycle page.',
    helpUri: 'https://learn.microsoft.com/troubleshoot/sql/releases/download-and-install-latest-updates',
  },
  judgeRepository({ targets, today }) {
    return targets.flatMap(({ target, server: { supportEnds, product } }) =>
      supportEnds && supportEnds.value < today
        ? [
            {
              span: target.span,
              message: `${target.name} (${product?.value ?? 'SQL Server'}): its support ended on ${supportEnds.value}.`,
              fix: 'Move it to a SQL Server that is supported.',
              client: null,
              target: target.name,
              evidence: [supportEnds.evidence],
              about: supportEnds.value,
            },
          ]
        : [],
    );
  },
};
