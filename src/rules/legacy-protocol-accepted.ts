import type { Rule } from './rule.ts';

/** RFC 8996 deprecates them. */
const LEGACY = ['TLS 1.0', 'TLS 1.1'] as const;

/** The server still takes TLS 1.0 or 1.1: seen, or written. What a version does by default is not said here. */
export const legacyProtocolAccepted: Rule = {
  meta: {
    id: 'legacy-protocol-accepted',
    scenario: null,
    level: 'warning',
    title: 'The server takes TLS 1.0 or 1.1',
    why: 'TLS 1.0 and 1.1 are deprecated (RFC 8996), and hardening baselines forbid them. Here the server was seen to take one of them, or the policy file says it does. The message names the clients that would be cut off when they are switched off.',
    helpUri: 'https://learn.microsoft.com/windows-server/security/tls/tls-registry-settings',
  },
  judgeTarget({ target, server, pairs }) {
    const facts = LEGACY.flatMap((version) => {
      const fact = server.protocols[version];
      const known = fact?.evidence.strength === 'observed' || fact?.evidence.strength === 'declared';
      return fact?.value === 'accepted' && known ? [{ version, evidence: fact.evidence }] : [];
    });
    if (facts.length === 0) return [];
    const versions = facts.map(({ version }) => version).join(' and ');
    const users = pairs.filter(
      ({ when, verdict }) => when === 'current' && LEGACY.some((version) => version === verdict.protocol),
    );
    const names = users.map(({ client }) => client.name).join(', ');
    const alone = server.protocols['TLS 1.2']?.value === 'rejected';
    return [
      {
        span: target.span,
        message: `${target.name} takes ${versions}${alone ? ' and no TLS 1.2' : ''}${users.length > 0 ? `, and ${names} ${users.length > 1 ? 'need' : 'needs'} it` : ''}.`,
        fix: alone
          ? `Give ${target.name} TLS 1.2 first (a SQL Server build with its TLS 1.2 update), then switch ${versions} off.`
          : `${users.length > 0 ? `Move ${names} to TLS 1.2, then switch` : 'Switch'} ${versions} off for the Server role (SCHANNEL\\Protocols\\TLS 1.x\\Server, Enabled=0; on Linux network.tlsprotocols = 1.2) and restart SQL Server.`,
        client: null,
        target: target.name,
        evidence: facts.map(({ evidence }) => evidence),
        about: versions,
      },
    ];
  },
};
