/**
 * What a value of the Windows registry says about TLS: the one place that knows, whatever file writes it.
 * https://learn.microsoft.com/windows-server/security/tls/tls-registry-settings
 */
import type { Declaration, ServerDeclaration, TlsPolicyDeclaration } from '../../../model/declaration.ts';
import type { Vocabulary } from '../../../model/vocabulary.ts';
import type { SourceText } from '../../text/source-text.ts';
import { serverDeclaration } from '../server-declaration.ts';
import { type Place, type Policy, policyDeclaration } from '../tls-policy-declaration.ts';

/** A number (DWORD), a text (SZ), several (MULTI_SZ); `null` when it stands in a variable. */
export type RegistryData = number | string | readonly string[] | null;

export interface RegistryValue {
  /** Path of the key with any name of the hive: `HKLM:\…`, `HKEY_LOCAL_MACHINE\…`. */
  readonly key: string;
  readonly name: string;
  readonly data: RegistryData;
  /** Of the data as written. */
  readonly place: Place;
  /** Of the key's path. */
  readonly keyPlace: Place;
}

type Side = TlsPolicyDeclaration['side'];
type Meaning = (data: RegistryData) => Policy['value'];

interface Rule {
  /** Against the key below the hive; its groups `subject` and `side` are taken over. */
  readonly key: RegExp;
  readonly name: string;
  readonly configuration: Policy['configuration'];
  readonly setting: Policy['setting'];
  readonly meaning: Meaning;
  readonly side?: Side;
  readonly subject?: string;
}

/** Any number but 0 is on, `0xffffffff` too. */
const on: Meaning = (data) => (numberOf(data) === null ? null : numberOf(data) !== 0);
const off: Meaning = (data) => (numberOf(data) === null ? null : numberOf(data) === 0);
const bits: Meaning = (data) => numberOf(data);
/** A list, or one text with commas. */
const list: Meaning = (data) => {
  const items = typeof data === 'string' ? data.split(',') : data;
  if (items === null || typeof items === 'number') return null;
  const names = items.map((item) => item.trim()).filter((item) => item !== '');
  return names.some((name) => /[${}%]/.test(name)) ? null : names;
};

/** In every file that writes such a value, one of these stands. */
export const REGISTRY_WORDS = /schannel|cryptography|supersocketnetlib|netframework|fipsalgorithmpolicy/i;

const CONTROL = 'SYSTEM\\\\(?:CurrentControlSet|ControlSet\\d{3})\\\\Control';
const SCHANNEL = `^${CONTROL}\\\\SecurityProviders\\\\SCHANNEL`;
const PROTOCOL = new RegExp(
  `${SCHANNEL}\\\\Protocols\\\\(?<subject>SSL [23]\\.0|TLS 1\\.[0-3])\\\\(?<side>Client|Server)$`,
  'i',
);
/** Any name that is none of Schannel's: `TLS1.2`, `TLS 1.2 `; it does nothing. */
const NO_PROTOCOL = new RegExp(
  `${SCHANNEL}\\\\Protocols\\\\(?!(?:(?:SSL [23]|TLS 1|DTLS 1|PCT 1)\\.[0-3]|Multi-Protocol Unified Hello)\\\\)(?<subject>[^\\\\]+)\\\\(?<side>Client|Server)$`,
  'i',
);
const CIPHER = new RegExp(`${SCHANNEL}\\\\Ciphers\\\\(?<subject>[^\\\\]+)$`, 'i');
const HASH = new RegExp(`${SCHANNEL}\\\\Hashes\\\\(?<subject>[^\\\\]+)$`, 'i');
const EXCHANGE = new RegExp(`${SCHANNEL}\\\\KeyExchangeAlgorithms\\\\(?<subject>[^\\\\]+)$`, 'i');
const ROOT = new RegExp(`${SCHANNEL}$`, 'i');
const ORDER = `(?:${CONTROL}\\\\Cryptography\\\\Configuration\\\\Local|SOFTWARE\\\\Policies\\\\Microsoft\\\\Cryptography\\\\Configuration)`;
const SUITES = new RegExp(`^${ORDER}\\\\SSL\\\\00010002$`, 'i');
const SIGNATURES = new RegExp(`^${ORDER}\\\\SSL\\\\00010003$`, 'i');
const FIPS = new RegExp(`^${CONTROL}\\\\Lsa\\\\FIPSAlgorithmPolicy$`, 'i');
const DOTNET = /^SOFTWARE\\(?:Wow6432Node\\)?Microsoft\\\.NETFramework\\v(?:2\.0\.50727|4\.0\.30319)$/i;
const INSTANCE =
  /^SOFTWARE\\(?:Wow6432Node\\)?Microsoft\\Microsoft SQL Server\\(MSSQL[\w.$]{1,40})\\MSSQLServer\\SuperSocketNetLib(?:$|\\)/i;
const NETWORK =
  /^SOFTWARE\\(?:Wow6432Node\\)?Microsoft\\Microsoft SQL Server\\[^\\]{1,100}\\MSSQLServer\\SuperSocketNetLib$/i;

const schannel = (
  key: RegExp,
  name: string,
  setting: Rule['setting'],
  meaning: Meaning,
  more: Pick<Rule, 'side' | 'subject'> = {},
): Rule => ({ key, name, configuration: 'schannel', setting, meaning, ...more });

/** A protocol is on unless one of its two values says off: `Enabled` = 0 forbids it, `DisabledByDefault` leaves it out. */
const RULES: readonly Rule[] = [
  schannel(PROTOCOL, 'Enabled', 'protocol', on),
  schannel(PROTOCOL, 'DisabledByDefault', 'protocol', off),
  schannel(NO_PROTOCOL, 'Enabled', 'ignored', () => null),
  schannel(CIPHER, 'Enabled', 'cipher', on),
  schannel(HASH, 'Enabled', 'hash', on),
  schannel(EXCHANGE, 'Enabled', 'key-exchange', on),
  schannel(EXCHANGE, 'ClientMinKeyBitLength', 'minimum-key-bits', bits, { side: 'client' }),
  schannel(EXCHANGE, 'ServerMinKeyBitLength', 'minimum-key-bits', bits, { side: 'server' }),
  schannel(ROOT, 'DisableClientExtendedMasterSecret', 'extended-master-secret', off, { side: 'client' }),
  schannel(ROOT, 'DisableServerExtendedMasterSecret', 'extended-master-secret', off, { side: 'server' }),
  schannel(SUITES, 'Functions', 'cipher-suites', list),
  schannel(SUITES, 'EccCurves', 'groups', list),
  schannel(SIGNATURES, 'Functions', 'signature-algorithms', list),
  schannel(FIPS, 'Enabled', 'policy', on, { subject: 'FIPS' }),
  // https://learn.microsoft.com/dotnet/framework/network-programming/tls#configure-security-via-the-windows-registry
  ...(['SchUseStrongCrypto', 'SystemDefaultTlsVersions'] as const).map(
    (name): Rule => ({
      key: DOTNET,
      name,
      configuration: 'dotnet',
      setting: 'policy',
      meaning: on,
      side: 'client',
      subject: name,
    }),
  ),
  // https://learn.microsoft.com/sql/database-engine/configure-windows/configure-sql-server-encryption
  ...(
    [
      ['ForceEncryption', 'force-encryption'],
      ['ForceStrict', 'force-strict'],
    ] as const
  ).map(
    ([name, setting]): Rule => ({
      key: NETWORK,
      name,
      configuration: 'sql-server',
      setting,
      meaning: on,
      side: 'server',
    }),
  ),
];

/** Something is still to be filled in. */
const OPEN = /[$%{(]/;
const OPEN_KEY = /\\SCHANNEL\\(Protocols|Ciphers|Hashes|KeyExchangeAlgorithms)\\/i;
const OF_FOLDER: Readonly<Record<string, Policy['setting']>> = {
  protocols: 'protocol',
  ciphers: 'cipher',
  hashes: 'hash',
  keyexchangealgorithms: 'key-exchange',
};
const HIVE =
  /^(?:(?:Microsoft\.PowerShell\.Core\\)?Registry::\\?)?(?:\\\\[\w.-]+\\)?(?:HKLM|HKEY_LOCAL_MACHINE|MACHINE):?\\+/i;

/** Path below HKEY_LOCAL_MACHINE; `null` for any other hive. */
function belowHive(key: string): string | null {
  const hive = HIVE.exec(key)?.[0];
  return hive === undefined
    ? null
    : key
        .slice(hive.length)
        .replace(/\\{2,}/g, '\\')
        .replace(/\\$/, '');
}

/** What the values of one file say; an instance of SQL Server is declared once. */
export function declareRegistryValues(
  source: SourceText,
  vocabulary: Vocabulary,
  values: readonly RegistryValue[],
): Declaration[] {
  const instances = new Set<string>();
  return values.flatMap((value) => {
    const key = value.place.end > value.place.start ? belowHive(value.key) : null;
    if (key === null) return [];
    const servers = instanceOf(source, vocabulary, value, key).filter(({ text }) => !instances.has(text));
    for (const { text } of servers) instances.add(text);
    return [...servers, ...settings(source, value, key), ...openKey(source, value, key)];
  });
}

function settings(source: SourceText, { name, data, place }: RegistryValue, key: string): Declaration[] {
  return RULES.flatMap((rule) => {
    const match = rule.name.toLowerCase() === name.toLowerCase() ? rule.key.exec(key) : null;
    // Of what it speaks is only known when the script runs.
    if (!match || OPEN.test(match.groups?.subject ?? '')) return [];
    return [policyDeclaration(source, policyOf(rule, match, data), place)];
  });
}

function policyOf(rule: Rule, { groups = {} }: RegExpExecArray, data: RegistryData): Policy {
  const { subject, side } = groups;
  return {
    configuration: rule.configuration,
    side: rule.side ?? ((side?.toLowerCase() as Side | undefined) || 'both'),
    setting: rule.setting,
    subject: rule.subject ?? (rule.key === PROTOCOL ? subject?.toUpperCase() : subject) ?? null,
    value: rule.meaning(data),
  };
}

/** The version of SQL Server stands in the name of its instance's key. */
function instanceOf(
  source: SourceText,
  vocabulary: Vocabulary,
  { key, keyPlace }: RegistryValue,
  below: string,
): ServerDeclaration[] {
  const name = INSTANCE.exec(below)?.[1];
  const at = name === undefined ? -1 : source.text.slice(keyPlace.start, keyPlace.end).indexOf(name);
  if (name === undefined || at < 0 || !key.includes(name)) return [];
  const start = keyPlace.start + at;
  return serverDeclaration(source, vocabulary, {
    where: 'instance-key',
    name,
    start,
    end: start + name.length,
  });
}

function openKey(source: SourceText, { name, place }: RegistryValue, key: string): Declaration[] {
  const folder = OPEN.test(key) ? OPEN_KEY.exec(key)?.[1] : undefined;
  const setting = folder === undefined ? undefined : OF_FOLDER[folder.toLowerCase()];
  if (!setting || !/^(?:Enabled|DisabledByDefault)$/i.test(name)) return [];
  const side = /\\(Client|Server)$/i.exec(key)?.[1]?.toLowerCase() as Side | undefined;
  return [
    policyDeclaration(
      source,
      { configuration: 'schannel', side: side ?? 'both', setting, subject: null, value: null },
      place,
    ),
  ];
}

/** Ansible and PowerShell write numbers as texts as well: `'0'`, `0x800`. */
function numberOf(data: RegistryData): number | null {
  if (typeof data === 'number') return data;
  if (data !== null && typeof data !== 'string') return data.length === 1 ? numberOf(data[0] ?? null) : null;
  if (typeof data !== 'string' || !/^\s*(?:0x[0-9a-f]{1,8}|-?\d{1,10})\s*$/i.test(data)) return null;
  return Number(data);
}
