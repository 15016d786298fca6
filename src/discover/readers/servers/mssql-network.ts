/**
 * The `network` settings of SQL Server on Linux, in mssql.conf and as arguments of `mssql-conf set`.
 * https://learn.microsoft.com/sql/linux/sql-server-linux-configure-mssql-conf#network
 */
import type { Declaration } from '../../../model/declaration.ts';
import type { SourceText } from '../../text/source-text.ts';
import { type Policy, policyDeclaration } from '../tls-policy-declaration.ts';
import type { Written } from './written.ts';

interface Meaning {
  readonly setting: Policy['setting'];
  readonly valueOf: (text: string) => Policy['value'];
}

const onOff = (text: string) =>
  /^(?:1|true)$/i.test(text) ? true : /^(?:0|false)$/i.test(text) ? false : null;
const protocols = (text: string) => {
  const versions = text.split(',').map((version) => version.trim());
  return versions.every((version) => /^1\.[0-3]$/.test(version))
    ? versions.map((version) => `TLS ${version}`)
    : null;
};
const openSslList = (text: string) => (/[${}]/.test(text) ? null : text);

const SETTINGS: Readonly<Record<string, Meaning>> = {
  tlsprotocols: { setting: 'protocol', valueOf: protocols },
  tlsciphers: { setting: 'cipher-suites', valueOf: openSslList },
  forceencryption: { setting: 'force-encryption', valueOf: onOff },
  forcestrict: { setting: 'force-strict', valueOf: onOff },
};

/** `key` without its section. None for a key that says nothing of TLS. */
export function declareNetworkSetting(source: SourceText, key: string, written: Written): Declaration[] {
  const name = key.toLowerCase();
  const meaning = Object.hasOwn(SETTINGS, name) ? SETTINGS[name] : undefined;
  if (!meaning || written.end <= written.start) return [];
  const value = written.value === null ? null : meaning.valueOf(written.value);
  const policy = { configuration: 'sql-server', side: 'server', setting: meaning.setting } as const;
  return [policyDeclaration(source, { ...policy, subject: null, value }, written)];
}
