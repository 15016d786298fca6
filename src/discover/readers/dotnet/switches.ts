/** Switches of .NET that change which TLS versions a client offers. */
import type { TlsPolicyDeclaration } from '../../../model/declaration.ts';
import type { SourceText } from '../../text/source-text.ts';
import { policyDeclaration } from '../tls-policy-declaration.ts';

/**
 * Name of the setting that the switch decides, and whether `true` switches it off. Sources: "Transport Layer Security (TLS)
 * best practices with .NET Framework"; release notes of Microsoft.Data.SqlClient.
 */
const SWITCHES: Readonly<Record<string, { readonly subject: string; readonly inverted: boolean }>> = {
  'switch.system.net.dontenableschusestrongcrypto': { subject: 'SchUseStrongCrypto', inverted: true },
  'switch.system.net.dontenablesystemdefaulttlsversions': {
    subject: 'SystemDefaultTlsVersions',
    inverted: true,
  },
  'switch.microsoft.data.sqlclient.usesystemdefaultsecureprotocols': {
    subject: 'UseSystemDefaultSecureProtocols',
    inverted: false,
  },
};

/** The place is the value's. Nothing for another switch, or a value that is no truth value. */
export function switchDeclaration(
  source: SourceText,
  name: string,
  start: number,
  end: number,
): TlsPolicyDeclaration[] {
  const known = SWITCHES[name.trim().toLowerCase()];
  const written = source.text.slice(start, end);
  if (!known || !/^(?:true|false)$/i.test(written)) return [];
  const value = (written.toLowerCase() === 'true') !== known.inverted;
  const policy = {
    configuration: 'dotnet',
    side: 'client',
    setting: 'policy',
    subject: known.subject,
    value,
  } as const;
  return [policyDeclaration(source, policy, { start, end })];
}

/** `Switch.A=true;Switch.B=false` of `AppContextSwitchOverrides`. */
export function switchesIn(source: SourceText, start: number, end: number): TlsPolicyDeclaration[] {
  return [...source.text.slice(start, end).matchAll(/([\w.]+)\s*=\s*(\w+)/dg)].flatMap(
    ({ 1: name = '', indices }) => {
      const [from = 0, to = 0] = indices?.[2] ?? [];
      return switchDeclaration(source, name, start + from, start + to);
    },
  );
}
