/** One declaration in words, the same wherever declarations are listed. */
import type { DeclarationResult } from '../model/check-report.ts';

/** What is declared, without its place. What stands in a variable or is not written is said, never guessed. */
export function declarationWords(declared: DeclarationResult): string {
  switch (declared.kind) {
    case 'driver':
      return `driver ${driverWords(declared)}`;
    case 'connection':
      return `connection ${connectionWords(declared)}`;
    case 'server':
      return `server ${serverWords(declared)}`;
    case 'runtime':
      return `runtime ${runtimeWords(declared)}`;
    case 'tls-policy':
      return `TLS policy ${policyWords(declared)}`;
    default:
      return `${declared.kind}: ${declared.reason}`;
  }
}

function driverWords({ driver, version, ecosystem, package: name, role }: DeclarationResult): string {
  const pinned = role === 'pins' ? ', fixes the version only' : '';
  return `${driver} ${version ?? 'of unknown version'} (${ecosystem} ${name}${pinned})`;
}

function connectionWords(declared: DeclarationResult): string {
  const settings = [
    declared.driver === null ? null : `through ${declared.driver}`,
    setting('Encrypt', declared.encrypt),
    setting('TrustServerCertificate', declared.trustServerCertificate),
    setting('HostNameInCertificate', declared.hostNameInCertificate),
    declared.ambiguous ? 'could be another database' : null,
  ].filter((words) => words !== null);
  return [`${declared.grammar} to ${endpointWords(declared)}`, ...settings].join(', ');
}

const setting = (keyword: string, value: DeclarationResult[string] | undefined) =>
  value == null ? null : `${keyword}=${value}`;

function endpointWords({ host, port, instance }: DeclarationResult): string {
  if (host === null) return 'an unresolved server';
  return `${host}${instance === null ? '' : `\\${instance}`}${port === null ? '' : `,${port}`}`;
}

function serverWords(declared: DeclarationResult): string {
  const at = declared.host === null ? '' : ` at ${endpointWords({ instance: null, ...declared })}`;
  const on = declared.stack === null ? '' : ` on ${declared.stack}`;
  return `${declared.product ?? 'SQL Server of unknown version'}${on}${at}`;
}

function runtimeWords({ platform, version, lowerBound, stack }: DeclarationResult): string {
  const name = version === null ? `${platform} of unknown version` : `${platform} ${version}`;
  return `${platform === 'os' && stack !== null ? stack : name}${lowerBound && /^\d[\w.]*$/.test(String(version)) ? ' or later' : ''}${platform !== 'os' && stack !== null ? ` on ${stack}` : ''}`;
}

function policyWords({ configuration, side, setting, subject, value }: DeclarationResult): string {
  const of = subject === null ? `${setting}` : `${setting} ${subject}`;
  const state =
    value === true ? 'on' : value === false ? 'off' : value === '' ? 'empty' : (value ?? 'unresolved');
  return `${configuration}, ${side}: ${of} ${state}`;
}
