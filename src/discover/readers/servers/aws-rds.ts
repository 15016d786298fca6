/**
 * Amazon RDS for SQL Server, whatever language declares it: instances, and the parameters that decide about TLS.
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/SQLServer.Ciphers.html
 */
import type { Declaration } from '../../../model/declaration.ts';
import type { Vocabulary } from '../../../model/vocabulary.ts';
import type { SourceText } from '../../text/source-text.ts';
import { serverDeclaration } from '../server-declaration.ts';
import { type Policy, policyDeclaration } from '../tls-policy-declaration.ts';
import type { Written } from './written.ts';

const ENGINE = /^(?:custom-)?sqlserver-/;

/** The span is the version's where one is written, else the engine's. */
export function declareRdsInstance(
  source: SourceText,
  vocabulary: Vocabulary,
  engine: Written | null,
  version: Written | null,
): Declaration[] {
  if (!engine?.value || !ENGINE.test(engine.value)) return [];
  const { start, end } = version?.value ? version : engine;
  return serverDeclaration(source, vocabulary, {
    where: 'rds-engine-version',
    name: version?.value ?? '',
    start,
    end,
  });
}

interface Parameter {
  readonly setting: Policy['setting'];
  readonly subject: string | null;
  /** Other engines have a parameter of this name too. */
  readonly shared?: true;
}

const PARAMETERS: Readonly<Record<string, Parameter>> = {
  'rds.tls10': { setting: 'protocol', subject: 'TLS 1.0' },
  'rds.tls11': { setting: 'protocol', subject: 'TLS 1.1' },
  'rds.tls12': { setting: 'protocol', subject: 'TLS 1.2' },
  'rds.rc4': { setting: 'cipher', subject: 'RC4' },
  'rds.3des168': { setting: 'cipher', subject: 'Triple DES 168' },
  'rds.diffie-hellman': { setting: 'key-exchange', subject: 'Diffie-Hellman' },
  'rds.diffie-hellman-min-key-bit-length': { setting: 'minimum-key-bits', subject: 'Diffie-Hellman' },
  'rds.curve25519': { setting: 'groups', subject: 'curve25519' },
  'rds.fips': { setting: 'policy', subject: 'FIPS', shared: true },
  'rds.force_ssl': { setting: 'force-encryption', subject: null, shared: true },
};

/** `family` is that of the parameter group, `sqlserver-se-15.0`. The value `default` sets nothing. */
export function declareRdsParameter(
  source: SourceText,
  family: Written | null,
  name: string,
  value: Written | null,
): Declaration[] {
  const parameter = Object.hasOwn(PARAMETERS, name) ? PARAMETERS[name] : undefined;
  if (!parameter || !value || value.end <= value.start || value.value === 'default') return [];
  const isSqlServer = family?.value == null ? !parameter.shared : ENGINE.test(family.value);
  if (!isSqlServer) return [];
  const { setting, subject } = parameter;
  const policy = { configuration: 'aws-rds', side: 'server', setting, subject } as const;
  return [policyDeclaration(source, { ...policy, value: settingOf(value.value, setting) }, value)];
}

function settingOf(text: string | null, setting: Policy['setting']): Policy['value'] {
  if (text === null) return null;
  if (setting === 'minimum-key-bits') return /^\d{1,6}$/.test(text) ? Number(text) : null;
  if (/^(?:enabled|1|true)$/i.test(text)) return true;
  return /^(?:disabled|0|false)$/i.test(text) ? false : null;
}
