/** Cuts a byte stream into TLS records (RFC 5246 §6.2.1), however it arrives. Protected ones stay as they are. */
import { ByteQueue } from './byte-queue.ts';
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
  readonly #held = new ByteQueue();

  /** Records that `chunk` completes. @throws {TlsError} when a header cannot be one. */
  push(chunk: Uint8Array): TlsRecord[] {
    this.#held.push(chunk);
    const found: TlsRecord[] = [];
    for (let header = this.#held.peek(HEADER_LENGTH); header; header = this.#held.peek(HEADER_LENGTH)) {
      const type = header.readUInt8(0);
      const length = header.readUInt16BE(3);
      if (type < CONTENT_TYPE.CHANGE_CIPHER_SPEC || type > CONTENT_TYPE.APPLICATION_DATA || header[1] !== 3)
        throw new TlsError('the bytes are no TLS record');
      if (length > MAX_BODY) throw new TlsError(`a TLS record of ${length} bytes`);
      const record = this.#held.take(HEADER_LENGTH + length);
      if (record === null) break;
      found.push({ type, body: record.subarray(HEADER_LENGTH) });
    }
    return found;
  }
}
