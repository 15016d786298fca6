/**
 * The server's first flight (RFC 5246 §7.3): ServerHello, Certificate, ServerKeyExchange, ServerHelloDone — or an alert.
 * No key is needed to read it. In TLS 1.3 only the ServerHello or HelloRetryRequest can be read, and ends it.
 */
import type { ServerFlight } from '../model/server-flight.ts';
import { ByteQueue } from './byte-queue.ts';
import { suiteByCode } from './cipher-suites.ts';
import { readExtensions } from './client-hello.ts';
import { readKeyExchange } from './key-exchange.ts';
import { hex16, NAMED_GROUPS } from './names.ts';
import { versionOfCode } from './versions.ts';
import { CONTENT_TYPE, EXTENSION, HANDSHAKE_TYPE, Reader, TlsError } from './wire.ts';

const MAX_TOTAL = 256 * 1024;
const MAX_MESSAGE = 128 * 1024;
const MAX_RECORD = 0x4000 + 2048;
const MAX_CERTIFICATES = 20;
const RECORD_HEADER = 5;
const MESSAGE_HEADER = 4;

export type FlightEvent =
  | { readonly kind: 'flight'; readonly flight: ServerFlight }
  | { readonly kind: 'alert'; readonly level: number; readonly description: number };

const EMPTY = Buffer.alloc(0);
const NOTHING: Omit<ServerFlight, 'version' | 'suite' | 'random' | 'transcript'> = {
  sessionId: EMPTY,
  compression: 0,
  extendedMasterSecret: false,
  secureRenegotiation: false,
  sessionTicket: false,
  alpn: null,
  chain: [],
  group: null,
  dh: null,
  signature: null,
  resumed: false,
  certificateRequest: false,
};

/** Reads a flight from bytes as they arrive. Holds at most 256 KB, and twice that for the transcript. */
export class FlightReader {
  readonly #held = new ByteQueue();
  readonly #handshake = new ByteQueue();
  readonly #messages: Buffer[] = [];
  #total = 0;
  #flight: Omit<ServerFlight, 'transcript'> | null = null;

  /** The event that these bytes complete, `null` while more are needed. @throws {TlsError} */
  push(chunk: Uint8Array): FlightEvent | null {
    this.#total += chunk.length;
    if (this.#total > MAX_TOTAL)
      throw new TlsError(`the server sent more than ${MAX_TOTAL / 1024} KB before its hello was done`);
    this.#held.push(chunk);
    for (let header = this.#held.peek(RECORD_HEADER); header; header = this.#held.peek(RECORD_HEADER)) {
      const type = header.readUInt8(0);
      const length = header.readUInt16BE(3);
      if (type < CONTENT_TYPE.CHANGE_CIPHER_SPEC || type > CONTENT_TYPE.APPLICATION_DATA || header[1] !== 3)
        throw new TlsError('the server’s bytes are no TLS record');
      if (length > MAX_RECORD) throw new TlsError(`a TLS record of ${length} bytes`);
      const record = this.#held.take(RECORD_HEADER + length);
      if (record === null) return null;
      const event = this.#record(type, record.subarray(RECORD_HEADER));
      if (event) return event;
    }
    return null;
  }

  #record(type: number, body: Buffer): FlightEvent | null {
    if (type === CONTENT_TYPE.ALERT) {
      const reader = new Reader(body);
      return { kind: 'alert', level: reader.uint(1), description: reader.uint(1) };
    }
    if (type === CONTENT_TYPE.CHANGE_CIPHER_SPEC && this.#flight)
      return this.#done({ ...this.#flight, resumed: true });
    if (type !== CONTENT_TYPE.HANDSHAKE)
      throw new TlsError('a record that does not belong into a first flight');
    this.#handshake.push(body);
    for (
      let header = this.#handshake.peek(MESSAGE_HEADER);
      header;
      header = this.#handshake.peek(MESSAGE_HEADER)
    ) {
      const length = header.readUIntBE(1, 3);
      if (length > MAX_MESSAGE) throw new TlsError(`a handshake message of ${length} bytes`);
      const message = this.#handshake.take(MESSAGE_HEADER + length);
      if (message === null) return null;
      this.#messages.push(message);
      const event = this.#message(message.readUInt8(0), new Reader(message.subarray(MESSAGE_HEADER)));
      if (event) return event;
    }
    return null;
  }

  #message(type: number, body: Reader): FlightEvent | null {
    if (type === HANDSHAKE_TYPE.SERVER_HELLO) {
      this.#flight = readServerHello(body);
      return this.#flight.version === 'TLS 1.3' ? this.#done(this.#flight) : null;
    }
    const flight = this.#flight;
    if (flight === null) throw new TlsError('a handshake message before ServerHello');
    switch (type) {
      case HANDSHAKE_TYPE.CERTIFICATE:
        this.#flight = { ...flight, chain: readChain(body) };
        return null;
      case HANDSHAKE_TYPE.SERVER_KEY_EXCHANGE:
        this.#flight = { ...flight, ...readKeyExchange(flight, body.rest()) };
        return null;
      case HANDSHAKE_TYPE.CERTIFICATE_REQUEST:
        this.#flight = { ...flight, certificateRequest: true };
        return null;
      default:
        return type === HANDSHAKE_TYPE.SERVER_HELLO_DONE ? this.#done(flight) : null;
    }
  }

  #done(flight: Omit<ServerFlight, 'transcript'>): FlightEvent {
    return { kind: 'flight', flight: { ...flight, transcript: Buffer.concat(this.#messages) } };
  }
}

function readServerHello(body: Reader): Omit<ServerFlight, 'transcript'> {
  const code = body.uint(2);
  const random = body.bytes(32);
  const sessionId = body.vector(1).rest();
  const suite = body.uint(2);
  const compression = body.uint(1);
  const extensions = readExtensions(body);
  const version = versionOfCode(extensions.get(EXTENSION.SUPPORTED_VERSIONS)?.uint(2) ?? code);
  if (version === undefined) throw new TlsError(`a ServerHello with version ${hex16(code)}`);
  const share = extensions.get(EXTENSION.KEY_SHARE);
  return {
    ...NOTHING,
    version,
    suite: suiteByCode(suite)?.name ?? hex16(suite),
    random,
    sessionId,
    compression,
    extendedMasterSecret: extensions.has(EXTENSION.EXTENDED_MASTER_SECRET),
    secureRenegotiation: extensions.has(EXTENSION.RENEGOTIATION_INFO),
    sessionTicket: extensions.has(EXTENSION.SESSION_TICKET),
    alpn: extensions.get(EXTENSION.ALPN)?.vector(2).vector(1).rest().toString('latin1') ?? null,
    // In a HelloRetryRequest the group stands alone, in a ServerHello its key follows (RFC 8446 §4.2.8).
    group: share ? NAMED_GROUPS.name(share.uint(2)) : null,
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
