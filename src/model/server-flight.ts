import type { Protocol } from './protocol.ts';

/** A finite-field group as a ServerKeyExchange names it (RFC 5246 §7.4.3): big-endian integers. */
export interface DhParameters {
  readonly p: Buffer;
  readonly g: Buffer;
  /** The server's public value; some servers leave leading zeros out. */
  readonly Ys: Buffer;
}

/** Signature over the key exchange. */
export interface KeyExchangeSignature {
  /** RFC 8446 name; `null` below TLS 1.2, where MD5 and SHA-1 together are meant. */
  readonly scheme: string | null;
  /** The bytes of the parameters that it signs, after both randoms. */
  readonly params: Buffer;
  readonly signature: Buffer;
}

/** A server's first flight: ServerHello, Certificate, ServerKeyExchange, ServerHelloDone; only the first in TLS 1.3. */
export interface ServerFlight {
  readonly version: Protocol;
  /** IANA name, `0xNNNN` when unknown. */
  readonly suite: string;
  /** 32 bytes. */
  readonly random: Buffer;
  /** Empty: the server keeps no session for later. */
  readonly sessionId: Buffer;
  /** Compression method, 0 for none. */
  readonly compression: number;
  readonly extendedMasterSecret: boolean;
  /** RFC 5746. */
  readonly secureRenegotiation: boolean;
  /** RFC 5077: a ticket will follow. */
  readonly sessionTicket: boolean;
  /** RFC 7301; `null` when the server names none. */
  readonly alpn: string | null;
  /** DER, leaf first. */
  readonly chain: readonly Buffer[];
  /** Named group of an ECDHE ServerKeyExchange, or the one a TLS 1.3 server asks for. */
  readonly group: string | null;
  /** Of a DHE ServerKeyExchange. */
  readonly dh: DhParameters | null;
  readonly signature: KeyExchangeSignature | null;
  /** It goes on with an earlier session: no certificate, no key exchange (RFC 5246 §7.3). */
  readonly resumed: boolean;
  /** It asks the client for a certificate. */
  readonly certificateRequest: boolean;
  /** The handshake messages as received, headers included, in order. */
  readonly transcript: Buffer;
}
