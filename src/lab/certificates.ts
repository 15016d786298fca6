/** Mints X.509 v3 certificates (RFC 5280) for lab servers: keys are new in each process, everything else is fixed. */
import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';

export interface CertificateSpec {
  readonly commonName: string;
  readonly dnsNames: readonly string[];
  readonly hash: 'md5' | 'sha1' | 'sha224' | 'sha256' | 'sha384' | 'sha512';
  /** Signed by itself, or by the lab's own CA. */
  readonly signedBy: 'itself' | 'ca';
  /** Years from the beginning of 2026 for which it is valid; 0: it is out of date. Absent: ten. */
  readonly years?: number;
  /** As SQL Server mints one when none is configured: BMPString name, no extensions, valid for 30 years. */
  readonly fallback?: true;
}

export interface MintedCertificate {
  /** PEM of the leaf, followed by its issuer when there is one. */
  readonly chain: string;
  readonly key: string;
}

/** Reports must be the same on every run: dates and serials never change. */
const FIRST_YEAR = 2026;
const YEARS = 10;
const FALLBACK_YEARS = 30;
/** From this year on dates are GeneralizedTime, before it they must be UTCTime (RFC 5280 §4.1.2.5). */
const FIRST_GENERALIZED_YEAR = 2050;
const CA_NAME = 'Lab CA';

const TAG = {
  BOOLEAN: 0x01,
  INTEGER: 0x02,
  BIT_STRING: 0x03,
  OCTET_STRING: 0x04,
  NULL: 0x05,
  OBJECT_IDENTIFIER: 0x06,
  UTF8_STRING: 0x0c,
  UTC_TIME: 0x17,
  GENERALIZED_TIME: 0x18,
  BMP_STRING: 0x1e,
  SEQUENCE: 0x30,
  SET: 0x31,
  /** `dNSName` of GeneralName. */
  CONTEXT_2: 0x82,
  CONTEXT_0_CONSTRUCTED: 0xa0,
  CONTEXT_3_CONSTRUCTED: 0xa3,
} as const;
/** BIT STRING of KeyUsage: unused bits, then the bits (RFC 5280 §4.2.1.3). */
const SIGN_AND_ENCIPHER = [5, 0xa0];
const SIGN_CERTIFICATES = [1, 0x06];

const SIGNATURE_OID: Readonly<Record<CertificateSpec['hash'], string>> = {
  md5: '1.2.840.113549.1.1.4',
  sha1: '1.2.840.113549.1.1.5',
  sha224: '1.2.840.113549.1.1.14',
  sha256: '1.2.840.113549.1.1.11',
  sha384: '1.2.840.113549.1.1.12',
  sha512: '1.2.840.113549.1.1.13',
};

interface Keys {
  readonly leaf: KeyPair;
  readonly ca: KeyPair;
}
interface KeyPair {
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

let keys: Keys | undefined;

/** Two RSA 2048 key pairs per process: making one takes longer than everything else here. */
function labKeys(): Keys {
  keys ??= {
    leaf: generateKeyPairSync('rsa', { modulusLength: 2048 }),
    ca: generateKeyPairSync('rsa', { modulusLength: 2048 }),
  };
  return keys;
}

/** The same spec gives the same certificate all through a process. */
export function mintCertificate(spec: CertificateSpec): MintedCertificate {
  const { leaf, ca } = labKeys();
  const self = spec.signedBy === 'itself';
  const own = certificate({
    subject: name(spec.commonName, spec.fallback ? TAG.BMP_STRING : TAG.UTF8_STRING),
    issuer: self ? null : name(CA_NAME),
    publicKey: leaf.publicKey,
    signer: self ? leaf.privateKey : ca.privateKey,
    hash: spec.hash,
    years: spec.years ?? (spec.fallback ? FALLBACK_YEARS : YEARS),
    extensions: spec.fallback ? [] : serverExtensions(spec.dnsNames),
  });
  return {
    chain: self ? pem(own) : pem(own) + pem(authority(ca)),
    key: leaf.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

function serverExtensions(dnsNames: readonly string[]): Buffer[] {
  const names = dnsNames.map((one) => tlv(TAG.CONTEXT_2, Buffer.from(one)));
  return [
    ...(names.length > 0 ? [extension('2.5.29.17', false, sequence(...names))] : []),
    extension('2.5.29.37', false, sequence(oid('1.3.6.1.5.5.7.3.1'))),
    keyUsage(SIGN_AND_ENCIPHER),
  ];
}

function authority(ca: KeyPair): Buffer {
  return certificate({
    subject: name(CA_NAME),
    issuer: null,
    publicKey: ca.publicKey,
    signer: ca.privateKey,
    hash: 'sha256',
    years: YEARS,
    extensions: [extension('2.5.29.19', true, sequence(TRUE)), keyUsage(SIGN_CERTIFICATES)],
  });
}

interface Parts {
  readonly subject: Buffer;
  /** `null`: the subject itself. */
  readonly issuer: Buffer | null;
  readonly publicKey: KeyObject;
  readonly signer: KeyObject;
  readonly hash: CertificateSpec['hash'];
  readonly years: number;
  readonly extensions: readonly Buffer[];
}

function certificate(parts: Parts): Buffer {
  const { subject, hash, extensions } = parts;
  const algorithm = sequence(oid(SIGNATURE_OID[hash]), tlv(TAG.NULL));
  const serial = createHash('sha256').update(subject).update(hash).digest().subarray(0, 8);
  // Positive, and no leading zero byte.
  serial[0] = ((serial[0] ?? 0) & 0x7f) | 0x01;
  const tbs = sequence(
    tlv(TAG.CONTEXT_0_CONSTRUCTED, tlv(TAG.INTEGER, Buffer.from([2]))),
    tlv(TAG.INTEGER, serial),
    algorithm,
    parts.issuer ?? subject,
    sequence(newYear(FIRST_YEAR), newYear(FIRST_YEAR + parts.years)),
    subject,
    parts.publicKey.export({ type: 'spki', format: 'der' }),
    ...(extensions.length > 0 ? [tlv(TAG.CONTEXT_3_CONSTRUCTED, sequence(...extensions))] : []),
  );
  return sequence(tbs, algorithm, tlv(TAG.BIT_STRING, Buffer.from([0]), sign(hash, tbs, parts.signer)));
}

/** A Name of one CN. */
function name(commonName: string, tag: number = TAG.UTF8_STRING): Buffer {
  // BMPString is big-endian UTF-16.
  const text =
    tag === TAG.BMP_STRING ? Buffer.from(commonName, 'utf16le').swap16() : Buffer.from(commonName, 'utf8');
  return sequence(tlv(TAG.SET, sequence(oid('2.5.4.3'), tlv(tag, text))));
}

/** The first second of a year. */
function newYear(year: number): Buffer {
  return year < FIRST_GENERALIZED_YEAR
    ? tlv(TAG.UTC_TIME, Buffer.from(`${year % 100}0101000000Z`))
    : tlv(TAG.GENERALIZED_TIME, Buffer.from(`${year}0101000000Z`));
}

const keyUsage = (bits: readonly number[]) =>
  extension('2.5.29.15', true, tlv(TAG.BIT_STRING, Buffer.from(bits)));

function extension(id: string, critical: boolean, value: Buffer): Buffer {
  return sequence(oid(id), ...(critical ? [TRUE] : []), tlv(TAG.OCTET_STRING, value));
}

const sequence = (...parts: readonly Buffer[]) => tlv(TAG.SEQUENCE, ...parts);

/** Tag, length, value: X.690 §8.1. */
function tlv(tag: number, ...parts: readonly Buffer[]): Buffer {
  const value = Buffer.concat(parts);
  const short = value.length < 0x80;
  const length = short
    ? Buffer.from([value.length])
    : value.length < 0x100
      ? Buffer.from([0x81, value.length])
      : Buffer.from([0x82, value.length >> 8, value.length & 0xff]);
  return Buffer.concat([Buffer.from([tag]), length, value]);
}

/** X.690 §8.19. */
function oid(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const bytes = [first * 40 + second];
  for (const arc of rest) {
    const groups = [arc & 0x7f];
    for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128))
      groups.unshift((left & 0x7f) | 0x80);
    bytes.push(...groups);
  }
  return tlv(TAG.OBJECT_IDENTIFIER, Buffer.from(bytes));
}

const TRUE = tlv(TAG.BOOLEAN, Buffer.from([0xff]));

const pem = (der: Buffer) =>
  `-----BEGIN CERTIFICATE-----\n${der.toString('base64').replace(/.{64}/g, '$&\n').trimEnd()}\n-----END CERTIFICATE-----\n`;
