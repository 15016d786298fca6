// Minted certificates, read back by OpenSSL (through Node) and by this project's own decoder.
import { X509Certificate } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { type CertificateSpec, mintCertificate } from '../../src/lab/certificates.ts';
import { decodeCertificate } from '../../src/tls/certificate.ts';

const HOST = 'sql.contoso.example';
const spec = (changes: Partial<CertificateSpec> = {}): CertificateSpec => ({
  commonName: HOST,
  dnsNames: [HOST],
  hash: 'sha256',
  signedBy: 'ca',
  ...changes,
});

function minted(changes: Partial<CertificateSpec> = {}): [X509Certificate, X509Certificate?] {
  const pems = mintCertificate(spec(changes)).chain.split(/(?<=-----END CERTIFICATE-----\n)/);
  const [leaf, issuer] = pems.map((pem) => new X509Certificate(pem));
  if (!leaf) throw new Error('no certificate');
  return issuer ? [leaf, issuer] : [leaf];
}

describe('the signature', () => {
  test.each([
    ['md5', '1.2.840.113549.1.1.4'],
    ['sha1', '1.2.840.113549.1.1.5'],
    ['sha224', '1.2.840.113549.1.1.14'],
    ['sha256', '1.2.840.113549.1.1.11'],
    ['sha384', '1.2.840.113549.1.1.12'],
    ['sha512', '1.2.840.113549.1.1.13'],
  ] as const)('%s is %s and verifies', (hash, oid) => {
    const [leaf, issuer] = minted({ hash });
    const [alone] = minted({ hash, signedBy: 'itself' });
    expect(decodeCertificate(leaf.raw).signatureOid).toBe(oid);
    expect(decodeCertificate(alone.raw).signatureOid).toBe(oid);
    expect(issuer && leaf.verify(issuer.publicKey)).toBe(true);
    expect(leaf.verify(leaf.publicKey)).toBe(false);
    expect(alone.verify(alone.publicKey)).toBe(true);
  });
});

test('a provisioned certificate: names, purpose, fixed dates, a CA behind it', () => {
  const [leaf, issuer] = minted();
  expect(leaf.checkHost(HOST)).toBe(HOST);
  expect(leaf.checkHost('other.contoso.example')).toBeUndefined();
  expect([leaf.ca, issuer?.ca, issuer && leaf.checkIssued(issuer)]).toEqual([false, true, true]);
  // Node calls the extended key usage so.
  expect(leaf.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1']);
  expect(decodeCertificate(leaf.raw)).toMatchObject({
    subject: `CN=${HOST}`,
    issuer: 'CN=Lab CA',
    subjectAltNames: [HOST],
    keyType: 'RSA',
    keyBits: 2048,
    notBefore: '2026-01-01T00:00:00Z',
    notAfter: '2036-01-01T00:00:00Z',
    selfSigned: false,
    serialNegative: false,
  });
});

test('the fallback certificate looks like the one SQL Server makes', () => {
  const [leaf, issuer] = minted({
    commonName: 'SSL_Self_Signed_Fallback',
    dnsNames: [],
    hash: 'sha1',
    signedBy: 'itself',
    fallback: true,
  });
  expect(issuer).toBeUndefined();
  // BMPString, tag 0x1e; and no extensions, context tag 3.
  expect(leaf.raw.includes(Buffer.from([0x1e, 48, 0, 0x53, 0, 0x53, 0, 0x4c, 0, 0x5f]))).toBe(true);
  expect(leaf.keyUsage).toBeUndefined();
  expect(decodeCertificate(leaf.raw)).toMatchObject({
    subject: 'CN=SSL_Self_Signed_Fallback',
    subjectAltNames: [],
    notBefore: '2026-01-01T00:00:00Z',
    notAfter: '2056-01-01T00:00:00Z',
    selfSigned: true,
    sqlServerFallback: true,
  });
});

test('dates before 2050 are UTCTime, later ones GeneralizedTime (RFC 5280 §4.1.2.5)', () => {
  const element = (tag: number, text: string) =>
    Buffer.concat([Buffer.from([tag, text.length]), Buffer.from(text)]);
  const validity = (...dates: Buffer[]) => Buffer.concat(dates);
  const first = element(0x17, '260101000000Z');
  expect(minted()[0].raw.includes(validity(first, element(0x17, '360101000000Z')))).toBe(true);
  const [fallback] = minted({ fallback: true });
  expect(fallback.raw.includes(validity(first, element(0x18, '20560101000000Z')))).toBe(true);
});

test('the same spec gives the same certificate; another hash another serial', () => {
  expect(minted()[0].fingerprint256).toBe(minted()[0].fingerprint256);
  expect(minted()[0].serialNumber).not.toBe(minted({ hash: 'sha384' })[0].serialNumber);
});
