import type { Rule } from './rule.ts';

/** A registry policy switches the PKCS key exchange off. */
export const rsaKeyExchangeDisabled: Rule = {
  meta: {
    id: 'rsa-key-exchange-disabled',
    scenario: 2,
    level: 'warning',
    title: 'The RSA key exchange is switched off',
    why: '`KeyExchangeAlgorithms\\PKCS` = 0 takes static RSA suites away, and on Windows Server 2012 and older every suite with an RSA certificate: almost all SQL Servers have one. Linked servers and old clients that need static RSA then get a 10054. What is left depends on the other side, so apply such a policy to both at once. Name the file under `configured-by` of a target, and every client is judged with it.',
    helpUri:
      'https://learn.microsoft.com/troubleshoot/sql/database-engine/connect/client-machine-cannot-connect-to-sqlserver',
  },
  judgeRepository({ declarations }) {
    return declarations.flatMap((one) => {
      if (one.kind !== 'tls-policy' || one.configuration !== 'schannel') return [];
      if (one.setting !== 'key-exchange' || one.subject !== 'PKCS' || one.value !== false) return [];
      return [
        {
          span: one.span,
          message:
            'This switches the RSA key exchange off: peers with static RSA suites alone, and on Windows Server 2012 and older all with an RSA certificate, can no longer connect.',
          fix: 'Set it to 0xffffffff, and take the suites that are not wanted out of the cipher suite order on both sides instead; then restart the machine.',
          client: null,
          target: null,
          evidence: [{ strength: 'declared', statement: 'the key exchange PKCS is off', span: one.span }],
          about: 'PKCS',
        },
      ];
    });
  },
};
