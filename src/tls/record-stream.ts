/** Cuts a byte stream into TLS records (RFC 5246 §6.2.1), however it arrives. Protected ones stay as they are. */
import { CONTENT_TYPE, TlsError } from './wire.ts';

export interface TlsRecord {
  /** ContentType. */
  readonly type: number;
  readonly body: Buffer;
}

const HEADER_LENGTH = 5;
/** RFC 5246 §6.2.3: a protected record is at most 2048 bytes longer than what it holds. */
const MAX_BODY = 0x4000 + 2048;

/** Holds at most one record. */
export class RecordStream {
  #held: Buffer = Buffer.alloc(0);

  /** Records that `chunk` completes. @throws {TlsError} when a header cannot be one. */
  push(chunk: Uint8Array): TlsRecord[] {
    this.#held = Buffer.concat([this.#held, chunk]);
    const found: TlsRecord[] = [];
    while (this.#held.length >= HEADER_LENGTH) {
      const type = this.#held.readUInt8(0);
      const length = this.#held.readUInt16BE(3);
      if (
        type < CONTENT_TYPE.CHANGE_CIPHER_SPEC ||
        type > CONTENT_TYPE.APPLICATION_DATA ||
        this.#held.readUInt8(1) !== 3
      ) {
        throw new TlsError('the bytes are no TLS record');
      }
      if (length > MAX_BODY) throw new TlsError(`a TLS record of ${length} bytes`);
      if (this.#held.length < HEADER_LENGTH + length) break;
      found.push({ type, body: this.#held.subarray(HEADER_LENGTH, HEADER_LENGTH + length) });
      this.#held = this.#held.subarray(HEADER_LENGTH + length);
    }
    return found;
  }
}
