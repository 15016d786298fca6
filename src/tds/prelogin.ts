/**
 * PRELOGIN, [MS-TDS] 2.2.6.5: a table of options (token, offset, length; big-endian), 0xFF, then their data.
 * Offsets count from the first byte of the message, after the packet header.
 */
import type { EncryptionOption } from '../model/observation.ts';
import { TdsError } from './packet.ts';

const TOKEN = {
  VERSION: 0x00,
  ENCRYPTION: 0x01,
  INSTOPT: 0x02,
  THREADID: 0x03,
  MARS: 0x04,
  TERMINATOR: 0xff,
} as const;
const ENCRYPTION_BYTE: Readonly<Record<EncryptionOption, number>> = {
  OFF: 0x00,
  ON: 0x01,
  NOT_SUP: 0x02,
  REQ: 0x03,
};
/** The two high bits are flags (client certificate and the like), not part of the answer. */
const ENCRYPTION_MASK = 0x3f;
const MAX_OPTIONS = 32;

export interface Prelogin {
  /** `major.minor.build`; the sub-build is nearly always 0 and is left out. */
  readonly version: string;
  readonly encryption: EncryptionOption;
  /** Client: the instance asked for, `''` for none. Server: `'\u0001'` says it is another instance. */
  readonly instance: string;
}

/** A client gives its thread; a server's THREADID is empty. */
const THREADID_LENGTH = { client: 4, server: 0 } as const;

export function encodePrelogin(
  { version, encryption, instance }: Prelogin,
  from: keyof typeof THREADID_LENGTH = 'client',
): Buffer {
  const [major = 0, minor = 0, build = 0] = version.split('.').map(Number);
  const options: [number, Buffer][] = [
    [TOKEN.VERSION, Buffer.from([major, minor, build >> 8, build & 0xff, 0, 0])],
    [TOKEN.ENCRYPTION, Buffer.from([ENCRYPTION_BYTE[encryption]])],
    [TOKEN.INSTOPT, Buffer.from(`${instance}\0`, 'latin1')],
    [TOKEN.THREADID, Buffer.alloc(THREADID_LENGTH[from])],
    [TOKEN.MARS, Buffer.from([0])],
  ];
  const table = Buffer.alloc(options.length * 5 + 1, TOKEN.TERMINATOR);
  let offset = table.length;
  options.forEach(([token, data], index) => {
    table.writeUInt8(token, index * 5);
    table.writeUInt16BE(offset, index * 5 + 1);
    table.writeUInt16BE(data.length, index * 5 + 3);
    offset += data.length;
  });
  return Buffer.concat([table, ...options.map(([, data]) => data)]);
}

/** @throws {TdsError} when the table is cut, points outside the message, or lacks VERSION or ENCRYPTION. */
export function decodePrelogin(message: Uint8Array): Prelogin {
  const options = readTable(Buffer.from(message.buffer, message.byteOffset, message.byteLength));
  const version = options.get(TOKEN.VERSION);
  if (!version || version.length < 4) throw new TdsError('a PRELOGIN message without VERSION');
  const encryption = options.get(TOKEN.ENCRYPTION)?.[0];
  if (encryption === undefined) throw new TdsError('a PRELOGIN message without ENCRYPTION');
  const name = (Object.keys(ENCRYPTION_BYTE) as EncryptionOption[]).find(
    (option) => ENCRYPTION_BYTE[option] === (encryption & ENCRYPTION_MASK),
  );
  if (!name)
    throw new TdsError(
      `PRELOGIN ENCRYPTION 0x${encryption.toString(16).padStart(2, '0')} is not a known value`,
    );
  return {
    version: `${version[0]}.${version[1]}.${version.readUInt16BE(2)}`,
    encryption: name,
    instance: (options.get(TOKEN.INSTOPT) ?? Buffer.alloc(0)).toString('latin1').replace(/\0$/, ''),
  };
}

function readTable(message: Buffer): Map<number, Buffer> {
  const options = new Map<number, Buffer>();
  for (let at = 0; options.size <= MAX_OPTIONS; at += 5) {
    if (message[at] === TOKEN.TERMINATOR) return options;
    if (at + 5 > message.length) break;
    const offset = message.readUInt16BE(at + 1);
    const length = message.readUInt16BE(at + 3);
    if (offset + length > message.length) throw new TdsError('a PRELOGIN option points outside the message');
    options.set(message.readUInt8(at), message.subarray(offset, offset + length));
  }
  throw new TdsError('a PRELOGIN option table without an end');
}
