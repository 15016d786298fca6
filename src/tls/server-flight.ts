/**
 * The server's first flight in TLS 1.0–1.2 (RFC 5246 §7.3): ServerHello, Certificate, ServerKeyExchange,
 * ServerHelloDone — or an alert. No key is needed to read it.
 */
import type { Protocol } from '../model/protocol.ts';
import { suiteByCode } from './cipher-suites.ts';
import { readExtensions } from './client-hello.ts';
import { hex16, NAMED_GROUPS } from './names.ts';
import { versionOfCode } from './versions.ts';
import { CONTENT_TYPE, EXTENSION, HANDSHAKE_TYPE, Reader, TlsError } from './wire.ts';

const MAX_TOTAL = 256 * 1024;
const MAX_MESSAGE = 128 * 1024;
const MAX_RECORD = 0x4000 + 2048;
const MAX_CERTIFICATES = 20;
const NAMED_CURVE = 3;

export interface ServerFlight {
  readonly version: Protocol;
  /** IANA name, `0xNNNN` when unknown. */
  readonly suite: string;
  readonly extendedMasterSecret: boolean;
  /** DER, leaf first. */
  readonly chain: readonly Buffer[];
  /** Named group of an ECDHE ServerKeyExchange. */
  readonly group: string | null;
  /** Bits of the prime of a DHE ServerKeyExchange. */
  readonly dhBits: number | null;
}

export type FlightEvent =
  | { readonly kind: 'flight'; readonly flight: ServerFlight }
  | { readonly kind: 'alert'; readonly level: number; readonly description: number };

/** Reads a flight from bytes as they arrive. Holds at most 256 KB. */
export class FlightReader {
  #held: Buffer = Buffer.alloc(0);
  #handshake: Buffer = Buffer.alloc(0);
  #total = 0;
  #flight: Partial<ServerFlight> = {};

  /** The event that these bytes complete, `null` while more are needed. @throws {TlsError} */
  push(chunk: Uint8Array): FlightEvent | null {
    this.#total += chunk.length;
    if (this.#total > MAX_TOTAL)
      throw new TlsError(`the server sent more than ${MAX_TOTAL / 1024} KB before its hello was done`);
    this.#held = Buffer.concat([this.#held, chunk]);
    while (this.#held.length >= 5) {
      const type = this.#held.readUInt8(0);
      const length = this.#held.readUInt16BE(3);
      if (
        type < CONTENT_TYPE.CHANGE_CIPHER_SPEC ||
        type > CONTENT_TYPE.APPLICATION_DATA ||
        this.#held.readUInt8(1) !== 3
      ) {
        throw new TlsError('the server’s bytes are no TLS record');
      }
      if (length > MAX_RECORD) throw new TlsError(`a TLS record of ${length} bytes`);
      if (this.#held.length < 5 + length) return null;
      const event = this.#record(type, this.#held.subarray(5, 5 + length));
      this.#held = this.#held.subarray(5 + length);
      if (event) return event;
    }
    return null;
  }

  #record(type: number, body: Buffer): FlightEvent | null {
    if (type === CONTENT_TYPE.ALERT) {
      const reader = new Reader(body);
      return { kind: 'alert', level: reader.uint(1), description: reader.uint(1) };
    }
    if (type !== CONTENT_TYPE.HANDSHAKE)
      throw new TlsError('a record that does not belong into a first flight');
    this.#handshake = Buffer.concat([this.#handshake, body]);
    while (this.#handshake.length >= 4) {
      const length = this.#handshake.readUIntBE(1, 3);
      if (length > MAX_MESSAGE) throw new TlsError(`a handshake message of ${length} bytes`);
      if (this.#handshake.length < 4 + length) return null;
      const event = this.#message(
        this.#handshake.readUInt8(0),
        new Reader(this.#handshake.subarray(4, 4 + length)),
      );
      this.#handshake = this.#handshake.subarray(4 + length);
      if (event) return event;
    }
    return null;
  }

  #message(type: number, body: Reader): FlightEvent | null {
    if (type === HANDSHAKE_TYPE.SERVER_HELLO) {
      this.#flight = readServerHello(body);
      return null;
    }
    const { version, suite } = this.#flight;
    if (version === undefined || suite === undefined)
      throw new TlsError('a handshake message before ServerHello');
    if (type === HANDSHAKE_TYPE.CERTIFICATE) this.#flight = { ...this.#flight, chain: readChain(body) };
    if (type === HANDSHAKE_TYPE.SERVER_KEY_EXCHANGE)
      this.#flight = { ...this.#flight, ...readKeyExchange(suite, body) };
    if (type !== HANDSHAKE_TYPE.SERVER_HELLO_DONE) return null;
    return {
      kind: 'flight',
      flight: {
        chain: [],
        group: null,
        dhBits: null,
        extendedMasterSecret: false,
        ...this.#flight,
        version,
        suite,
      },
    };
  }
}

function readServerHello(body: Reader): Partial<ServerFlight> {
  const code = body.uint(2);
  body.bytes(32);
  body.vector(1);
  const suite = body.uint(2);
  body.uint(1);
  const extensions = readExtensions(body);
  const version = versionOfCode(extensions.get(EXTENSION.SUPPORTED_VERSIONS)?.uint(2) ?? code);
  if (version === undefined) throw new TlsError(`a ServerHello with version ${hex16(code)}`);
  return {
    version,
    suite: suiteByCode(suite)?.name ?? hex16(suite),
    extendedMasterSecret: extensions.has(EXTENSION.EXTENDED_MASTER_SECRET),
  };
}

function readChain(body: Reader): Buffer[] {
  const list = body.vector(3);
  const chain: Buffer[] = [];
  while (list.left > 0) {
    if (chain.length === MAX_CERTIFICATES)
      throw new TlsError(`a chain of more than ${MAX_CERTIFICATES} certificates`);
    chain.push(list.vector(3).rest());
  }
  return chain;
}

/** RFC 5246 §7.4.3 and RFC 8422 §5.4: only what stands before the signature. */
function readKeyExchange(suite: string, body: Reader): Partial<ServerFlight> {
  if (/^TLS_ECDHE_|^TLS_ECDH_anon_/.test(suite)) {
    return body.uint(1) === NAMED_CURVE ? { group: NAMED_GROUPS.name(body.uint(2)) } : {};
  }
  if (/^TLS_DHE_|^TLS_DH_anon_/.test(suite)) return { dhBits: bitLength(body.vector(2).rest()) };
  return {};
}

function bitLength(bytes: Buffer): number {
  const first = bytes.findIndex((byte) => byte !== 0);
  return first < 0 ? 0 : (bytes.length - first) * 8 - (Math.clz32(bytes[first] ?? 0) - 24);
}
