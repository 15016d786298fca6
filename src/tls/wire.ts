/** The presentation language of RFC 5246 §4: big-endian integers and vectors with a length in front. */

/** Bytes that are not the TLS they should be. */
export class TlsError extends Error {}

export class Reader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get left(): number {
    return this.#bytes.length - this.#at;
  }

  /** @throws {TlsError} when fewer than `length` bytes are left. */
  bytes(length: number): Buffer {
    if (length > this.left) throw new TlsError(`${length} bytes expected, ${this.left} left`);
    this.#at += length;
    return this.#bytes.subarray(this.#at - length, this.#at);
  }

  /** Unsigned integer of 1 to 3 bytes. */
  uint(size: 1 | 2 | 3): number {
    return this.bytes(size).readUIntBE(0, size);
  }

  /** A vector whose length stands in `size` bytes before it. */
  vector(size: 1 | 2 | 3): Reader {
    return new Reader(this.bytes(this.uint(size)));
  }

  /** The rest as 16-bit integers. */
  uint16s(): number[] {
    const values: number[] = [];
    while (this.left > 0) values.push(this.uint(2));
    return values;
  }

  rest(): Buffer {
    return this.bytes(this.left);
  }
}

export function uint(value: number, size: 1 | 2 | 3): Buffer {
  const bytes = Buffer.alloc(size);
  bytes.writeUIntBE(value, 0, size);
  return bytes;
}

/** `body` with its length in `size` bytes before it. @throws {TlsError} when it is too long for that. */
export function vector(size: 1 | 2 | 3, ...body: readonly Uint8Array[]): Buffer {
  const bytes = Buffer.concat(body);
  if (bytes.length >= 256 ** size)
    throw new TlsError(`${bytes.length} bytes do not fit a vector with a ${size}-byte length`);
  return Buffer.concat([uint(bytes.length, size), bytes]);
}

export function uint16s(values: readonly number[]): Buffer {
  return Buffer.concat(values.map((value) => uint(value, 2)));
}

export const CONTENT_TYPE = {
  CHANGE_CIPHER_SPEC: 20,
  ALERT: 21,
  HANDSHAKE: 22,
  APPLICATION_DATA: 23,
} as const;
export const HANDSHAKE_TYPE = {
  CLIENT_HELLO: 1,
  SERVER_HELLO: 2,
  CERTIFICATE: 11,
  SERVER_KEY_EXCHANGE: 12,
  CERTIFICATE_REQUEST: 13,
  SERVER_HELLO_DONE: 14,
  CERTIFICATE_STATUS: 22,
} as const;
export const EXTENSION = {
  SERVER_NAME: 0,
  SUPPORTED_GROUPS: 10,
  EC_POINT_FORMATS: 11,
  SIGNATURE_ALGORITHMS: 13,
  ALPN: 16,
  EXTENDED_MASTER_SECRET: 23,
  SESSION_TICKET: 35,
  SUPPORTED_VERSIONS: 43,
  KEY_SHARE: 51,
  RENEGOTIATION_INFO: 0xff01,
} as const;

/** A record carries at most 2^14 bytes (RFC 5246 §6.2.1). */
const MAX_FRAGMENT = 0x4000;

/** Wraps bytes of one content type into records. `version` as on the wire, e.g. 0x0301. */
export function records(type: number, version: number, body: Uint8Array): Buffer {
  const pieces: Buffer[] = [];
  for (let at = 0; at === 0 || at < body.length; at += MAX_FRAGMENT) {
    pieces.push(
      Buffer.concat([uint(type, 1), uint(version, 2), vector(2, body.subarray(at, at + MAX_FRAGMENT))]),
    );
  }
  return Buffer.concat(pieces);
}
