/** X.509 certificates as a server sends them, RFC 5280 §4.1: the facts that decide a handshake. */
import { createHash, X509Certificate } from 'node:crypto';
import type { CertificateFacts, SignatureHash } from '../model/certificate.ts';
import { extensionsOf } from './certificate-extensions.ts';
import { children, type Element, elements, integer, objectIdentifier, TAG, time } from './der.ts';
import { TlsError } from './wire.ts';

/** Signature algorithms by OID: RFC 3279, 4055, 5758, 8410. */
const SIGNATURES: Readonly<Record<string, SignatureHash>> = {
  '1.2.840.113549.1.1.4': 'MD5',
  '1.2.840.113549.1.1.5': 'SHA-1',
  '1.3.14.3.2.29': 'SHA-1',
  '1.2.840.113549.1.1.14': 'SHA-224',
  '1.2.840.113549.1.1.11': 'SHA-256',
  '1.2.840.113549.1.1.12': 'SHA-384',
  '1.2.840.113549.1.1.13': 'SHA-512',
  '1.2.840.10045.4.1': 'SHA-1',
  '1.2.840.10045.4.3.1': 'SHA-224',
  '1.2.840.10045.4.3.2': 'SHA-256',
  '1.2.840.10045.4.3.3': 'SHA-384',
  '1.2.840.10045.4.3.4': 'SHA-512',
  '1.2.840.10040.4.3': 'SHA-1',
  '2.16.840.1.101.3.4.3.1': 'SHA-224',
  '2.16.840.1.101.3.4.3.2': 'SHA-256',
  '2.16.840.1.101.3.4.3.3': 'SHA-384',
  '2.16.840.1.101.3.4.3.4': 'SHA-512',
  '1.3.101.112': 'none',
  '1.3.101.113': 'none',
};
const RSASSA_PSS = '1.2.840.113549.1.1.10';
const HASHES: Readonly<Record<string, SignatureHash>> = {
  '1.2.840.113549.2.5': 'MD5',
  '1.3.14.3.2.26': 'SHA-1',
  '2.16.840.1.101.3.4.2.4': 'SHA-224',
  '2.16.840.1.101.3.4.2.1': 'SHA-256',
  '2.16.840.1.101.3.4.2.2': 'SHA-384',
  '2.16.840.1.101.3.4.2.3': 'SHA-512',
};
const KEY_TYPES: Readonly<Record<string, CertificateFacts['keyType']>> = {
  rsa: 'RSA',
  'rsa-pss': 'RSA',
  ec: 'ECDSA',
  dsa: 'DSA',
  ed25519: 'Ed25519',
  ed448: 'Ed448',
};
/** OpenSSL's curve names carry their bits: `prime256v1`, `secp384r1`, `brainpoolP512r1`. */
const CURVE_BITS = /\d{3}/;
/** OpenSSL's names of two curves are ANSI's. */
const TLS_CURVES: Readonly<Record<string, string>> = { prime256v1: 'secp256r1', prime192v1: 'secp192r1' };
const FALLBACK_NAME = 'SSL_Self_Signed_Fallback';

/** The first certificate of a PEM text (RFC 7468), decoded; `null` when there is none, or it cannot be read. */
export function certificateOfPem(text: string): CertificateFacts | null {
  const body = /-----BEGIN CERTIFICATE-----([\sA-Za-z0-9+/=]+)-----END CERTIFICATE-----/.exec(text)?.[1];
  if (body === undefined) return null;
  try {
    return decodeCertificate(Buffer.from(body, 'base64'));
  } catch {
    return null;
  }
}

/** @throws {TlsError} when the bytes are no certificate. */
export function decodeCertificate(der: Uint8Array): CertificateFacts {
  const bytes = Buffer.from(der.buffer, der.byteOffset, der.byteLength);
  const [certificate] = elements(bytes);
  const [tbs, algorithm] = children(certificate, TAG.SEQUENCE);
  const fields = children(tbs, TAG.SEQUENCE);
  // X.509 v1 leaves the version out, so that the serial number comes first.
  const [versioned, ...rest] = fields[0]?.tag === TAG.CONTEXT_0 ? fields : [undefined, ...fields];
  const [serial, , issuer, validity, subject, , ...after] = rest;
  if (!serial || !issuer || !subject)
    throw new TlsError('a certificate without serial number, issuer or subject');
  const [notBefore, notAfter] = children(validity, TAG.SEQUENCE);
  const parsed = parse(bytes);
  const name = parsed.subject.replaceAll('\n', ', ');
  const selfSigned = issuer.whole.equals(subject.whole) && verifiesItself(parsed);
  return {
    version: versionOf(versioned),
    serialNumber: integer(serial),
    fingerprint: createHash('sha256').update(bytes).digest('hex').toUpperCase(),
    subject: name,
    commonName: commonNameOf(parsed.subject),
    issuer: parsed.issuer.replaceAll('\n', ', '),
    subjectAltNames: altNames(parsed.subjectAltName),
    ...signatureOf(algorithm),
    ...keyOf(parsed),
    ...extensionsOf(after.find((field) => field?.tag === TAG.CONTEXT_3)),
    notBefore: time(notBefore),
    notAfter: time(notAfter),
    selfSigned,
    sqlServerFallback: selfSigned && parsed.subject.split('\n').includes(`CN=${FALLBACK_NAME}`),
    serialNegative: ((serial.contents[0] ?? 0) & 0x80) !== 0,
  };
}

/** RFC 5280 §4.1.2.1: counted from 0. */
function versionOf(versioned: Element | undefined): number {
  if (!versioned) return 1;
  return (elements(versioned.contents)[0]?.contents.at(-1) ?? 0) + 1;
}

/** OpenSSL escapes as RFC 2253 §2.4 says: a backslash before the character, or before its bytes in hexadecimal. */
function commonNameOf(subject: string): string | null {
  const written = subject.split('\n').findLast((line) => line.startsWith('CN='));
  if (written === undefined) return null;
  return written
    .slice('CN='.length)
    .replace(/(?:\\[\dA-Fa-f]{2})+/g, (bytes) => Buffer.from(bytes.replaceAll('\\', ''), 'hex').toString())
    .replace(/\\(.)/g, '$1');
}

function parse(bytes: Buffer): {
  subject: string;
  issuer: string;
  subjectAltName: string | undefined;
  x509: X509Certificate;
} {
  try {
    const x509 = new X509Certificate(bytes);
    return {
      subject: x509.subject ?? '',
      issuer: x509.issuer ?? '',
      subjectAltName: x509.subjectAltName,
      x509,
    };
  } catch (error) {
    throw new TlsError(
      `a certificate that cannot be read: ${error instanceof Error ? error.message : 'unknown reason'}`,
    );
  }
}

/** Old hashes that this OpenSSL refuses to verify count as valid: the names already agree. */
function verifiesItself({ x509 }: ReturnType<typeof parse>): boolean {
  try {
    return x509.verify(x509.publicKey);
  } catch {
    return true;
  }
}

function signatureOf(
  algorithm: Element | undefined,
): Pick<CertificateFacts, 'signatureOid' | 'signatureHash'> {
  const [oid, parameters] = children(algorithm, TAG.SEQUENCE);
  const signatureOid = objectIdentifier(oid);
  return {
    signatureOid,
    signatureHash: signatureOid === RSASSA_PSS ? pssHash(parameters) : (SIGNATURES[signatureOid] ?? null),
  };
}

/** RFC 4055 §3.1: `hashAlgorithm [0]`, SHA-1 when absent. */
function pssHash(parameters: Element | undefined): SignatureHash | null {
  if (parameters?.tag !== TAG.SEQUENCE) return 'SHA-1';
  const tagged = elements(parameters.contents).find(({ tag }) => tag === TAG.CONTEXT_0);
  if (!tagged) return 'SHA-1';
  const [algorithm] = elements(tagged.contents);
  return HASHES[objectIdentifier(children(algorithm, TAG.SEQUENCE)[0])] ?? null;
}

function keyOf({ x509 }: ReturnType<typeof parse>): Pick<CertificateFacts, 'keyType' | 'keyBits' | 'curve'> {
  try {
    const { asymmetricKeyType, asymmetricKeyDetails } = x509.publicKey;
    const namedCurve = asymmetricKeyDetails?.namedCurve;
    const curveBits = CURVE_BITS.exec(namedCurve ?? '')?.[0];
    return {
      keyType: KEY_TYPES[asymmetricKeyType ?? ''] ?? 'unknown',
      keyBits: asymmetricKeyDetails?.modulusLength ?? (curveBits === undefined ? null : Number(curveBits)),
      curve: namedCurve === undefined ? null : (TLS_CURVES[namedCurve] ?? namedCurve),
    };
  } catch {
    return { keyType: 'unknown', keyBits: null, curve: null };
  }
}

/** `DNS:a.example, IP Address:10.0.0.1` → the names and addresses alone. */
function altNames(written: string | undefined): string[] {
  return (written ?? '')
    .split(', ')
    .map((one) => one.slice(one.indexOf(':') + 1))
    .filter((one) => one !== '');
}
