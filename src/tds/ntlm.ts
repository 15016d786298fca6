/**
 * NTLM as far as its CHALLENGE, [MS-NLMP] 2.2.1. Integers are little-endian, text is UTF-16LE. No AUTHENTICATE message is
 * ever made here, so no credential can leave.
 */
import { TdsError } from './packet.ts';

const SIGNATURE = Buffer.from('NTLMSSP\0', 'latin1');
const MESSAGE = { NEGOTIATE: 1, CHALLENGE: 2 } as const;
/** [MS-NLMP] 2.2.2.5: what a Windows client of today asks for, names and the server's version among it. */
const FLAGS =
  0x00000001 | // NEGOTIATE_UNICODE
  0x00000004 | // REQUEST_TARGET
  0x00000200 | // NEGOTIATE_NTLM
  0x00008000 | // NEGOTIATE_ALWAYS_SIGN
  0x00080000 | // NEGOTIATE_EXTENDED_SESSIONSECURITY
  0x00800000 | // NEGOTIATE_TARGET_INFO
  0x02000000; // NEGOTIATE_VERSION
const NEGOTIATE_VERSION = 0x02000000;
const NEGOTIATE_LENGTH = 40;
const CHALLENGE_LENGTH = 48;
/** MsvAvId, [MS-NLMP] 2.2.2.1. */
const AV = { EOL: 0, NB_COMPUTER: 1, NB_DOMAIN: 2, DNS_COMPUTER: 3, DNS_DOMAIN: 4, TIMESTAMP: 7 } as const;
const MAX_PAIRS = 32;
/** Bytes: a DNS name has at most 255 characters, a NetBIOS name 15. */
const MAX_NAME = 2 * 255;
/** Between 1601-01-01, where FILETIME begins, and 1970-01-01: milliseconds. */
const FILETIME_EPOCH_MS = 11_644_473_600_000n;
const FILETIME_PER_MS = 10_000n;

/** What a server says of itself in a CHALLENGE. */
export interface NtlmChallenge {
  /** `major.minor.build` of its Windows; `null` when it does not say. */
  readonly version: string | null;
  readonly netbiosComputer: string | null;
  readonly netbiosDomain: string | null;
  readonly dnsComputer: string | null;
  readonly dnsDomain: string | null;
  /** Its clock, ISO 8601, UTC. */
  readonly time: string | null;
}

/** The first message: no domain, no workstation, no version of ours. */
export function encodeNegotiate(): Buffer {
  const message = Buffer.alloc(NEGOTIATE_LENGTH);
  SIGNATURE.copy(message);
  message.writeUInt32LE(MESSAGE.NEGOTIATE, 8);
  message.writeUInt32LE(FLAGS, 12);
  return message;
}

/**
 * The CHALLENGE in a security token, bare or inside of SPNEGO (RFC 4178).
 * @throws {TdsError} when there is none, when its fields point outside of it, or when a name is longer than names are.
 */
export function decodeChallenge(token: Uint8Array): NtlmChallenge {
  const bytes = Buffer.from(token.buffer, token.byteOffset, token.byteLength);
  const start = bytes.indexOf(SIGNATURE);
  if (start < 0)
    throw new TdsError('it goes on with something else than NTLM: perhaps it takes Kerberos alone');
  const message = bytes.subarray(start);
  if (message.length < CHALLENGE_LENGTH || message.readUInt32LE(8) !== MESSAGE.CHALLENGE)
    throw new TdsError('no NTLM challenge');
  const flags = message.readUInt32LE(20);
  const pairs = pairsOf(fieldOf(message, 40));
  const text = (id: number) => nameOf(pairs.get(id));
  return {
    version:
      (flags & NEGOTIATE_VERSION) !== 0 && message.length >= 56 ? versionOf(message.subarray(48)) : null,
    netbiosComputer: text(AV.NB_COMPUTER),
    netbiosDomain: text(AV.NB_DOMAIN),
    dnsComputer: text(AV.DNS_COMPUTER),
    dnsDomain: text(AV.DNS_DOMAIN),
    time: timeOf(pairs.get(AV.TIMESTAMP)),
  };
}

/** VERSION, [MS-NLMP] 2.2.2.10. */
const versionOf = (bytes: Buffer) => `${bytes.readUInt8(0)}.${bytes.readUInt8(1)}.${bytes.readUInt16LE(2)}`;

/** Len, MaxLen and BufferOffset of a payload, which counts from the start of the message. */
function fieldOf(message: Buffer, at: number): Buffer {
  const length = message.readUInt16LE(at);
  const offset = message.readUInt32LE(at + 4);
  if (offset + length > message.length) throw new TdsError('an NTLM challenge that points outside of itself');
  return message.subarray(offset, offset + length);
}

/** AV_PAIR, [MS-NLMP] 2.2.2.1: id, length, value, up to MsvAvEOL. */
function pairsOf(info: Buffer): ReadonlyMap<number, Buffer> {
  const pairs = new Map<number, Buffer>();
  for (let at = 0; at + 4 <= info.length && pairs.size < MAX_PAIRS; ) {
    const [id, length] = [info.readUInt16LE(at), info.readUInt16LE(at + 2)];
    if (id === AV.EOL) break;
    if (at + 4 + length > info.length)
      throw new TdsError('an NTLM challenge whose target information is cut');
    pairs.set(id, info.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return pairs;
}

function nameOf(bytes: Buffer | undefined): string | null {
  if (bytes === undefined) return null;
  if (bytes.length > MAX_NAME)
    throw new TdsError('an NTLM challenge with a name of more than 255 characters');
  return bytes.toString('utf16le');
}

/** FILETIME: tenths of microseconds since 1601. A clock beyond what a date can say is none. */
function timeOf(bytes: Buffer | undefined): string | null {
  if (bytes?.length !== 8) return null;
  const date = new Date(Number(bytes.readBigUInt64LE() / FILETIME_PER_MS - FILETIME_EPOCH_MS));
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}
