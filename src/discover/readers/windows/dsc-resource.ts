/**
 * One resource of PowerShell DSC, whatever file it stands in: `Registry` of PSDesiredStateConfiguration, those of
 * SChannelDsc and of SqlServerDsc. https://github.com/dsccommunity/SChannelDsc, https://github.com/dsccommunity/SqlServerDsc
 */
import type { Declaration } from '../../../model/declaration.ts';
import type { Vocabulary } from '../../../model/vocabulary.ts';
import type { SourceText } from '../../text/source-text.ts';
import { serverDeclaration } from '../server-declaration.ts';
import { type Place, type Policy, policyDeclaration } from '../tls-policy-declaration.ts';
import { declareRegistryValues, type RegistryData } from './schannel.ts';

export interface DscProperty extends Place {
  readonly data: RegistryData;
}

/** Properties by their name in lower case. */
export type DscProperties = ReadonlyMap<string, DscProperty>;

/** The type by its name in lower case, with or without the `x` of the experimental modules. */
export function declareDscResource(
  source: SourceText,
  vocabulary: Vocabulary,
  type: string,
  properties: DscProperties,
): Declaration[] {
  const name = type.toLowerCase().replace(/^x(?=registry$|sql)/, '');
  if (properties.get('ensure')?.data === 'Absent') return [];
  if (name === 'registry') return registry(source, vocabulary, properties);
  if (name === 'sqlsetup') return setup(source, vocabulary, properties);
  return [...states(source, name, properties), ...settings(source, name, properties)];
}

function registry(source: SourceText, vocabulary: Vocabulary, properties: DscProperties): Declaration[] {
  const [key, name, data] = ['key', 'valuename', 'valuedata'].map((one) => properties.get(one));
  if (!key || !name || !data || typeof key.data !== 'string' || typeof name.data !== 'string') return [];
  const hexadecimal = properties.get('hex')?.data === '$true' && typeof data.data === 'string';
  return declareRegistryValues(source, vocabulary, [
    {
      key: key.data,
      name: name.data,
      data: hexadecimal ? `0x${String(data.data).replace(/^0x/i, '')}` : data.data,
      place: data,
      keyPlace: key,
    },
  ]);
}

/** The installation media's folder names the version: `\\share\SQL2019`. */
function setup(source: SourceText, vocabulary: Vocabulary, properties: DscProperties): Declaration[] {
  const path = properties.get('sourcepath');
  if (typeof path?.data !== 'string') return [];
  const { start, end } = path;
  return serverDeclaration(source, vocabulary, { where: 'install-media', name: path.data, start, end });
}

/** Resources whose key property says of what, and whose `State` is `Enabled`, `Disabled` or `Default`. */
const STATES: Readonly<Record<string, Policy['setting']>> = {
  protocol: 'protocol',
  cipher: 'cipher',
  hash: 'hash',
  keyexchangealgorithm: 'key-exchange',
};

function states(source: SourceText, type: string, properties: DscProperties): Declaration[] {
  const setting = STATES[type];
  const [subject, state] = [properties.get(type), properties.get('state')];
  if (!setting || !state || typeof subject?.data !== 'string') return [];
  if (setting === 'protocol' && !/^(?:SSL [23]\.0|TLS 1\.[0-3])$|\$/i.test(subject.data)) return [];
  const word = typeof state.data === 'string' ? state.data.toLowerCase() : '';
  if (word === 'default') return [];
  const withClient = properties.get('includeclientside')?.data === '$true';
  return [
    policyDeclaration(
      source,
      {
        configuration: 'schannel',
        side: setting === 'protocol' && !withClient ? 'server' : 'both',
        setting,
        subject: /\$/.test(subject.data) ? null : subject.data,
        value: /\$/.test(subject.data)
          ? null
          : word === 'enabled'
            ? true
            : word === 'disabled'
              ? false
              : null,
      },
      state,
    ),
  ];
}

interface Rule {
  readonly type: string;
  readonly property: string;
  readonly policy: Omit<Policy, 'value'>;
}

const schannel = { configuration: 'schannel', side: 'both', subject: null } as const;
const diffieHellman = { ...schannel, setting: 'minimum-key-bits', subject: 'Diffie-Hellman' } as const;
const RULES: readonly Rule[] = [
  { type: 'ciphersuites', property: 'ciphersuitesorder', policy: { ...schannel, setting: 'cipher-suites' } },
  {
    type: 'schannelsettings',
    property: 'diffiehellmanminclientkeysize',
    policy: { ...diffieHellman, side: 'client' },
  },
  {
    type: 'schannelsettings',
    property: 'diffiehellmanminserverkeysize',
    policy: { ...diffieHellman, side: 'server' },
  },
  {
    type: 'schannelsettings',
    property: 'enablefipsalgorithmpolicy',
    policy: { ...schannel, setting: 'policy', subject: 'FIPS' },
  },
  {
    type: 'sqlsecureconnection',
    property: 'forceencryption',
    policy: { configuration: 'sql-server', side: 'server', setting: 'force-encryption', subject: null },
  },
];

function settings(source: SourceText, type: string, properties: DscProperties): Declaration[] {
  return RULES.flatMap((rule) => {
    const property = rule.type === type ? properties.get(rule.property) : undefined;
    if (!property) return [];
    return [policyDeclaration(source, { ...rule.policy, value: settingValue(property.data) }, property)];
  });
}

function settingValue(data: RegistryData): Policy['value'] {
  if (typeof data !== 'string') return data;
  if (/^\$?(?:true|false)$/i.test(data)) return /true/i.test(data);
  return /^\d{1,6}$/.test(data) ? Number(data) : null;
}
