/** One TLS setting that a configuration file of the system makes. */
import type { TlsConfiguration, TlsPolicyDeclaration } from '../../../model/declaration.ts';
import type { Protocol } from '../../../model/protocol.ts';
import type { IniText } from '../../text/ini.ts';
import type { SourceText } from '../../text/source-text.ts';
import { policyDeclaration } from '../tls-policy-declaration.ts';

export interface Said {
  readonly setting: TlsPolicyDeclaration['setting'];
  readonly subject?: string;
  readonly value: TlsPolicyDeclaration['value'];
}

/** `at` is the text that says it; an empty one says nothing. */
export function tlsSetting(
  source: SourceText,
  configuration: TlsConfiguration,
  side: TlsPolicyDeclaration['side'],
  { start, end }: Pick<IniText, 'start' | 'end'>,
  { setting, subject, value }: Said,
): TlsPolicyDeclaration[] {
  const policy = { configuration, side, setting, subject: subject ?? null, value };
  return end > start ? [policyDeclaration(source, policy, { start, end })] : [];
}

const PROTOCOL = /^(?:(ssl)v?3|tlsv?1(?:\.([0-3]))?)$/i;

/** `TLSv1.2` of OpenSSL, `TLS1.2` of crypto-policies; `undefined` for DTLS and anything else. */
export function protocolNamed(written: string): Protocol | undefined {
  const match = PROTOCOL.exec(written);
  if (!match) return undefined;
  return match[1] ? 'SSL 3.0' : (`TLS 1.${match[2] ?? 0}` as Protocol);
}

/** The words of a list, each with its place; `pattern` matches one. */
export function wordsOf({ text, start }: IniText, pattern: RegExp): readonly IniText[] {
  return [...text.matchAll(pattern)].map(({ 0: word, index }) => ({
    text: word,
    start: start + index,
    end: start + index + word.length,
  }));
}
