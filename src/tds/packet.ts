/**
 * TDS packets, [MS-TDS] 2.2.3.1: an 8-byte header before each piece of a message. All header fields are big-endian.
 */

/** The types that matter before and at login. */
export const PACKET_TYPE = { BATCH: 0x01, TABULAR_RESULT: 0x04, LOGIN7: 0x10, PRELOGIN: 0x12 } as const;
/** Every type of [MS-TDS] 2.2.3.1.1: anything else is another protocol. */
const TYPES = new Set([0x01, 0x02, 0x03, 0x04, 0x06, 0x07, 0x08, 0x0e, 0x10, 0x11, 0x12]);
const STATUS_END_OF_MESSAGE = 0x01;
const HEADER_LENGTH = 8;
/** Before login the packet size is 4096 bytes, header included. */
const PACKET_SIZE = 4096;

/** Bytes that are not TDS. */
export class TdsError extends Error {}

/** Splits a message into packets of at most 4096 bytes; the last carries EOM. Even an empty message is one packet. */
export function encodeMessage(type: number, payload: Uint8Array): Buffer {
  const room = PACKET_SIZE - HEADER_LENGTH;
  const packets: Buffer[] = [];
  for (let start = 0; start === 0 || start < payload.length; start += room) {
    const piece = payload.subarray(start, start + room);
    const header = Buffer.alloc(HEADER_LENGTH);
    header.writeUInt8(type, 0);
    header.writeUInt8(start + room >= payload.length ? STATUS_END_OF_MESSAGE : 0, 1);
    header.writeUInt16BE(HEADER_LENGTH + piece.length, 2);
    header.writeUInt8((packets.length + 1) & 0xff, 6);
    packets.push(Buffer.concat([header, piece]));
  }
  return Buffer.concat(packets);
}

export interface Packet {
  readonly type: number;
  readonly endOfMessage: boolean;
  readonly payload: Buffer;
}

/**
 * Cuts a byte stream into packets, however it arrives. Holds at most one packet (64 KB: the length field has 16 bits).
 */
export class PacketReader {
  /** Pieces of the stream, joined when a header or a packet is whole and not with each of them. */
  #pieces: Uint8Array[] = [];
  #length = 0;
  #needed = 1;

  /** Packets that `chunk` completes. @throws {TdsError} when a header cannot be one. */
  push(chunk: Uint8Array): Packet[] {
    this.#pieces.push(chunk);
    this.#length += chunk.length;
    if (this.#length < this.#needed) return [];
    let held = Buffer.concat(this.#pieces);
    const packets: Packet[] = [];
    this.#needed = neededFor(held);
    while (held.length >= this.#needed) {
      packets.push({
        type: held.readUInt8(0),
        endOfMessage: (held.readUInt8(1) & STATUS_END_OF_MESSAGE) !== 0,
        payload: held.subarray(HEADER_LENGTH, this.#needed),
      });
      held = held.subarray(this.#needed);
      this.#needed = neededFor(held);
    }
    this.#pieces = [held];
    this.#length = held.length;
    return packets;
  }
}

/** Bytes until the packet at the start of `held` is whole, or its header is. @throws {TdsError} */
function neededFor(held: Buffer): number {
  const first = held[0];
  if (first !== undefined && !TYPES.has(first))
    throw new TdsError(`0x${first.toString(16).padStart(2, '0')} begins no TDS packet`);
  if (held.length < HEADER_LENGTH) return HEADER_LENGTH;
  const length = held.readUInt16BE(2);
  if (length < HEADER_LENGTH)
    throw new TdsError(`a TDS packet says it is ${length} bytes long; 8 is the least`);
  return length;
}
