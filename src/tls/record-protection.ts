/**
 * Protected records, TLS 1.0–1.2: GenericBlockCipher (MAC, then encrypt; RFC 5246 §6.2.3.2, implicit IV in TLS 1.0 by
 * RFC 2246 §6.2.3.2) and GenericAEADCipher (AES-GCM, RFC 5288). No compression, no encrypt_then_mac.
 */
import { createCipheriv, createDecipheriv, createHmac, timingSafeEqual } from 'node:crypto';
import type { Protocol } from '../model/protocol.ts';
import type { CipherSuite } from './cipher-suites.ts';
import type { KeySizes, WriteKeys } from './key-schedule.ts';
import { versionCode } from './versions.ts';
import { TlsError, uint } from './wire.ts';

/** Sizes in bytes. */
interface Cipher {
  /** node:crypto's name. */
  readonly name: string;
  readonly key: number;
  /** Block, and IV, of a CBC cipher; for GCM the part of the nonce that the key block gives. */
  readonly iv: number;
}

const CIPHERS: Readonly<Record<string, Cipher>> = {
  'AES-GCM 128': { name: 'aes-128-gcm', key: 16, iv: 4 },
  'AES-GCM 256': { name: 'aes-256-gcm', key: 32, iv: 4 },
  'AES-CBC 128': { name: 'aes-128-cbc', key: 16, iv: 16 },
  'AES-CBC 256': { name: 'aes-256-cbc', key: 32, iv: 16 },
  '3DES-EDE-CBC 112': { name: 'des-ede3-cbc', key: 24, iv: 8 },
};
const MACS: Readonly<Record<string, number>> = { SHA1: 20, SHA256: 32, SHA384: 48 };
const EXPLICIT_NONCE_LENGTH = 8;
const TAG_LENGTH = 16;
/** Random bytes that {@link RecordWriter.protect} takes at most. */
export const MAX_IV_LENGTH = 16;

/** True for the suites whose records can be written and read here. */
export function isProtectable(suite: CipherSuite): boolean {
  return cipherOf(suite) !== undefined && (suite.mac === 'AEAD' || macLength(suite) !== undefined);
}

const macLength = ({ mac }: CipherSuite) => (mac === null ? undefined : MACS[mac]);

function cipherOf({ encryption, bits }: CipherSuite): Cipher | undefined {
  return CIPHERS[`${encryption} ${bits}`];
}

interface Parameters {
  readonly cipher: Cipher;
  readonly version: Protocol;
  /** node:crypto's name and length; `null` with AEAD. */
  readonly mac: { readonly name: string; readonly length: number } | null;
  /** TLS 1.0 chains records: the IV is the last block of the record before. */
  readonly implicitIv: boolean;
}

/** @throws {TlsError} for a suite that is not {@link isProtectable}. */
function parametersOf(suite: CipherSuite, version: Protocol): Parameters {
  const cipher = cipherOf(suite);
  const length = macLength(suite);
  if (!cipher || (suite.mac !== 'AEAD' && length === undefined))
    throw new TlsError(`records of ${suite.name} are not read here`);
  return {
    cipher,
    version,
    mac: length === undefined || suite.mac === null ? null : { name: suite.mac, length },
    implicitIv: version === 'TLS 1.0',
  };
}

/** What a suite takes from the key block. @throws {TlsError} for a suite that is not {@link isProtectable}. */
export function keySizes(suite: CipherSuite, version: Protocol): KeySizes {
  const { cipher, mac, implicitIv } = parametersOf(suite, version);
  return {
    mac: mac?.length ?? 0,
    key: cipher.key,
    // RFC 4346 §6.3: from TLS 1.1 on a CBC record brings its IV along.
    iv: mac === null || implicitIv ? cipher.iv : 0,
  };
}

/** One direction: the keys of its sender, and the number of the next record. */
class Direction {
  readonly parameters: Parameters;
  readonly keys: WriteKeys;
  /** TLS 1.0: IV of the next record. */
  chained: Buffer;
  #sequence = 0n;

  constructor(suite: CipherSuite, version: Protocol, keys: WriteKeys) {
    this.parameters = parametersOf(suite, version);
    this.keys = keys;
    this.chained = keys.iv;
  }

  /** 8 bytes, big-endian, from 0. */
  nextSequence(): Buffer {
    const bytes = Buffer.alloc(8);
    bytes.writeBigUInt64BE(this.#sequence);
    this.#sequence += 1n;
    return bytes;
  }

  /** seq_num, type, version, length: what MAC and AEAD cover beside the fragment. */
  covered(sequence: Buffer, type: number, length: number): Buffer {
    return Buffer.concat([
      sequence,
      uint(type, 1),
      uint(versionCode(this.parameters.version), 2),
      uint(length, 2),
    ]);
  }

  hmac(sequence: Buffer, type: number, fragment: Uint8Array): Buffer {
    return createHmac(this.parameters.mac?.name ?? '', this.keys.mac)
      .update(this.covered(sequence, type, fragment.length))
      .update(fragment)
      .digest();
  }
}

export class RecordWriter {
  readonly #direction: Direction;

  /** @throws {TlsError} for a suite that is not {@link isProtectable}. */
  constructor(suite: CipherSuite, version: Protocol, keys: WriteKeys) {
    this.#direction = new Direction(suite, version, keys);
  }

  /** One record, header included. `random`: {@link MAX_IV_LENGTH} fresh bytes, for an explicit IV. */
  protect(type: number, fragment: Uint8Array, random: Uint8Array): Buffer {
    const { parameters } = this.#direction;
    const body = parameters.mac ? this.#block(type, fragment, random) : this.#aead(type, fragment);
    return Buffer.concat([
      uint(type, 1),
      uint(versionCode(parameters.version), 2),
      uint(body.length, 2),
      body,
    ]);
  }

  #aead(type: number, fragment: Uint8Array): Buffer {
    const { parameters, keys } = this.#direction;
    const sequence = this.#direction.nextSequence();
    const cipher = createCipheriv(
      parameters.cipher.name as 'aes-128-gcm',
      keys.key,
      Buffer.concat([keys.iv, sequence]),
    );
    cipher.setAAD(this.#direction.covered(sequence, type, fragment.length));
    return Buffer.concat([sequence, cipher.update(fragment), cipher.final(), cipher.getAuthTag()]);
  }

  #block(type: number, fragment: Uint8Array, random: Uint8Array): Buffer {
    const { cipher, implicitIv } = this.#direction.parameters;
    const mac = this.#direction.hmac(this.#direction.nextSequence(), type, fragment);
    const padding = cipher.iv - ((fragment.length + mac.length) % cipher.iv);
    // Every padding byte, the length included, holds the length (RFC 5246 §6.2.3.2).
    const plain = Buffer.concat([fragment, mac, Buffer.alloc(padding, padding - 1)]);
    const iv = implicitIv ? this.#direction.chained : Buffer.from(random.subarray(0, cipher.iv));
    const encrypting = createCipheriv(cipher.name, this.#direction.keys.key, iv).setAutoPadding(false);
    const encrypted = Buffer.concat([encrypting.update(plain), encrypting.final()]);
    this.#direction.chained = encrypted.subarray(-cipher.iv);
    return implicitIv ? encrypted : Buffer.concat([iv, encrypted]);
  }
}

export class RecordReader {
  readonly #direction: Direction;

  /** @throws {TlsError} for a suite that is not {@link isProtectable}. */
  constructor(suite: CipherSuite, version: Protocol, keys: WriteKeys) {
    this.#direction = new Direction(suite, version, keys);
  }

  /** The fragment in a record's body. @throws {TlsError} when it is not what the other side wrote (bad_record_mac). */
  unprotect(type: number, body: Buffer): Buffer {
    const sequence = this.#direction.nextSequence();
    return this.#direction.parameters.mac
      ? this.#block(sequence, type, body)
      : this.#aead(sequence, type, body);
  }

  #aead(sequence: Buffer, type: number, body: Buffer): Buffer {
    const { parameters, keys } = this.#direction;
    const length = body.length - EXPLICIT_NONCE_LENGTH - TAG_LENGTH;
    if (length < 0) throw new TlsError('a record too short for its cipher');
    const nonce = Buffer.concat([keys.iv, body.subarray(0, EXPLICIT_NONCE_LENGTH)]);
    const cipher = createDecipheriv(parameters.cipher.name as 'aes-128-gcm', keys.key, nonce);
    cipher.setAAD(this.#direction.covered(sequence, type, length));
    cipher.setAuthTag(body.subarray(-TAG_LENGTH));
    const fragment = cipher.update(body.subarray(EXPLICIT_NONCE_LENGTH, -TAG_LENGTH));
    try {
      return Buffer.concat([fragment, cipher.final()]);
    } catch {
      throw badRecordMac();
    }
  }

  #block(sequence: Buffer, type: number, body: Buffer): Buffer {
    const { cipher, mac, implicitIv } = this.#direction.parameters;
    const iv = implicitIv ? this.#direction.chained : body.subarray(0, cipher.iv);
    const encrypted = implicitIv ? body : body.subarray(cipher.iv);
    const overhead = (mac?.length ?? 0) + 1;
    if (encrypted.length < overhead || encrypted.length % cipher.iv !== 0)
      throw new TlsError('a record too short for its cipher, or no whole number of blocks');
    const decrypting = createDecipheriv(cipher.name, this.#direction.keys.key, iv).setAutoPadding(false);
    const plain = Buffer.concat([decrypting.update(encrypted), decrypting.final()]);
    this.#direction.chained = encrypted.subarray(-cipher.iv);
    const padding = plain.at(-1) ?? 0;
    const end = plain.length - overhead - padding;
    if (end < 0 || plain.subarray(-padding - 1).some((byte) => byte !== padding)) throw badRecordMac();
    const fragment = plain.subarray(0, end);
    const sent = plain.subarray(end, end + overhead - 1);
    if (!timingSafeEqual(sent, this.#direction.hmac(sequence, type, fragment))) throw badRecordMac();
    return fragment;
  }
}

const badRecordMac = () => new TlsError('a record that its key does not open (bad_record_mac)');
