/** Mints X.509 v3 certificates (RFC 5280) for lab servers: keys are new in each process, everything else is fixed. */
import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';

export interface CertificateSpec {
  readonly commonName: string;
  readonly dnsNames: readonly string[];
  readonly hash: 'md5' | 'sha1' | 'sha224' | 'sha256' | 'sha384' | 'sha512';
  /** Signed by itself, or by the lab's own CA. */
  readonly signedBy: 'itself' | 'ca';
}

export interface MintedCertificate {
  /** PEM of the leaf, followed by its issuer when there is one. */
  readonly chain: string;
  readonly key: string;
}

/** Reports must be the same on every run: dates and serials never change. */
const NOT_BEFORE = '20260101000000Z';
const NOT_AFTER = '20360101000000Z';
const CA_NAME = 'Lab CA';

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

export function mintCertificate(spec: CertificateSpec): MintedCertificate {
  const { leaf, ca } = labKeys();
  const self = spec.signedBy === 'itself';
  const own = certificate({
    subject: spec.commonName,
    issuer: self ? spec.commonName : CA_NAME,
    publicKey: leaf.publicKey,
    signer: self ? leaf.privateKey : ca.privateKey,
    hash: spec.hash,
    extensions: [
      ...(spec.dnsNames.length > 0 ? [subjectAltName(spec.dnsNames)] : []),
      extension('2.5.29.37', false, sequence(oid('1.3.6.1.5.5.7.3.1'))),
      extension('2.5.29.15', true, tlv(0x03, Buffer.from([5, 0xa0]))),
    ],
  });
  const issuer = certificate({
    subject: CA_NAME,
    issuer: CA_NAME,
    publicKey: ca.publicKey,
    signer: ca.privateKey,
    hash: 'sha256',
    extensions: [extension('2.5.29.19', true, sequence(tlv(0x01, Buffer.from([0xff]))))],
  });
  return {
    chain: self ? pem(own) : pem(own) + pem(issuer),
    key: leaf.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

interface Parts {
  readonly subject: string;
  readonly issuer: string;
  readonly publicKey: KeyObject;
  readonly signer: KeyObject;
  readonly hash: CertificateSpec['hash'];
  readonly extensions: readonly Buffer[];
}

function certificate({ subject, issuer, publicKey, signer, hash, extensions }: Parts): Buffer {
  const algorithm = sequence(oid(SIGNATURE_OID[hash]), tlv(0x05));
  const serial = createHash('sha256').update(`${subject} ${hash}`).digest().subarray(0, 8);
  serial[0] = ((serial[0] ?? 0) & 0x7f) | 0x01;
  const tbs = sequence(
    tlv(0xa0, tlv(0x02, Buffer.from([2]))),
    tlv(0x02, serial),
    algorithm,
    name(issuer),
    sequence(tlv(0x18, Buffer.from(NOT_BEFORE)), tlv(0x18, Buffer.from(NOT_AFTER))),
    name(subject),
    publicKey.export({ type: 'spki', format: 'der' }),
    tlv(0xa3, sequence(...extensions)),
  );
  return sequence(tbs, algorithm, tlv(0x03, Buffer.from([0]), sign(hash, tbs, signer)));
}

const name = (commonName: string) =>
  sequence(tlv(0x31, sequence(oid('2.5.4.3'), tlv(0x0c, Buffer.from(commonName)))));

const subjectAltName = (dnsNames: readonly string[]) =>
  extension('2.5.29.17', false, sequence(...dnsNames.map((one) => tlv(0x82, Buffer.from(one)))));

function extension(id: string, critical: boolean, value: Buffer): Buffer {
  return sequence(oid(id), ...(critical ? [tlv(0x01, Buffer.from([0xff]))] : []), tlv(0x04, value));
}

const sequence = (...parts: readonly Buffer[]) => tlv(0x30, ...parts);

/** Tag, length, value: X.690 §8.1. */
function tlv(tag: number, ...parts: readonly Buffer[]): Buffer {
  const value = Buffer.concat(parts);
  const short = value.length < 0x80;
  const length = short
    ? Buffer.from([value.length])
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
  return tlv(0x06, Buffer.from(bytes));
}

const pem = (der: Buffer) =>
  `-----BEGIN CERTIFICATE-----\n${der.toString('base64').replace(/.{64}/g, '$&\n').trimEnd()}\n-----END CERTIFICATE-----\n`;
