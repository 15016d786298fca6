/** Certificates with one odd thing each, signed for real: X.509 (RFC 5280 §4.1) written element by element. */
import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';

export interface KeyPair {
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

export const RSA: KeyPair = generateKeyPairSync('rsa', { modulusLength: 2048 });
export const OTHER_RSA: KeyPair = generateKeyPairSync('rsa', { modulusLength: 2048 });

export interface Wanted {
  /** Contents of the serial's INTEGER. */
  readonly serial?: Uint8Array;
  /** Distinguished names, whole; see {@link commonName}. */
  readonly subject?: Buffer;
  readonly issuer?: Buffer;
  readonly notBefore?: Buffer;
  readonly notAfter?: Buffer;
  /** `null`: X.509 v1, which has neither version nor extensions. */
  readonly dnsNames?: readonly string[] | null;
  /** Extensions beside the names, whole; see {@link extension}. */
  readonly extensions?: readonly Buffer[];
  /** AlgorithmIdentifier, whole; the inner one differs only when it is given. */
  readonly algorithm?: Buffer;
  readonly innerAlgorithm?: Buffer;
  readonly keys?: KeyPair;
  readonly signer?: KeyPair;
  /** As node:crypto names it; `null` where the key type decides (Ed25519, Ed448). */
  readonly hash?: string | null;
}

export const algorithm = (id: string, parameters: Buffer = der(0x05)): Buffer =>
  sequence(oid(id), parameters);
export const SHA256_WITH_RSA = algorithm('1.2.840.113549.1.1.11');

const PLAIN = {
  serial: Uint8Array.of(0x2a),
  notBefore: der(0x17, '260101000000Z'),
  notAfter: der(0x17, '360101000000Z'),
  dnsNames: ['sql01.contoso.example'],
  algorithm: SHA256_WITH_RSA,
  keys: RSA,
  hash: 'sha256',
} satisfies Wanted;

export function madeCertificate(wanted: Wanted = {}): Buffer {
  const all = { ...PLAIN, ...wanted };
  const subject = all.subject ?? commonName('sql01.contoso.example');
  const v1 = all.dnsNames === null;
  const names = (all.dnsNames ?? []).map((name) => der(0x82, name));
  const extensions = [
    ...(names.length > 0 ? [extension('2.5.29.17', sequence(...names))] : []),
    ...(all.extensions ?? []),
  ];
  const tbs = sequence(
    ...(v1 ? [] : [der(0xa0, der(0x02, Uint8Array.of(2)))]),
    der(0x02, all.serial),
    all.innerAlgorithm ?? all.algorithm,
    all.issuer ?? subject,
    sequence(all.notBefore, all.notAfter),
    subject,
    all.keys.publicKey.export({ type: 'spki', format: 'der' }),
    ...(extensions.length > 0 ? [der(0xa3, sequence(...extensions))] : []),
  );
  const signature = sign(all.hash, tbs, (all.signer ?? all.keys).privateKey);
  return sequence(tbs, all.algorithm, der(0x03, Uint8Array.of(0), signature));
}

export const extension = (id: string, value: Buffer): Buffer => sequence(oid(id), der(0x04, value));
export const purposes = (...ids: readonly string[]): Buffer =>
  extension('2.5.29.37', sequence(...ids.map(oid)));
/** `bits`: from the unused ones on, as in the BIT STRING. */
export const keyUsage = (...bits: readonly number[]): Buffer =>
  extension('2.5.29.15', der(0x03, Uint8Array.from(bits)));
export const basicConstraints = (ca: boolean): Buffer =>
  extension('2.5.29.19', ca ? sequence(der(0x01, Uint8Array.of(0xff))) : sequence());
export const SERVER_AUTH = '1.3.6.1.5.5.7.3.1';

export const pem = (certificate: Buffer): string =>
  `-----BEGIN CERTIFICATE-----\n${certificate.toString('base64')}\n-----END CERTIFICATE-----\n`;

export const UTF8_STRING = 0x0c;
export const BMP_STRING = 0x1e;

/** A name of one CN; BMPString is UTF-16, big-endian. */
export function commonName(text: string, tag = UTF8_STRING): Buffer {
  const bytes = tag === BMP_STRING ? Buffer.from(text, 'utf16le').swap16() : Buffer.from(text);
  return sequence(der(0x31, sequence(oid('2.5.4.3'), der(tag, bytes))));
}

export function sequence(...parts: readonly Buffer[]): Buffer {
  return der(0x30, ...parts);
}

/** Tag, length in its shortest form, value. */
export function der(tag: number, ...parts: readonly (Uint8Array | string)[]): Buffer {
  const value = Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : part)));
  const digits = value.length.toString(16);
  const length = Buffer.from(digits.padStart(digits.length + (digits.length % 2), '0'), 'hex');
  const head = value.length < 0x80 ? [tag, value.length] : [tag, 0x80 | length.length, ...length];
  return Buffer.concat([Buffer.from(head), value]);
}

export function oid(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const arcs = [first * 40 + second, ...rest].flatMap((arc) => {
    const groups = [arc & 0x7f];
    for (let left = arc >>> 7; left > 0; left >>>= 7) groups.unshift(0x80 | (left & 0x7f));
    return groups;
  });
  return der(0x06, Buffer.from(arcs));
}
