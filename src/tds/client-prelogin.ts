/** PRELOGIN from a client's side: [MS-TDS] 2.2.6.5. */
import type { EncryptionOption } from '../model/observation.ts';
import { encodeMessage, PACKET_TYPE } from './packet.ts';
import { encodePrelogin } from './prelogin.ts';

/** What we say of our own version: a driver of today. */
const CLIENT_VERSION = '18.0.0';

/** Bytes of an answer, which needs less than a hundred. */
export const MAX_PRELOGIN = 16 * 1024;
/** INSTOPT of an answer that says "I am another instance". */
export const OTHER_INSTANCE = '\u0001';

/** The message in its packet. `instance`: `null` for none. */
export function clientPrelogin(encryption: EncryptionOption, instance: string | null): Buffer {
  const prelogin = encodePrelogin({ version: CLIENT_VERSION, encryption, instance: instance ?? '' });
  return encodeMessage(PACKET_TYPE.PRELOGIN, prelogin);
}
