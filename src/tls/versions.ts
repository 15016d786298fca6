import type { Protocol } from '../model/protocol.ts';

const CODES: Readonly<Record<Protocol, number>> = {
  'SSL 3.0': 0x0300,
  'TLS 1.0': 0x0301,
  'TLS 1.1': 0x0302,
  'TLS 1.2': 0x0303,
  'TLS 1.3': 0x0304,
};

/** ProtocolVersion as on the wire (RFC 8446 §4.1.2: `legacy_version`). */
export function versionCode(protocol: Protocol): number {
  return CODES[protocol];
}

/** `undefined` for a version that is none of TLS's. */
export function versionOfCode(code: number): Protocol | undefined {
  return (Object.keys(CODES) as Protocol[]).find((protocol) => CODES[protocol] === code);
}
