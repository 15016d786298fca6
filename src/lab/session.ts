/** What comes after the handshake: LOGIN7 and SQL batches, answered well enough for a driver's `connect` and `select 1`. */
import { PACKET_TYPE } from '../tds/packet.ts';
import { databaseChange, done, errorMessage, loginAck, oneInteger, packetSizeChange } from './tokens.ts';

const PACKET_SIZE = 4096;

/**
 * The answer to one whole message, `null` for a type the lab does not speak. Nothing of a login is kept: any user comes
 * in, and the password is never looked at.
 */
export function respond(type: number, message: Buffer, build: string): Buffer | null {
  if (type === PACKET_TYPE.LOGIN7) {
    return Buffer.concat([
      databaseChange('master'),
      packetSizeChange(PACKET_SIZE),
      loginAck(build),
      done(null),
    ]);
  }
  return type === PACKET_TYPE.BATCH ? answerBatch(batchText(message)) : null;
}

function answerBatch(sql: string): Buffer {
  const number = /^\s*select\s+(\d{1,9})\s*(?:as\s+\w+\s*)?;?\s*$/i.exec(sql)?.[1];
  if (number !== undefined) return Buffer.concat([oneInteger(Number(number)), done(1)]);
  // Drivers set their session up with a batch of SET statements.
  if (/^\s*set\s/i.test(sql)) return done(null);
  return Buffer.concat([
    errorMessage(40_000, 'The lab answers SELECT of a number, and SET.'),
    done(null, true),
  ]);
}

/** SQL text after ALL_HEADERS ([MS-TDS] 2.2.5.3), whose total length comes first. */
function batchText(message: Buffer): string {
  const headers = message.length >= 4 ? message.readUInt32LE(0) : 0;
  return message.subarray(Math.min(headers, message.length)).toString('utf16le');
}
