import type { Declaration, TlsPolicyDeclaration } from '../model/declaration.ts';
import type { Rule } from './rule.ts';

/** A registry key below SCHANNEL\\Protocols whose name Schannel does not know: it is written, and nothing changes. */
export const schannelKeyIgnored: Rule = {
  meta: {
    id: 'schannel-key-ignored',
    scenario: null,
    level: 'warning',
    title: 'Schannel does not know this key',
    why: 'Schannel reads `SCHANNEL\\Protocols\\TLS 1.2\\Server`, with a blank in `TLS 1.2`. A key named `TLS1.2` is created without an error and never looked at, so a version that was meant to be off stays on, or one that was meant to be on stays off.',
    helpUri: 'https://learn.microsoft.com/windows-server/security/tls/tls-registry-settings',
  },
  judgeRepository({ declarations }) {
    return declarations.filter(isIgnored).map((one) => {
      const meant = /^\s*(SSL|TLS)\D*([1-3])\.?([0-3])?\s*$/i.exec(one.subject ?? '');
      const name = meant ? `${meant[1]?.toUpperCase()} ${meant[2]}.${meant[3] ?? 0}` : null;
      return {
        span: one.span,
        message: `Schannel does not know a protocol named "${one.subject}": this value changes nothing.`,
        fix:
          name === null
            ? 'Name the key as Schannel does: TLS 1.0, TLS 1.1, TLS 1.2 or TLS 1.3.'
            : `Name the key "${name}", with a blank.`,
        client: null,
        target: null,
        evidence: [{ strength: 'declared', statement: `the key is named "${one.subject}"`, span: one.span }],
        about: `${one.side} ${one.subject}`,
      };
    });
  },
};

const isIgnored = (one: Declaration): one is TlsPolicyDeclaration =>
  one.kind === 'tls-policy' && one.setting === 'ignored';
