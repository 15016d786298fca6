/**
 * What one TLS setting of a file does to the side that obeys it. A setting that takes away is applied; one that adds what
 * the documentation does not list leaves that field unknown: nothing is guessed.
 */
import type { TlsPolicyDeclaration } from '../../model/declaration.ts';
import type { Strength } from '../../model/evidence.ts';
import { compareProtocols, PROTOCOLS, type Protocol } from '../../model/protocol.ts';
import { disabledByJava } from './java-disabled.ts';
import { openSslList } from './openssl-list.ts';
import { cipherTest, hashTest, keyExchangeTest, schemeTest } from './schannel-algorithms.ts';

/** The side that obeys, as far as it decides what a setting means. */
export interface Obeying {
  /** Windows Server 2012 R2 and older; `null`: no Windows, or not known. */
  readonly oldWindows: boolean | null;
  /** OpenSSL's security level before the setting; `null`: not known. */
  readonly securityLevel: number | null;
}

type ListField = 'suites' | 'groups' | 'signatureAlgorithms';
type FlagField = 'extendedMasterSecret' | 'forceEncryption' | 'forceStrict';

export type Effect = { readonly strength?: Strength } & (
  | { readonly field: 'protocols'; readonly on: readonly Protocol[]; readonly off: readonly Protocol[] }
  | { readonly field: ListField; readonly keeps: (name: string) => boolean }
  /** Exactly these, in this order. */
  | { readonly field: ListField; readonly list: readonly string[] }
  | { readonly field: 'dhBits' | 'rsaBits'; readonly atLeast: number }
  | { readonly field: FlagField; readonly value: boolean }
  /** The setting decides the field, and how is not known; `why` ends a sentence. */
  | { readonly field: ListField | FlagField | 'protocols'; readonly why: string }
);

/** A setting as far as it decides a handshake; none where it says nothing of one. */
export function effectsOf(setting: TlsPolicyDeclaration, obeying: Obeying): readonly Effect[] {
  const { value, subject, configuration } = setting;
  switch (setting.setting) {
    case 'protocol':
    case 'minimum-protocol':
    case 'maximum-protocol':
      return [protocols(setting)];
    case 'cipher-suites':
      return suites(setting, obeying);
    case 'groups':
      return Array.isArray(value)
        ? [{ field: 'groups', list: value.map(groupName) }]
        : [unread('groups', value)];
    case 'signature-algorithms':
      return [{ field: 'signatureAlgorithms', why: 'its words for signature algorithms are not read' }];
    case 'cipher':
    case 'hash':
    case 'key-exchange':
      return configuration === 'schannel'
        ? schannel(setting, obeying)
        : [{ field: 'suites', why: `${configuration} names algorithms in words of its own` }];
    case 'minimum-key-bits':
      if (typeof value !== 'number') return [];
      return [
        { field: /^(?:DH|Diffie-Hellman)$/i.test(subject ?? '') ? 'dhBits' : 'rsaBits', atLeast: value },
      ];
    case 'extended-master-secret':
      return [flag('extendedMasterSecret', value)];
    case 'force-encryption':
      return [flag('forceEncryption', value)];
    case 'ignored':
      return [];
    case 'force-strict':
      return [flag('forceStrict', value)];
    case 'policy':
      return policy(setting, obeying);
  }
}

const flag = (field: FlagField, value: TlsPolicyDeclaration['value']): Effect =>
  typeof value === 'boolean' ? { field, value } : unread(field, value);

const unread = (
  field: ListField | FlagField | 'protocols',
  value: TlsPolicyDeclaration['value'],
): { readonly field: typeof field; readonly why: string } => ({
  field,
  why: value === null ? 'its value stands in a variable' : `\`${String(value)}\` is not plainly readable`,
});

/** `TLS 1.2`, `TLSv1.2`, `1.2`; `TLSv1` is TLS 1.0. */
function protocolName(text: string): Protocol | null {
  const [, minor] = /^(?:TLS ?v?)?1(?:\.([0-3]))?$/i.exec(text.trim()) ?? [];
  if (/^(?:TLS ?v?)?1$/i.test(text.trim())) return 'TLS 1.0';
  return PROTOCOLS.find((name) => name === `TLS 1.${minor}` || name === text.trim()) ?? null;
}

function protocols({ setting, subject, value }: TlsPolicyDeclaration): Effect {
  if (setting === 'protocol' && subject !== null && typeof value === 'boolean') {
    const named = PROTOCOLS.filter((one) => one === protocolName(subject));
    return { field: 'protocols', on: value ? named : [], off: value ? [] : named };
  }
  const written = typeof value === 'string' ? value.split(/[\s,]+(?!\d\.\d$)/) : value;
  if (!Array.isArray(written)) return unread('protocols', value);
  const names = (typeof value === 'string' && protocolName(value) ? [value] : written).map(protocolName);
  const [first] = names;
  if (!first || names.includes(null)) return unread('protocols', value);
  const on = PROTOCOLS.filter((one) => {
    if (setting === 'minimum-protocol') return compareProtocols(one, first) >= 0;
    return setting === 'maximum-protocol' ? compareProtocols(one, first) <= 0 : names.includes(one);
  });
  // A bound says nothing of the versions on its inner side but that they are not cut off here.
  const off = PROTOCOLS.filter((one) => !on.includes(one));
  const opens =
    setting === 'minimum-protocol' ? on.filter((one) => compareProtocols(one, 'TLS 1.2') < 0) : on;
  return { field: 'protocols', on: setting === 'maximum-protocol' ? [] : opens, off };
}

function suites({ configuration, value }: TlsPolicyDeclaration, obeying: Obeying): readonly Effect[] {
  if (value === null || typeof value === 'boolean' || typeof value === 'number')
    return [unread('suites', value)];
  const items = typeof value === 'string' ? value.split(/[:, ]+/) : value;
  // Before Windows 10 a suite carries its curve: `…_P256`.
  if (configuration === 'schannel' || configuration === 'java')
    return [
      { field: 'suites', list: [...new Set(items.map((name) => name.replace(/_P(?:256|384|521)$/, '')))] },
    ];
  const read = openSslList(items, obeying.securityLevel);
  return read === 'unchanged' ? [] : [read ? { field: 'suites', list: read } : unread('suites', value)];
}

function schannel(
  { setting, subject, value }: TlsPolicyDeclaration,
  { oldWindows }: Obeying,
): readonly Effect[] {
  if (subject === null || typeof value !== 'boolean') return [unread('suites', value)];
  // On is how Windows comes: it brings no suite back.
  if (value) return [];
  if (setting === 'cipher') return keeping(cipherTest(subject), subject);
  if (setting === 'hash') {
    const scheme = schemeTest(subject);
    return [
      ...keeping(hashTest(subject), subject),
      ...(scheme ? [{ field: 'signatureAlgorithms' as const, keeps: (name: string) => !scheme(name) }] : []),
    ];
  }
  // What PKCS takes away is inferred from one report: denisenkom/go-mssqldb#452.
  const strength = /^PKCS$/i.test(subject) ? ({ strength: 'assumed' } as const) : {};
  return keeping(keyExchangeTest(subject, oldWindows === true), subject).map((one) => ({
    ...one,
    ...strength,
  }));
}

const keeping = (takes: ((suite: string) => boolean) | null, subject: string): readonly Effect[] => [
  takes
    ? { field: 'suites', keeps: (name) => !takes(name) }
    : { field: 'suites', why: `\`${subject}\` is no algorithm that Schannel documents` },
];

function policy(setting: TlsPolicyDeclaration, { securityLevel }: Obeying): readonly Effect[] {
  const { configuration, subject, value } = setting;
  if (configuration === 'java' && subject === 'jdk.tls.disabledAlgorithms') {
    return Array.isArray(value) ? disabledByJava(value) : [unread('suites', value)];
  }
  const level = /^SECLEVEL[ =](\d)$/.exec(`${typeof value === 'string' ? value : subject}`)?.[1];
  if (configuration === 'openssl') {
    return level !== undefined && Number(level) === securityLevel
      ? []
      : [{ field: 'suites', why: 'another security level gives another list' }];
  }
  if (configuration === 'crypto-policies' || subject === 'FIPS')
    return value === false
      ? []
      : [{ field: 'suites', why: 'what a policy as a whole leaves is not in the catalog' }];
  return [];
}

/** OpenSSL's, Windows' and Java's names of the curves → IANA's. */
const groupName = (name: string): string => {
  const known: Readonly<Record<string, string>> = {
    nistp256: 'secp256r1',
    nistp384: 'secp384r1',
    nistp521: 'secp521r1',
    'p-256': 'secp256r1',
    'p-384': 'secp384r1',
    'p-521': 'secp521r1',
    prime256v1: 'secp256r1',
    curve25519: 'x25519',
  };
  return known[name.toLowerCase()] ?? name.toLowerCase();
};
