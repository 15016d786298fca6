import type { Declaration, TlsPolicyDeclaration } from '../model/declaration.ts';
import type { Rule } from './rule.ts';

/** A file lowers what OpenSSL or the system-wide policy asks of TLS, for every program beside the driver too. */
export const weakenedTlsPolicy: Rule = {
  meta: {
    id: 'weakened-tls-policy',
    scenario: null,
    level: 'warning',
    title: 'The TLS policy of the system is lowered',
    why: 'To reach an old SQL Server from a current Linux, `openssl.cnf` is often edited: security level 0 or 1, `MinProtocol = TLSv1`, or `update-crypto-policies --set LEGACY`. That weakens every program of the image, not this connection alone, and it stays when the server has long been updated.',
    helpUri: 'https://learn.microsoft.com/sql/connect/odbc/linux-mac/programming-guidelines',
  },
  judgeRepository({ declarations }) {
    return declarations.filter(isTlsPolicy).flatMap((one) => {
      const what = lowered(one);
      if (what === null) return [];
      return [
        {
          span: one.span,
          message: `${what} here: every program that uses this system's OpenSSL is weakened, not only the connection to SQL Server.`,
          fix: 'Mend the server instead (TLS 1.2, a certificate signed with SHA-256 with an RSA key of 2048 bits) and drop this line. Where that must wait, lower the security level alone and keep MinProtocol = TLSv1.2.',
          client: null,
          target: null,
          evidence: [{ strength: 'declared', statement: what, span: one.span }],
          about: what,
        },
      ];
    });
  },
};

const isTlsPolicy = (one: Declaration): one is TlsPolicyDeclaration => one.kind === 'tls-policy';

/** What is lowered, in words; `null`: nothing. */
function lowered({ configuration, setting, value }: TlsPolicyDeclaration): string | null {
  if (typeof value !== 'string') return null;
  if (configuration === 'crypto-policies')
    return setting === 'policy' && /^LEGACY(?::|$)/.test(value) ? 'The crypto policy is set to LEGACY' : null;
  if (configuration !== 'openssl') return null;
  if (setting === 'policy' && /^SECLEVEL [01]$/.test(value))
    return `The security level of OpenSSL is ${value.slice(-1)}`;
  return setting === 'minimum-protocol' && /^(?:SSL|TLS 1\.[01])/.test(value)
    ? `OpenSSL takes ${value} and later`
    : null;
}
