/**
 * `[Net.ServicePointManager]::SecurityProtocol = …`: the protocols that .NET offers where the program names none.
 * https://learn.microsoft.com/dotnet/api/system.net.servicepointmanager.securityprotocol
 */
import type { TlsPolicyDeclaration } from '../../../model/declaration.ts';
import type { SourceText } from '../../text/source-text.ts';
import { policyDeclaration } from '../tls-policy-declaration.ts';

const ASSIGNMENT =
  /\[(?:System\.)?Net\.ServicePointManager\]::SecurityProtocol[ \t]*(\+?=|-bor=)[ \t]*([^\s;}][^\r\n;}]{0,399})/gi;
/** Names of System.Net.SecurityProtocolType, and its numbers. */
const PROTOCOLS: readonly (readonly [RegExp, string, number])[] = [
  [/\bssl3\b/i, 'SSL 3.0', 48],
  [/\btls(?:10)?\b/i, 'TLS 1.0', 192],
  [/\btls11\b/i, 'TLS 1.1', 768],
  [/\btls12\b/i, 'TLS 1.2', 3072],
  [/\btls13\b/i, 'TLS 1.3', 12288],
];

export function servicePointManager(source: SourceText, code: string): TlsPolicyDeclaration[] {
  return [...code.matchAll(ASSIGNMENT)].map((match) => {
    const written = (match[2] ?? '').trimEnd();
    const start = match.index + match[0].length - (match[2] ?? '').length;
    const place = { start, end: start + written.length };
    return policyDeclaration(
      source,
      {
        configuration: 'dotnet',
        side: 'client',
        setting: 'protocol',
        subject: null,
        value: protocolsOf(written),
      },
      place,
    );
  });
}

/** With what is on already (`-bor [Net.ServicePointManager]::SecurityProtocol`) the list is that and more: not known. */
function protocolsOf(written: string): readonly string[] | null {
  if (/ServicePointManager\]::|\$\w|systemdefault/i.test(written)) return null;
  const sum = /^\(?\s*(\d{2,5})\s*\)?$/.exec(written)?.[1];
  const names = PROTOCOLS.filter(([name, , bits]) =>
    sum === undefined ? name.test(written) : (Number(sum) & bits) !== 0,
  );
  return names.length === 0 ? null : names.map(([, protocol]) => protocol);
}
