import type { Rule } from './rule.ts';

/** A registry policy switches TLS 1.2 off for clients of the machine, SQL Server Agent among them. */
export const clientProtocolDisabled: Rule = {
  meta: {
    id: 'client-protocol-disabled',
    scenario: 1,
    level: 'warning',
    title: 'TLS 1.2 is switched off for the Client role',
    why: 'SCHANNEL has keys for the Server role and for the Client role. On a machine that runs SQL Server both count: Agent, linked servers and replication are its clients. Where TLS 1.2 is switched off for the Client role, as happens after an upgrade or a hardening of one role alone, Agent does not start (event 17052, error 233) or reports a 10054, though clients from outside connect.',
    helpUri: 'https://learn.microsoft.com/troubleshoot/sql/database-engine/connect/unable-to-start-sql-agent',
  },
  judgeRepository({ declarations }) {
    return declarations.flatMap((one) => {
      if (one.kind !== 'tls-policy' || one.configuration !== 'schannel' || one.side === 'server') return [];
      if (one.setting !== 'protocol' || one.subject !== 'TLS 1.2' || one.value !== false) return [];
      return [
        {
          span: one.span,
          message:
            'This switches TLS 1.2 off for clients on the machine: on a SQL Server that is Agent, linked servers and replication, which then reach no server that takes TLS 1.2 alone, their own included.',
          fix: 'Set Enabled to 1 and DisabledByDefault to 0 for the Client role too, and restart the machine.',
          client: null,
          target: null,
          evidence: [
            { strength: 'declared', statement: 'TLS 1.2 is off for the Client role', span: one.span },
          ],
          about: 'TLS 1.2 Client',
        },
      ];
    });
  },
};
