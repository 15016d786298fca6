/** The tokens that answer a LOGIN7, [MS-TDS] 2.2.7, as far as they tell how it went. Integers are little-endian. */
import { TdsError } from './packet.ts';

const TOKEN = { ERROR: 0xaa, INFO: 0xab, LOGINACK: 0xad, ENVCHANGE: 0xe3, SSPI: 0xed, DONE: 0xfd } as const;
/** These say their length in two bytes after the token. */
const SIZED: ReadonlySet<number> = new Set([
  TOKEN.ERROR,
  TOKEN.INFO,
  TOKEN.LOGINACK,
  TOKEN.ENVCHANGE,
  TOKEN.SSPI,
]);

/** Characters: no text of sys.messages is longer. */
const MAX_TEXT = 2047;

export type LoginAnswer =
  /** The server goes on with this security token. */
  | { readonly kind: 'sspi'; readonly token: Buffer }
  /** Number of sys.messages, and its text, at most 2,047 characters of it. */
  | { readonly kind: 'error'; readonly number: number; readonly message: string }
  | { readonly kind: 'accepted' };

/** The first token that decides. @throws {TdsError} when there is none, or a length points outside. */
export function readLoginAnswer(message: Buffer): LoginAnswer {
  for (let at = 0; at < message.length; ) {
    const token = message.readUInt8(at);
    if (token === TOKEN.DONE) break;
    if (!SIZED.has(token)) throw new TdsError(`token 0x${token.toString(16)} in the answer to a login`);
    if (at + 3 > message.length) break;
    const end = at + 3 + message.readUInt16LE(at + 1);
    if (end > message.length) throw new TdsError('an answer to a login that is cut');
    const body = message.subarray(at + 3, end);
    if (token === TOKEN.SSPI) return { kind: 'sspi', token: body };
    if (token === TOKEN.ERROR) return errorOf(body);
    if (token === TOKEN.LOGINACK) return { kind: 'accepted' };
    at = end;
  }
  throw new TdsError('an answer to a login that does not say how it went');
}

/** Number, state, class, then the text with its length in characters. */
function errorOf(body: Buffer): LoginAnswer {
  if (body.length < 8) throw new TdsError('an error that is cut');
  const length = Math.min(body.readUInt16LE(6), MAX_TEXT) * 2;
  return {
    kind: 'error',
    number: body.readInt32LE(0),
    message: body.subarray(8, 8 + length).toString('utf16le'),
  };
}
