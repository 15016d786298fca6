/** What comes after the handshake: LOGIN7 and SQL batches, answered well enough for a driver's `connect` and `select 1`. */
import { PACKET_TYPE } from '../tds/packet.ts';
import { encodeChallenge } from './ntlm.ts';
import type { LabProfile } from './profiles.ts';
import { answerQuery, refusal } from './queries.ts';
import {
  collationChange,
  DONE_STATUS,
  databaseChange,
  done,
  errorMessage,
  infoMessage,
  loginAck,
  oneInteger,
  packetSizeChange,
  routing,
  securityToken,
  type TdsVersion,
} from './tokens.ts';

const PACKET_SIZE = 4096;
/** Types that only a session has, [MS-TDS] 2.2.3.1.1. */
const RPC = 0x03;
const ATTENTION = 0x06;
/** Numbers of sys.messages; 40000 and above are no one's. */
const CHANGED_DATABASE = 5701;
const UNTRUSTED_DOMAIN = 18_452;
const NOT_PLAYED = 40_000;
/** What every SQL Server answers, unless started with /p. */
const MAX_PRECISION = 38;
/** TDSVersion of LOGIN7, little-endian there. */
const TDS_7_0 = 0x70000000;
const TDS_7_2 = 0x72090002;

/**
 * The answer to one whole message, `null` for a type the lab does not speak. Nothing of a login is kept: any user comes
 * in unless the profile lets nobody in, and the password is never looked at.
 */
export function respond(
  type: number,
  message: Buffer,
  profile: LabProfile,
  tds: TdsVersion = '7.4',
): Buffer | null {
  switch (type) {
    case PACKET_TYPE.LOGIN7:
      return refusal(profile) ?? (isIntegrated(message) ? challenge(profile, tds) : welcome(profile, tds));
    case PACKET_TYPE.BATCH:
      return answerBatch(batchText(message, tds), profile, tds);
    case RPC:
      return notPlayed(tds);
    case ATTENTION:
      return done(DONE_STATUS.ATTENTION, 0, tds);
    default:
      return null;
  }
}

/** fIntSecurity of OptionFlags2. */
const isIntegrated = (message: Buffer) => message.length > 25 && (message.readUInt8(25) & 0x80) !== 0;

/** A domain's login goes no further than this. */
function challenge({ windows }: LabProfile, tds: TdsVersion): Buffer {
  if (windows) return securityToken(encodeChallenge(windows));
  const text =
    'Login failed. The login is from an untrusted domain and cannot be used with Integrated authentication.';
  return Buffer.concat([errorMessage(UNTRUSTED_DOMAIN, text, tds), done(DONE_STATUS.ERROR, 0, tds)]);
}

/** The version a LOGIN7 message asks for, [MS-TDS] 2.2.6.4: jTDS stays at 7.1. */
export function versionOfLogin(message: Buffer): TdsVersion {
  const asked = message.length >= 8 ? message.readUInt32LE(4) : TDS_7_2;
  return asked >= TDS_7_0 && asked < TDS_7_2 ? '7.1' : '7.4';
}

function welcome({ build, session }: LabProfile, tds: TdsVersion): Buffer {
  return Buffer.concat([
    databaseChange('master'),
    infoMessage(CHANGED_DATABASE, "Changed database context to 'master'.", tds),
    collationChange(),
    loginAck(build, tds),
    packetSizeChange(PACKET_SIZE),
    ...(session?.routesTo ? [routing(session.routesTo.host, session.routesTo.port)] : []),
    done(DONE_STATUS.FINAL, 0, tds),
  ]);
}

function answerBatch(sql: string, profile: LabProfile, tds: TdsVersion): Buffer {
  const known = answerQuery(sql, profile);
  if (known) return known;
  const integer = (value: number, column: string) =>
    Buffer.concat([oneInteger(value, column, tds), done(DONE_STATUS.COUNT, 1, tds)]);
  const select = /^\s*select\s+(\d{1,9})(?:\s+as\s+(\w{1,128}))?\s*;?\s*$/i.exec(sql);
  if (select) {
    const [, number, column = ''] = select;
    return integer(Number(number), column);
  }
  // Drivers set their session up with a batch of SET statements; jTDS asks for the precision of DECIMAL with it.
  if (/^\s*select\s+@@max_precision\s/i.test(sql)) return integer(MAX_PRECISION, '');
  return /^\s*set\s/i.test(sql) ? done(DONE_STATUS.FINAL, 0, tds) : notPlayed(tds);
}

function notPlayed(tds: TdsVersion): Buffer {
  const text = 'The lab answers SELECT of a number, what a login of this tool asks, and SET.';
  return Buffer.concat([errorMessage(NOT_PLAYED, text, tds), done(DONE_STATUS.ERROR, 0, tds)]);
}

/** SQL text after ALL_HEADERS ([MS-TDS] 2.2.5.3), whose total length comes first; before TDS 7.2 there are none. */
function batchText(message: Buffer, tds: TdsVersion): string {
  if (tds === '7.1') return message.toString('utf16le');
  const headers = message.length >= 4 ? message.readUInt32LE(0) : 0;
  return message.subarray(Math.min(headers, message.length)).toString('utf16le');
}
