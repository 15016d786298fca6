/** What comes after the handshake: LOGIN7 and SQL batches, answered well enough for a driver's `connect` and `select 1`. */
import { PACKET_TYPE } from '../tds/packet.ts';
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
} from './tokens.ts';

const PACKET_SIZE = 4096;
/** Types that only a session has, [MS-TDS] 2.2.3.1.1. */
const RPC = 0x03;
const ATTENTION = 0x06;
/** Numbers of sys.messages; 40000 and above are no one's. */
const CHANGED_DATABASE = 5701;
const NOT_PLAYED = 40_000;

/**
 * The answer to one whole message, `null` for a type the lab does not speak. Nothing of a login is kept: any user comes
 * in unless the profile lets nobody in, and the password is never looked at.
 */
export function respond(type: number, message: Buffer, profile: LabProfile): Buffer | null {
  switch (type) {
    case PACKET_TYPE.LOGIN7:
      return refusal(profile) ?? welcome(profile);
    case PACKET_TYPE.BATCH:
      return answerBatch(batchText(message), profile);
    case RPC:
      return notPlayed();
    case ATTENTION:
      return done(DONE_STATUS.ATTENTION);
    default:
      return null;
  }
}

function welcome({ build, session }: LabProfile): Buffer {
  return Buffer.concat([
    databaseChange('master'),
    infoMessage(CHANGED_DATABASE, "Changed database context to 'master'."),
    collationChange(),
    loginAck(build),
    packetSizeChange(PACKET_SIZE),
    ...(session?.routesTo ? [routing(session.routesTo.host, session.routesTo.port)] : []),
    done(DONE_STATUS.FINAL),
  ]);
}

function answerBatch(sql: string, profile: LabProfile): Buffer {
  const known = answerQuery(sql, profile);
  if (known) return known;
  const select = /^\s*select\s+(\d{1,9})(?:\s+as\s+(\w{1,128}))?\s*;?\s*$/i.exec(sql);
  if (select) {
    const [, number, column = ''] = select;
    return Buffer.concat([oneInteger(Number(number), column), done(DONE_STATUS.COUNT, 1)]);
  }
  // Drivers set their session up with a batch of SET statements.
  return /^\s*set\s/i.test(sql) ? done(DONE_STATUS.FINAL) : notPlayed();
}

function notPlayed(): Buffer {
  const text = 'The lab answers SELECT of a number, what a login of this tool asks, and SET.';
  return Buffer.concat([errorMessage(NOT_PLAYED, text), done(DONE_STATUS.ERROR)]);
}

/** SQL text after ALL_HEADERS ([MS-TDS] 2.2.5.3), whose total length comes first. */
function batchText(message: Buffer): string {
  const headers = message.length >= 4 ? message.readUInt32LE(0) : 0;
  return message.subarray(Math.min(headers, message.length)).toString('utf16le');
}
