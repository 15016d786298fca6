/** Protocol versions as people write them, oldest first. */
export const PROTOCOLS = ['SSL 3.0', 'TLS 1.0', 'TLS 1.1', 'TLS 1.2', 'TLS 1.3'] as const;
export type Protocol = (typeof PROTOCOLS)[number];

/** The versions that can appear inside TDS 7.x: SQL Server speaks TLS 1.3 only in TDS 8.0. */
export const TDS7_PROTOCOLS = ['TLS 1.0', 'TLS 1.1', 'TLS 1.2'] as const satisfies readonly Protocol[];

export function compareProtocols(one: Protocol, other: Protocol): number {
  return PROTOCOLS.indexOf(one) - PROTOCOLS.indexOf(other);
}
