import type { Rule } from './rule.ts';

/** A package of Integration Services opens a connection for each task. */
export const ssisRetainConnection: Rule = {
  meta: {
    id: 'ssis-retain-connection',
    scenario: null,
    level: 'notice',
    title: 'Integration Services does not retain its connection',
    why: 'With `RetainSameConnection` off, its default, a package opens a connection for each task. Under SQL Server Agent such packages were seen to fail with "Protocol error in TDS stream" and a 10054 that no TLS setting explains; keeping the connection ended it. It is no fault of TLS, only one that looks like it.',
    helpUri:
      'https://learn.microsoft.com/troubleshoot/sql/database-engine/connect/sql-server-faces-connectivity-issue-ssispack-fail',
  },
  judgeRepository({ declarations }) {
    return declarations.flatMap((one) =>
      one.kind === 'connection' && one.retained === false
        ? [
            {
              span: one.span,
              message:
                'This connection manager opens a connection for each task (RetainSameConnection is off).',
              fix: 'Where its package fails under Agent with a 10054 now and then, set RetainSameConnection to True.',
              client: null,
              target: null,
              evidence: [{ strength: 'declared', statement: 'RetainSameConnection is off', span: one.span }],
              about: one.endpoint?.host ?? '',
            },
          ]
        : [],
    );
  },
};
