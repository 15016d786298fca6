/**
 * The second half of a TLS 1.0–1.2 handshake with ephemeral Diffie-Hellman, from the moment both public values are
 * known: keys, ClientKeyExchange, Finished (RFC 5246 §7.3). The same for client and server.
 */
import { timingSafeEqual } from 'node:crypto';
import type { Protocol } from '../model/protocol.ts';
import type { CipherSuite } from './cipher-suites.ts';
import {
  extendedMasterSecret,
  type Finisher,
  keyBlock,
  masterSecret,
  type PrfHash,
  prfHashOf,
  type Randoms,
  verifyData,
} from './key-schedule.ts';
import { keySizes, RecordReader, RecordWriter } from './record-protection.ts';
import { versionCode } from './versions.ts';
import { CONTENT_TYPE, HANDSHAKE_TYPE, records, TlsError, uint, vector } from './wire.ts';

export const CLIENT_KEY_EXCHANGE = 16;
const FINISHED = 20;
const CHANGE_CIPHER_SPEC_BODY = Buffer.from([1]);
const CLOSE_NOTIFY = Buffer.from([1, 0]);

/** A handshake message: type, length in 3 bytes, body (RFC 5246 §7.4). */
export function handshakeMessage(type: number, ...body: readonly Uint8Array[]): Buffer {
  return Buffer.concat([uint(type, 1), vector(3, ...body)]);
}

/** ClientKeyExchange with an explicit public value, RFC 5246 §7.4.7.2. */
export function clientKeyExchange(Yc: Uint8Array): Buffer {
  return handshakeMessage(CLIENT_KEY_EXCHANGE, vector(2, Yc));
}

/** What a client sends that is asked for a certificate and has none, RFC 5246 §7.4.6. */
export function emptyCertificate(): Buffer {
  return handshakeMessage(HANDSHAKE_TYPE.CERTIFICATE, vector(3));
}

export interface Agreed {
  readonly side: 'client' | 'server';
  readonly version: Protocol;
  readonly suite: CipherSuite;
  readonly premaster: Uint8Array;
  readonly randoms: Randoms;
  /** RFC 7627, when both sides sent it. */
  readonly extendedMasterSecret: boolean;
  /** Handshake messages from ClientHello to ClientKeyExchange. */
  readonly messages: Buffer;
}

/** Keys in use. The client finishes first, as in every handshake that resumes nothing. */
export class Secured {
  readonly #agreed: Agreed;
  readonly #hash: PrfHash;
  readonly #master: Buffer;
  readonly #writer: RecordWriter;
  readonly #reader: RecordReader;
  #messages: Buffer;

  /** @throws {TlsError} for a version or a suite that is not computed here. */
  constructor(agreed: Agreed) {
    const { side, version, suite, premaster, randoms, messages } = agreed;
    this.#agreed = agreed;
    this.#messages = messages;
    this.#hash = prfHashOf(version, suite.prfHash);
    this.#master = agreed.extendedMasterSecret
      ? extendedMasterSecret(this.#hash, premaster, messages)
      : masterSecret(this.#hash, premaster, randoms);
    const keys = keyBlock(this.#hash, this.#master, randoms, keySizes(suite, version));
    this.#writer = new RecordWriter(suite, version, keys[side]);
    this.#reader = new RecordReader(suite, version, keys[side === 'client' ? 'server' : 'client']);
  }

  /** ChangeCipherSpec and Finished, as records. `random`: 16 fresh bytes. */
  finish(random: Uint8Array): Buffer {
    const { side, version } = this.#agreed;
    const finished = this.#finished(`${side} finished`);
    this.#messages = Buffer.concat([this.#messages, finished]);
    return Buffer.concat([
      records(CONTENT_TYPE.CHANGE_CIPHER_SPEC, versionCode(version), CHANGE_CIPHER_SPEC_BODY),
      this.#writer.protect(CONTENT_TYPE.HANDSHAKE, finished, random),
    ]);
  }

  /** The other side's Finished, from its protected record. @throws {TlsError} when it is not that, or does not verify. */
  verify(body: Buffer): void {
    const expected = this.#finished(this.#agreed.side === 'client' ? 'server finished' : 'client finished');
    const message = this.#reader.unprotect(CONTENT_TYPE.HANDSHAKE, body);
    if (message.length !== expected.length || !timingSafeEqual(message, expected))
      throw new TlsError('a Finished that does not verify (decrypt_error)');
    this.#messages = Buffer.concat([this.#messages, message]);
  }

  /** One record. `random`: 16 fresh bytes. */
  protect(type: number, fragment: Uint8Array, random: Uint8Array): Buffer {
    return this.#writer.protect(type, fragment, random);
  }

  /** What stands in a protected record. @throws {TlsError} when its key does not open it. */
  unprotect(type: number, body: Buffer): Buffer {
    return this.#reader.unprotect(type, body);
  }

  /** The alert that ends a connection in order, RFC 5246 §7.2.1. */
  closeNotify(random: Uint8Array): Buffer {
    return this.#writer.protect(CONTENT_TYPE.ALERT, CLOSE_NOTIFY, random);
  }

  #finished(finisher: Finisher): Buffer {
    return handshakeMessage(FINISHED, verifyData(this.#hash, this.#master, finisher, this.#messages));
  }
}
