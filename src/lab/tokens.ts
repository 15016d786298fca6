/** Tokens of a TABULAR_RESULT message, [MS-TDS] 2.2.7. Integers are little-endian, text is UTF-16LE. */

const TOKEN = {
  COLMETADATA: 0x81,
  ERROR: 0xaa,
  INFO: 0xab,
  LOGINACK: 0xad,
  ROW: 0xd1,
  ENVCHANGE: 0xe3,
  SSPI: 0xed,
  DONE: 0xfd,
} as const;
const ENVCHANGE_TYPE = { DATABASE: 1, PACKET_SIZE: 4, SQL_COLLATION: 7, ROUTING: 20 } as const;
/** Status bits of DONE, [MS-TDS] 2.2.7.6. */
export const DONE_STATUS = { FINAL: 0x00, ERROR: 0x02, COUNT: 0x10, ATTENTION: 0x20 } as const;
/** SQL_Latin1_General_CP1_CI_AS: LCID with its flags, then the sort order. */
const COLLATION = Buffer.from([0x09, 0x04, 0xd0, 0x00, 0x34]);
const LAB = 'lab';
const INT4 = 0x38;
/** [MS-TDS] 2.2.5.4.3: length in two bytes, at most 8000. */
const NVARCHAR = 0xe7;
const LONGEST_NVARCHAR = 8000;
const NULL_LENGTH = 0xffff;
const SQL_TSQL = 1;
/** What tokens look like depends on the client: TDS 7.2 made row counts, line numbers and user types wider. */
export type TdsVersion = '7.1' | '7.4';
/** As LOGINACK says it; the one big-endian integer here. */
const TDS_VERSION = { '7.1': 0x71000001, '7.4': 0x74000004 } as const;

export function loginAck(build: string, tds: TdsVersion = '7.4'): Buffer {
  const [major = 0, minor = 0, number = 0] = build.split('.').map(Number);
  const version = Buffer.alloc(4);
  version.writeUInt32BE(TDS_VERSION[tds]);
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

/** The one ENVCHANGE whose values are bytes: new with its length, then no old one. */
export function collationChange(): Buffer {
  const values = Buffer.from([COLLATION.length, ...COLLATION, 0]);
  return sized(TOKEN.ENVCHANGE, Buffer.from([ENVCHANGE_TYPE.SQL_COLLATION]), values);
}

/** [MS-TDS] 2.2.7.9, type 20: go on to another server. Protocol 0 is TCP; no old value. */
export function routing(host: string, port: number): Buffer {
  const data = Buffer.alloc(5);
  data.writeUInt16LE(port, 1);
  data.writeUInt16LE(host.length, 3);
  const value = Buffer.concat([data, Buffer.from(host, 'utf16le')]);
  const length = Buffer.alloc(2);
  length.writeUInt16LE(value.length);
  return sized(TOKEN.ENVCHANGE, Buffer.from([ENVCHANGE_TYPE.ROUTING]), length, value, Buffer.alloc(2));
}

/** Rows of NVARCHAR(4000) columns; a number is sent as its digits, as the queries of a login cast or read them. */
export function table(
  columns: readonly string[],
  rows: readonly (readonly (string | number | null)[])[],
): Buffer {
  const head = Buffer.alloc(3);
  head.writeUInt8(TOKEN.COLMETADATA);
  head.writeUInt16LE(columns.length, 1);
  // UserType, then the flag NULLABLE.
  const type = Buffer.from([0, 0, 0, 0, 0x01, 0, NVARCHAR, 0, 0]);
  type.writeUInt16LE(LONGEST_NVARCHAR, 7);
  const described = columns.flatMap((column) => [type, COLLATION, shortText(column)]);
  return Buffer.concat([
    head,
    ...described,
    ...rows.flatMap((row) => [Buffer.from([TOKEN.ROW]), ...row.map(nvarchar)]),
  ]);
}

function nvarchar(value: string | number | null): Buffer {
  const length = Buffer.alloc(2);
  const text = value === null ? null : Buffer.from(String(value), 'utf16le');
  length.writeUInt16LE(text === null ? NULL_LENGTH : text.length);
  return text === null ? length : Buffer.concat([length, text]);
}

/** One row of one INT column; `column` is at most 255 characters long. */
export function oneInteger(value: number, column: string, tds: TdsVersion = '7.4'): Buffer {
  const number = Buffer.alloc(4);
  number.writeInt32LE(value);
  return Buffer.concat([
    Buffer.from([TOKEN.COLMETADATA, 1, 0]),
    Buffer.alloc(tds === '7.1' ? 2 : 4),
    Buffer.from([0, 0, INT4]),
    shortText(column),
    Buffer.from([TOKEN.ROW]),
    number,
  ]);
}

/** Class 16: the statement failed. */
export const errorMessage = (number: number, text: string, tds: TdsVersion = '7.4') =>
  message(TOKEN.ERROR, number, 16, text, tds);
/** Class 0: for information. */
export const infoMessage = (number: number, text: string, tds: TdsVersion = '7.4') =>
  message(TOKEN.INFO, number, 0, text, tds);

function message(token: number, number: number, severity: number, text: string, tds: TdsVersion): Buffer {
  const head = Buffer.alloc(6);
  head.writeInt32LE(number);
  head.writeUInt8(1, 4);
  head.writeUInt8(severity, 5);
  const length = Buffer.alloc(2);
  length.writeUInt16LE(text.length);
  const line = Buffer.alloc(tds === '7.1' ? 2 : 4);
  line.writeUInt8(1);
  return sized(token, head, length, Buffer.from(text, 'utf16le'), shortText(LAB), shortText(''), line);
}

/** `rows` counts with {@link DONE_STATUS}.COUNT alone. */
export function done(status: number, rows = 0, tds: TdsVersion = '7.4'): Buffer {
  const token = Buffer.alloc(tds === '7.1' ? 9 : 13);
  token.writeUInt8(TOKEN.DONE, 0);
  token.writeUInt16LE(status, 1);
  token.writeUInt32LE(rows, 5);
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

/** The next step of a login with integrated security. */
export const securityToken = (token: Buffer) => sized(TOKEN.SSPI, token);
