/** Distinguished Encoding Rules, X.690: as much as reading a certificate needs. */
import { TlsError } from './wire.ts';

export const TAG = {
  BOOLEAN: 0x01,
  INTEGER: 0x02,
  BIT_STRING: 0x03,
  OCTET_STRING: 0x04,
  OBJECT_IDENTIFIER: 0x06,
  UTC_TIME: 0x17,
  GENERALIZED_TIME: 0x18,
  SEQUENCE: 0x30,
  CONTEXT_0: 0xa0,
  CONTEXT_3: 0xa3,
} as const;

/** One element: tag, contents, and the whole with its header. */
export interface Element {
  readonly tag: number;
  readonly contents: Buffer;
  readonly whole: Buffer;
}

/** The elements that lie one after the other in `bytes`. @throws {TlsError} for a length that lies. */
export function elements(bytes: Buffer): Element[] {
  const found: Element[] = [];
  for (let at = 0; at < bytes.length; ) {
    const element = elementAt(bytes, at);
    found.push(element);
    at += element.whole.length;
  }
  return found;
}

function elementAt(bytes: Buffer, at: number): Element {
  const tag = bytes[at];
  const first = bytes[at + 1];
  if (tag === undefined || first === undefined) throw new TlsError('a DER element is cut');
  const lengthBytes = first < 0x80 ? 0 : first & 0x7f;
  if (first === 0x80 || lengthBytes > 4) throw new TlsError('a DER length that is indefinite or too large');
  if (at + 2 + lengthBytes > bytes.length) throw new TlsError('a DER length is cut');
  const length = lengthBytes === 0 ? first : bytes.readUIntBE(at + 2, lengthBytes);
  const start = at + 2 + lengthBytes;
  if (start + length > bytes.length) throw new TlsError('a DER element reaches beyond the end');
  return { tag, contents: bytes.subarray(start, start + length), whole: bytes.subarray(at, start + length) };
}

/** The elements of a constructed element. @throws {TlsError} when it has another tag. */
export function children(element: Element | undefined, tag: number): Element[] {
  if (element?.tag !== tag) throw new TlsError(`expected a DER element of tag 0x${tag.toString(16)}`);
  return elements(element.contents);
}

/** Dotted decimal, X.690 §8.19. */
export function objectIdentifier(element: Element | undefined): string {
  if (element?.tag !== TAG.OBJECT_IDENTIFIER) throw new TlsError('expected an OBJECT IDENTIFIER');
  const arcs: number[] = [];
  let arc = 0;
  for (const byte of element.contents) {
    if (arc > 2 ** 40) throw new TlsError('an OBJECT IDENTIFIER arc is too large');
    arc = arc * 128 + (byte & 0x7f);
    if ((byte & 0x80) === 0) {
      arcs.push(arc);
      arc = 0;
    }
  }
  const [head = 0, ...rest] = arcs;
  const top = Math.min(Math.floor(head / 40), 2);
  return [top, head - top * 40, ...rest].join('.');
}

/** Hexadecimal, upper case, whole bytes, with a minus sign where it is negative (X.690 §8.3). */
export function integer(element: Element | undefined): string {
  if (element?.tag !== TAG.INTEGER || element.contents.length === 0)
    throw new TlsError('expected an INTEGER');
  const unsigned = BigInt(`0x${element.contents.toString('hex')}`);
  const digits = BigInt.asIntN(element.contents.length * 8, unsigned)
    .toString(16)
    .toUpperCase();
  const [sign, value] = digits.startsWith('-') ? ['-', digits.slice(1)] : ['', digits];
  return `${sign}${value.padStart(value.length + (value.length % 2), '0')}`;
}

/** UTCTime or GeneralizedTime as ISO 8601 in UTC, RFC 5280 §4.1.2.5: years of two digits from 50 on are 19xx. */
export function time(element: Element | undefined): string {
  const text = element?.contents.toString('latin1') ?? '';
  const digits =
    element?.tag === TAG.UTC_TIME ? `${Number(text.slice(0, 2)) >= 50 ? '19' : '20'}${text}` : text;
  const parts = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?Z$/.exec(digits);
  const isTime = element?.tag === TAG.UTC_TIME || element?.tag === TAG.GENERALIZED_TIME;
  if (!isTime || !parts) throw new TlsError('expected a time in UTC');
  const [, year, month, day, hour, minute, second = '00'] = parts;
  const written = `${year}-${month}-${day}T${hour}:${minute}:${second}`;
  // A day or hour that the calendar lacks is refused by Date, or rolls over into the next.
  const counted = new Date(`${written}Z`);
  if (Number.isNaN(counted.getTime()) || !counted.toISOString().startsWith(written))
    throw new TlsError('a time that the calendar does not have');
  return `${written}Z`;
}
