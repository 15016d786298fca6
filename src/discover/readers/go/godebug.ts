/** GODEBUG settings that change TLS ("Go, Backwards Compatibility, and GODEBUG"): in go.mod, `//go:debug` and the environment. */
import type { TlsPolicyDeclaration, TlsSetting } from '../../../model/declaration.ts';
import type { SourceText } from '../../text/source-text.ts';
import { policyDeclaration } from '../tls-policy-declaration.ts';

interface Meaning {
  readonly setting: TlsSetting;
  readonly subject: string;
  readonly side: TlsPolicyDeclaration['side'];
}

/** Source: go.dev/doc/godebug, history of Go 1.18, 1.22 and 1.23. `1` brings the old behaviour back. */
const MEANINGS: Readonly<Record<string, Meaning>> = {
  tlsrsakex: { setting: 'key-exchange', subject: 'RSA', side: 'both' },
  tls3des: { setting: 'cipher', subject: '3DES', side: 'both' },
  tls10default: { setting: 'protocol', subject: 'TLS 1.0', side: 'client' },
  tls10server: { setting: 'protocol', subject: 'TLS 1.0', side: 'server' },
  tlssha1: { setting: 'signature-algorithms', subject: 'SHA-1', side: 'both' },
  x509sha1: { setting: 'signature-algorithms', subject: 'SHA-1 certificates', side: 'both' },
  x509negativeserial: {
    setting: 'policy',
    subject: 'certificates with a negative serial number',
    side: 'both',
  },
};

/** `name=value`, several of them joined by commas; `start` is the offset of the text. */
export function godebugSettings(source: SourceText, text: string, start: number): TlsPolicyDeclaration[] {
  return [...text.matchAll(/(\w+)=(\w+)/dg)].flatMap(({ 1: name, 2: value, indices }) => {
    const meaning = MEANINGS[name ?? ''];
    const place = indices?.[2];
    if (!meaning || !place || (value !== '0' && value !== '1')) return [];
    const policy = { configuration: 'go', ...meaning, value: value === '1' } as const;
    return [policyDeclaration(source, policy, { start: start + place[0], end: start + place[1] })];
  });
}
