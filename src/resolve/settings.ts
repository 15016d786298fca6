/** What a connection string says about encryption, with the driver's default where it says nothing. */
import { type DriverVersion, driverLabel } from '../catalog/drivers.ts';
import type { ConnectionSettings } from '../model/client.ts';
import type { EncryptMode, Setting } from '../model/connection.ts';
import type { ConnectionDeclaration } from '../model/declaration.ts';
import type { Fact } from '../model/evidence.ts';
import type { Native } from './natives.ts';

const MODES = {
  optional: 'Optional',
  mandatory: 'Mandatory',
  strict: 'Strict',
  'no-tls': 'Optional',
} as const;

export function settingsOf(connection: ConnectionDeclaration | null, native: Native): ConnectionSettings {
  const encryptMisread = misread(connection, native);
  return {
    encrypt:
      encryptMisread === null
        ? (written(connection?.encrypt ?? null) ?? defaultEncrypt(native))
        : takenForTrue(connection, native),
    encryptMisread,
    trustServerCertificate: written(connection?.trustServerCertificate ?? null) ?? defaultTrust(native),
    hostNameInCertificate: connection?.hostNameInCertificate?.value ?? null,
    pooling: connection?.pooling ?? null,
    connectTimeout: connection?.connectTimeout ?? null,
  };
}

function misread(connection: ConnectionDeclaration | null, { driver }: Native): string | null {
  if (!connection?.encrypt || connection.grammar === 'options') return null;
  const { written } = connection.encrypt;
  return driver.takenForTrue?.includes(written.toLowerCase()) ? written : null;
}

function takenForTrue(connection: ConnectionDeclaration | null, native: Native): Fact<EncryptMode> | null {
  const said = written(connection?.encrypt ?? null);
  if (said === null) return null;
  const statement = `${said.evidence.statement}, which ${driverLabel(native.driver)} gets as true from a connection string`;
  return { value: 'Mandatory', evidence: { ...said.evidence, statement } };
}

function written<T>(setting: Setting<T> | null): Fact<T> | null {
  if (setting === null || setting.value === null) return null;
  const statement = `${setting.keyword}=${setting.written}`;
  return { value: setting.value, evidence: { strength: 'declared', statement, span: setting.span } };
}

function defaultEncrypt(native: Native): Fact<EncryptMode> | null {
  const value = single(native, ({ encryptDefault }) =>
    encryptDefault === 'inherits' ? null : MODES[encryptDefault],
  );
  return value === null
    ? null
    : byDefault(value, `Encrypt is ${value} by default in ${generation(native)}`, native);
}

function defaultTrust(native: Native): Fact<boolean> | null {
  const value = single(native, ({ trustDefault }) =>
    trustDefault === 'inherits' || trustDefault === 'n/a' ? null : trustDefault,
  );
  if (value === null) return null;
  return byDefault(
    value === 'true',
    `TrustServerCertificate is ${value} by default in ${generation(native)}`,
    native,
  );
}

function byDefault<T>(value: T, statement: string, { rows }: Native): Fact<T> {
  const source = rows[0]?.sources[0];
  return {
    value,
    evidence: { strength: 'documented', statement, ...(source === undefined ? {} : { source }) },
  };
}

/** The wrappers' word first, then the driver's; `null` when builds that could be meant differ. */
function single<T extends string>(
  { wrappers, rows }: Native,
  pick: (row: DriverVersion) => T | null,
): T | null {
  for (const builds of [wrappers, rows]) {
    const values = new Set(builds.map(pick).filter((value) => value !== null));
    if (values.size === 1) return [...values][0] ?? null;
    if (values.size > 1) return null;
  }
  return null;
}

const generation = ({ driver, version }: Native) => `${driverLabel(driver)}${version ? ` ${version}` : ''}`;

/** True when these settings make the driver say NOT_SUP: no TLS, the login in clear text. */
export function isClearText(connection: ConnectionDeclaration | null, native: Native): boolean {
  const word = connection?.encrypt?.written.toLowerCase();
  if (word !== undefined && native.driver.clearTextWhen?.includes(word)) return true;
  if (misread(connection, native) !== null) return false;
  if (word !== undefined && native.driver.tlsIfOffered?.includes(word)) return false;
  if (native.driver.whenEncryptOff !== 'no-tls') return false;
  const said = connection?.encrypt?.value ?? null;
  if (said !== null) return said === 'Optional';
  return (
    single(native, ({ encryptDefault }) => (encryptDefault === 'inherits' ? null : encryptDefault)) ===
    'no-tls'
  );
}
