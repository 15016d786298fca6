/**
 * The system-wide policy of Fedora and the RHEL family: the name of the one in force in `/etc/crypto-policies/config`, and
 * policies (`*.pol`) and their changes (`*.pmod`) of one's own (crypto-policies(7), "Custom policies").
 */
import type { TlsPolicyDeclaration } from '../../../model/declaration.ts';
import type { Reader } from '../../reader.ts';
import { type IniEntry, type IniText, readIni } from '../../text/ini.ts';
import type { SourceText } from '../../text/source-text.ts';
import { protocolNamed, type Said, tlsSetting, wordsOf } from './tls-setting.ts';

const CONFIG = /(?:^|\/)crypto-policies\/(?:config|state\/current)$/;
const POLICY = /\.pmod$|(?:^|\/)crypto-policies\/.*\.pol$/i;

export const cryptoPolicies: Reader = {
  id: 'crypto-policies',
  matches: (path) => CONFIG.test(path) || POLICY.test(path),
  read(source) {
    if (CONFIG.test(source.file)) return nameOf(source);
    return readIni(source.text, { comments: '#', inlineComments: '#', joiner: '\\' }).flatMap(({ entries }) =>
      entries.flatMap((entry) => said(source, entry)),
    );
  },
};

/** A line with the policy and its modules: `DEFAULT:SHA1`. */
function nameOf(source: SourceText): TlsPolicyDeclaration[] {
  const name = /^[ \t\uFEFF]*([A-Z][\w.-]*(?::[\w.-]+)*)[ \t]*\r?$/dim.exec(source.text);
  const [start, end] = name?.indices?.[1] ?? [];
  if (start === undefined || end === undefined) return [];
  const value = source.text.slice(start, end);
  return tlsSetting(source, 'crypto-policies', 'both', { start, end }, { setting: 'policy', value });
}

/** Lists of names, by the policy's word for them. */
const LISTS: Readonly<Record<string, Said['setting']>> = {
  protocol: 'protocol',
  cipher: 'cipher',
  tls_cipher: 'cipher',
  hash: 'hash',
  sign: 'signature-algorithms',
  group: 'groups',
  key_exchange: 'key-exchange',
};
const SIZES: Readonly<Record<string, string>> = { min_rsa_size: 'RSA', min_dh_size: 'Diffie-Hellman' };
/** A scope of TLS libraries; `ssh`, `ipsec`, `krb5` and the others are not SQL Server's. */
const OF_TLS = /^\{?(?:[\w-]+,)*(?:tls|ssl|openssl)(?:,[\w-]+)*\}?$/i;

function said(source: SourceText, { key, value }: IniEntry): TlsPolicyDeclaration[] {
  const [name = '', scope] = key.text.toLowerCase().split('@');
  if (scope !== undefined && !OF_TLS.test(scope.replace(/\s/g, ''))) return [];
  const setting = LISTS[name];
  const found = setting
    ? listed(value, setting)
    : single(name, value.text).map((one) => ({ ...one, at: value }));
  return found.flatMap(({ at, ...one }) => tlsSetting(source, 'crypto-policies', 'both', at, one));
}

function single(name: string, text: string): readonly Said[] {
  const minimum = name === 'min_tls_version' ? protocolNamed(text) : undefined;
  if (minimum) return [{ setting: 'minimum-protocol', value: minimum }];
  const subject = SIZES[name];
  if (subject && /^\d{1,6}$/.test(text))
    return [{ setting: 'minimum-key-bits', subject, value: Number(text) }];
  if (name === '__ems' && /^(?:ENFORCE|RELAX)$/.test(text))
    return [{ setting: 'extended-master-secret', value: text === 'ENFORCE' }];
  return [];
}

/** Names with a sign change the list that is there: `-X` takes one out, `+X` and `X+` put one in. */
function listed(value: IniText, setting: Said['setting']): readonly (Said & { readonly at: IniText })[] {
  const words = wordsOf(value, /\S+/g).flatMap((at) => {
    const name = at.text.replace(/^[+-]|\+$/g, '');
    const subject = setting === 'protocol' ? protocolNamed(name) : name;
    return subject ? [{ at, subject, on: !at.text.startsWith('-'), signed: name !== at.text }] : [];
  });
  if (!words.some(({ signed }) => signed)) {
    const names = words.map(({ subject }) => subject);
    return names.length > 0 ? [{ setting, value: names, at: value }] : [];
  }
  return words.map(({ at, subject, on }) => ({ setting, subject, value: on, at }));
}
