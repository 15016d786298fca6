/** Tokens of a TABULAR_RESULT message, [MS-TDS] 2.2.7. Integers are little-endian, text is UTF-16LE. */

const TOKEN = {
  COLMETADATA: 0x81,
  ERROR: 0xaa,
  LOGINACK: 0xad,
  ROW: 0xd1,
  ENVCHANGE: 0xe3,
  DONE: 0xfd,
} as const;
const ENVCHANGE_TYPE = { DATABASE: 1, PACKET_SIZE: 4 } as const;
const DONE_COUNT = 0x10;
const DONE_ERROR = 0x02;
const INT4 = 0x38;
const SQL_TSQL = 1;
/** TDS 7.4; the one big-endian integer here. */
const TDS_VERSION = 0x74000004;

export function loginAck(build: string): Buffer {
  const [major = 0, minor = 0, number = 0] = build.split('.').map(Number);
  const version = Buffer.alloc(4);
  version.writeUInt32BE(TDS_VERSION);
  return sized(
    TOKEN.LOGINACK,
    Buffer.from([SQL_TSQL]),
    version,
    shortText('Microsoft SQL Server'),
    Buffer.from([major, minor, number >> 8, number & 0xff]),
  );
}

export const databaseChange = (name: string) => environmentChange(ENVCHANGE_TYPE.DATABASE, name, 'master');
export const packetSizeChange = (size: number) =>
  environmentChange(ENVCHANGE_TYPE.PACKET_SIZE, String(size), String(size));

function environmentChange(type: number, now: string, before: string): Buffer {
  return sized(TOKEN.ENVCHANGE, Buffer.from([type]), shortText(now), shortText(before));
}

/** One row of one INT column without a name. */
export function oneInteger(value: number): Buffer {
  const number = Buffer.alloc(4);
  number.writeInt32LE(value);
  return Buffer.concat([
    Buffer.from([TOKEN.COLMETADATA, 1, 0]),
    Buffer.alloc(4),
    Buffer.from([0, 0, INT4]),
    shortText(''),
    Buffer.from([TOKEN.ROW]),
    number,
  ]);
}

export function errorMessage(number: number, message: string): Buffer {
  const head = Buffer.alloc(6);
  head.writeInt32LE(number);
  head.writeUInt8(1, 4);
  head.writeUInt8(16, 5);
  const text = Buffer.from(message, 'utf16le');
  const length = Buffer.alloc(2);
  length.writeUInt16LE(message.length);
  const line = Buffer.alloc(4);
  line.writeInt32LE(1);
  return sized(TOKEN.ERROR, head, length, text, shortText('lab'), shortText(''), line);
}

/** `rows`: `null` where the command counts none. */
export function done(rows: number | null, failed = false): Buffer {
  const token = Buffer.alloc(13);
  token.writeUInt8(TOKEN.DONE, 0);
  token.writeUInt16LE((rows === null ? 0 : DONE_COUNT) | (failed ? DONE_ERROR : 0), 1);
  token.writeBigUInt64LE(BigInt(rows ?? 0), 5);
  return token;
}

/** Token, length of the rest in two bytes, the rest. */
function sized(token: number, ...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  const head = Buffer.alloc(3);
  head.writeUInt8(token, 0);
  head.writeUInt16LE(body.length, 1);
  return Buffer.concat([head, body]);
}

/** B_VARCHAR: length in characters, one byte. */
function shortText(text: string): Buffer {
  return Buffer.concat([Buffer.from([text.length]), Buffer.from(text, 'utf16le')]);
}
