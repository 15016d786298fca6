/** The CHALLENGE that a SQL Server on Windows answers a login with integrated security with: [MS-NLMP] 2.2.1.2. */

/** The machine that the lab plays. */
export interface LabWindows {
  /** `major.minor.build`. */
  readonly build: string;
  /** NetBIOS name. */
  readonly computer: string;
  /** NetBIOS name, and its DNS name. */
  readonly domain: readonly [netbios: string, dns: string];
}

const HEADER_LENGTH = 56;
const CHALLENGE = 2;
/** UNICODE, REQUEST_TARGET, NTLM, TARGET_INFO, VERSION: [MS-NLMP] 2.2.2.5. */
const FLAGS = 0x02800205;
const NTLM_REVISION = 15;
/** 2026-01-01 as FILETIME: reports must be the same on every run. */
const TIME = 134_116_992_000_000_000n;

export function encodeChallenge({ build, computer, domain: [netbios, dns] }: LabWindows): Buffer {
  const name = Buffer.from(netbios, 'utf16le');
  const time = Buffer.alloc(8);
  time.writeBigUInt64LE(TIME);
  const info = Buffer.concat([
    text(2, netbios),
    text(1, computer),
    text(4, dns),
    text(3, `${computer.toLowerCase()}.${dns}`),
    pair(7, time),
    pair(0, Buffer.alloc(0)),
  ]);
  const header = Buffer.alloc(HEADER_LENGTH);
  header.write('NTLMSSP\0', 'latin1');
  header.writeUInt32LE(CHALLENGE, 8);
  field(header, 12, name.length, HEADER_LENGTH);
  header.writeUInt32LE(FLAGS, 20);
  field(header, 40, info.length, HEADER_LENGTH + name.length);
  const [major = 0, minor = 0, number = 0] = build.split('.').map(Number);
  header.writeUInt8(major, 48);
  header.writeUInt8(minor, 49);
  header.writeUInt16LE(number, 50);
  header.writeUInt8(NTLM_REVISION, 55);
  return Buffer.concat([header, name, info]);
}

function field(header: Buffer, at: number, length: number, offset: number): void {
  header.writeUInt16LE(length, at);
  header.writeUInt16LE(length, at + 2);
  header.writeUInt32LE(offset, at + 4);
}

const text = (id: number, value: string) => pair(id, Buffer.from(value, 'utf16le'));

/** AV_PAIR: id, length, value. */
function pair(id: number, value: Buffer): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt16LE(id, 0);
  head.writeUInt16LE(value.length, 2);
  return Buffer.concat([head, value]);
}
