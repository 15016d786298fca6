import type { Change } from '../model/change.ts';
import type { Rule } from './rule.ts';

const LEGACY = ['SSL 3.0', 'TLS 1.0', 'TLS 1.1'] as const;

/** The server was seen, or is declared, to take versions that are no longer secure. */
export const legacyProtocolAccepted: Rule = {
  meta: {
    id: 'legacy-protocol-accepted',
    scenario: null,
    level: 'warning',
    title: 'The server takes TLS 1.0 or 1.1',
    why: 'TLS 1.0 and 1.1 are deprecated (RFC 8996), and every standard forbids them. A server that still takes them can be brought down to them by whoever stands in between. Where a declared client needs them the finding names it: it has to move first.',
    helpUri: 'https://learn.microsoft.com/windows-server/security/tls/tls-registry-settings',
  },
  judgeTarget({ target, server, pairs }) {
    const taken = LEGACY.flatMap((version) => {
      const fact = server.protocols[version];
      const known = fact?.evidence.strength === 'observed' || fact?.evidence.strength === 'declared';
      return fact?.value === 'accepted' && known ? [{ version, evidence: fact.evidence }] : [];
    });
    if (taken.length === 0) return [];
    const needing = pairs.filter(
      ({ verdict: { outcome, protocol }, when }) =>
        when === 'current' && outcome === 'connects' && taken.some(({ version }) => version === protocol),
    );
    const names = [...new Set(needing.map(({ client }) => client.name))];
    const who = names.length > 0 ? ` ${names.join(', ')} ${names.length === 1 ? 'needs' : 'need'} them.` : '';
    return [
      {
        span: target.span,
        message: `${target.name} takes ${taken.map(({ version }) => version).join(' and ')}.${who}`,
        fix: `${names.length > 0 ? `Move ${names.join(', ')} to TLS 1.2, then switch` : 'Switch'} them off for the Server role on ${target.name} (SCHANNEL registry keys; network.tlsprotocols on Linux) and restart it.`,
        changes: taken.map(({ version }) => switchedOff(version)),
        client: null,
        target: target.name,
        evidence: taken.map(({ evidence }) => evidence),
        about: taken.map(({ version }) => version).join(),
      },
    ];
  },
};

const switchedOff = (version: string): Change => ({
  kind: 'command',
  on: 'server',
  shell: 'cmd',
  text: `reg add "HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols\\${version}\\Server" /v Enabled /t REG_DWORD /d 0 /f`,
  source: 'https://learn.microsoft.com/windows-server/security/tls/tls-registry-settings',
});
