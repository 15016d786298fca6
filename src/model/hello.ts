import type { Protocol } from './protocol.ts';

/**
 * What a client puts into its ClientHello. Names are IANA's; order is preference.
 * It describes a TLS 1.0–1.2 hello as carried inside TDS 7.x, so TLS 1.3 suites are not part of it.
 */
export interface ClientHelloProfile {
  /** Enabled versions, oldest first. The highest is the one written into the hello. */
  readonly protocols: readonly Protocol[];
  readonly suites: readonly string[];
  /** Named groups (RFC 8422, RFC 7919); empty: the extension is not sent. */
  readonly groups: readonly string[];
  /** Signature schemes (RFC 8446 names, e.g. `rsa_pkcs1_sha256`); empty: the extension is not sent. */
  readonly signatureAlgorithms: readonly string[];
  /** RFC 7627 `extended_master_secret`. */
  readonly extendedMasterSecret: boolean;
}

/** Two hellos with the same key are the same bytes on the wire, random and server name aside. */
export function helloKey(hello: ClientHelloProfile): string {
  return JSON.stringify([
    hello.protocols,
    hello.suites,
    hello.groups,
    hello.signatureAlgorithms,
    hello.extendedMasterSecret,
  ]);
}
