import type { Protocol } from './protocol.ts';

/**
 * What a client puts into its ClientHello. Names are IANA's; order is preference.
 * Inside TDS 7.x it is a TLS 1.0–1.2 hello; one whose highest version is TLS 1.3 is for TDS 8.0.
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
  /** The rest of the bytes, where a capture of this client shows them. */
  readonly layout?: HelloLayout;
}

/**
 * What a captured ClientHello holds beyond what its profile says. With it the hello goes out as that client sends it,
 * byte for byte, random, session id and server name aside.
 */
export interface HelloLayout {
  /** ProtocolVersion of the record, e.g. 0x0301. */
  readonly recordVersion: number;
  /** `legacy_version` of the message. */
  readonly legacyVersion: number;
  /** 32 where a client that could do TLS 1.3 fills it for middleboxes (RFC 8446 §4.1.2), else 0. */
  readonly sessionIdLength: number;
  /** Code points as sent: signalling values and TLS 1.3 suites stand among those of the profile. */
  readonly suites: readonly number[];
  readonly compressionMethods: readonly number[];
  /** In the order sent. `body`: hex; `null` where the profile or the server name decides. */
  readonly extensions: readonly { readonly type: number; readonly body: string | null }[];
}

/** Two hellos with the same key are the same bytes on the wire, random, session id and server name aside. */
export function helloKey(hello: ClientHelloProfile): string {
  return JSON.stringify([
    hello.protocols,
    hello.suites,
    hello.groups,
    hello.signatureAlgorithms,
    hello.extendedMasterSecret,
    ...(hello.layout ? [hello.layout] : []),
  ]);
}

/** Each once, in the order they first come. */
export function distinctHellos(hellos: readonly ClientHelloProfile[]): readonly ClientHelloProfile[] {
  return [...new Map(hellos.map((hello) => [helloKey(hello), hello])).values()];
}
