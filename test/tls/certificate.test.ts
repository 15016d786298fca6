import { generateKeyPairSync, X509Certificate } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { decodeCertificate } from '../../src/tls/certificate.ts';
import { TlsError } from '../../src/tls/wire.ts';
import { capture, testWithCaptures } from './captures.ts';
import {
  algorithm,
  BMP_STRING,
  basicConstraints,
  commonName,
  der,
  extension,
  keyUsage,
  madeCertificate,
  OTHER_RSA,
  oid,
  purposes,
  SERVER_AUTH,
  SHA256_WITH_RSA,
  sequence,
} from './made-certificate.ts';

test('an ordinary self-signed certificate, every field', () => {
  expect(decodeCertificate(madeCertificate())).toEqual({
    version: 3,
    serialNumber: '2A',
    fingerprint: expect.stringMatching(/^[0-9A-F]{64}$/),
    subject: 'CN=sql01.contoso.example',
    commonName: 'sql01.contoso.example',
    issuer: 'CN=sql01.contoso.example',
    subjectAltNames: ['sql01.contoso.example'],
    dnsNames: ['sql01.contoso.example'],
    ipAddresses: [],
    signatureOid: '1.2.840.113549.1.1.11',
    signatureHash: 'SHA-256',
    keyType: 'RSA',
    keyBits: 2048,
    curve: null,
    keyUsage: null,
    extendedKeyUsage: null,
    ca: null,
    notBefore: '2026-01-01T00:00:00Z',
    notAfter: '2036-01-01T00:00:00Z',
    selfSigned: true,
    sqlServerFallback: false,
    serialNegative: false,
  });
});

describe('signature', () => {
  test.each([
    ['1.2.840.113549.1.1.4', 'md5', 'MD5'],
    ['1.2.840.113549.1.1.5', 'sha1', 'SHA-1'],
    ['1.2.840.113549.1.1.14', 'sha224', 'SHA-224'],
    ['1.2.840.113549.1.1.12', 'sha384', 'SHA-384'],
    ['1.2.840.113549.1.1.13', 'sha512', 'SHA-512'],
  ])('%s is %s with RSA', (id, hash, name) => {
    const facts = decodeCertificate(madeCertificate({ algorithm: algorithm(id), hash }));
    expect(facts).toMatchObject({ signatureOid: id, signatureHash: name, selfSigned: true });
  });

  test('RSASSA-PSS takes its hash from the parameters, SHA-1 without any', () => {
    const pss = '1.2.840.113549.1.1.10';
    const sha512 = der(0xa0, algorithm('2.16.840.1.101.3.4.2.3'));
    const hashOf = (parameters: Buffer) =>
      decodeCertificate(madeCertificate({ algorithm: algorithm(pss, parameters) })).signatureHash;
    expect(hashOf(sequence(sha512))).toBe('SHA-512');
    expect(hashOf(sequence())).toBe('SHA-1');
    expect(hashOf(sequence(der(0xa0, algorithm('1.2.3.4'))))).toBeNull();
  });

  test('the outer algorithm counts where the inner one says otherwise', () => {
    const two = madeCertificate({
      algorithm: algorithm('1.2.840.113549.1.1.13'),
      innerAlgorithm: SHA256_WITH_RSA,
    });
    expect(decodeCertificate(two).signatureHash).toBe('SHA-512');
  });

  test('an algorithm that is not in the table keeps its OID', () => {
    const unknown = madeCertificate({ algorithm: algorithm('1.2.840.113549.1.1.2') });
    expect(decodeCertificate(unknown)).toMatchObject({
      signatureOid: '1.2.840.113549.1.1.2',
      signatureHash: null,
    });
  });
});

describe('key', () => {
  const bare = (id: string) => sequence(oid(id));
  test.each([
    ['prime256v1', 256],
    ['secp384r1', 384],
    ['secp521r1', 521],
    ['secp224r1', 224],
    ['brainpoolP256r1', 256],
  ])('ECDSA on %s has %d bits', (namedCurve, bits) => {
    const keys = generateKeyPairSync('ec', { namedCurve });
    const facts = decodeCertificate(madeCertificate({ keys, algorithm: bare('1.2.840.10045.4.3.2') }));
    expect(facts).toMatchObject({
      keyType: 'ECDSA',
      keyBits: bits,
      curve: namedCurve === 'prime256v1' ? 'secp256r1' : namedCurve,
      signatureHash: 'SHA-256',
      selfSigned: true,
    });
  });

  test('Ed25519 and Ed448 sign without a hash of their own', () => {
    const one = madeCertificate({
      keys: generateKeyPairSync('ed25519'),
      algorithm: bare('1.3.101.112'),
      hash: null,
    });
    const other = madeCertificate({
      keys: generateKeyPairSync('ed448'),
      algorithm: bare('1.3.101.113'),
      hash: null,
    });
    expect(decodeCertificate(one)).toMatchObject({
      keyType: 'Ed25519',
      signatureHash: 'none',
      selfSigned: true,
    });
    expect(decodeCertificate(other)).toMatchObject({
      keyType: 'Ed448',
      signatureHash: 'none',
      selfSigned: true,
    });
  });

  test('RSA of 1024 bits', () => {
    const keys = generateKeyPairSync('rsa', { modulusLength: 1024 });
    expect(decodeCertificate(madeCertificate({ keys }))).toMatchObject({ keyType: 'RSA', keyBits: 1024 });
  });
});

describe('self-signed', () => {
  test('not when another key signed it, though issuer and subject agree', () => {
    expect(decodeCertificate(madeCertificate({ signer: OTHER_RSA })).selfSigned).toBe(false);
  });

  test('not when issuer and subject differ', () => {
    expect(decodeCertificate(madeCertificate({ issuer: commonName('Contoso CA') }))).toMatchObject({
      issuer: 'CN=Contoso CA',
      selfSigned: false,
    });
  });
});

describe('SQL Server’s own certificate', () => {
  test('CN as BMPString, X.509 v1 without version and extensions', () => {
    const subject = commonName('SSL_Self_Signed_Fallback', BMP_STRING);
    expect(decodeCertificate(madeCertificate({ subject, dnsNames: null }))).toMatchObject({
      subject: 'CN=SSL_Self_Signed_Fallback',
      subjectAltNames: [],
      sqlServerFallback: true,
      selfSigned: true,
    });
  });

  test('not a name that only begins like it', () => {
    const subject = commonName('SSL_Self_Signed_Fallback.contoso.example');
    expect(decodeCertificate(madeCertificate({ subject })).sqlServerFallback).toBe(false);
  });

  test('a negative serial number', () => {
    expect(decodeCertificate(madeCertificate({ serial: Uint8Array.of(0xb6, 1, 2) })).serialNegative).toBe(
      true,
    );
    expect(decodeCertificate(madeCertificate({ serial: Uint8Array.of(0, 0xb6) })).serialNegative).toBe(false);
  });
});

describe('dates', () => {
  const notBefore = (tag: number, text: string) =>
    decodeCertificate(madeCertificate({ notBefore: der(tag, text) })).notBefore;

  test('UTCTime has its turn of the century at 50, GeneralizedTime has the whole year', () => {
    expect(notBefore(0x17, '491231235959Z')).toBe('2049-12-31T23:59:59Z');
    expect(notBefore(0x17, '500101000000Z')).toBe('1950-01-01T00:00:00Z');
    expect(notBefore(0x18, '20500101000000Z')).toBe('2050-01-01T00:00:00Z');
  });

  test.each(['20261301000000Z', '20260230000000Z', '20260101250000Z', 'tomorrow'])('%s is none', (text) => {
    expect(() => notBefore(0x18, text)).toThrow(TlsError);
  });
});

test('a name with a comma inside does not pass for two names', () => {
  const dnsNames = ['one.example, DNS:sql01.contoso.example, DNS:two.example'];
  expect(decodeCertificate(madeCertificate({ dnsNames })).subjectAltNames).not.toContain(
    'sql01.contoso.example',
  );
});

describe('what it is for', () => {
  const facts = (...extensions: readonly Buffer[]) =>
    decodeCertificate(madeCertificate({ dnsNames: [], extensions }));

  test('key usage, bit by bit: RFC 5280 §4.2.1.3', () => {
    expect(facts(keyUsage(5, 0xa0)).keyUsage).toEqual(['digitalSignature', 'keyEncipherment']);
    expect(facts(keyUsage(1, 0x06)).keyUsage).toEqual(['keyCertSign', 'cRLSign']);
    expect(facts(keyUsage(7, 0x08, 0x80)).keyUsage).toEqual(['keyAgreement', 'decipherOnly']);
    expect(facts(keyUsage(0)).keyUsage).toEqual([]);
    expect(facts(basicConstraints(false)).keyUsage).toBeNull();
  });

  test('extended key usage: names, and object identifiers where there is none', () => {
    expect(facts(purposes(SERVER_AUTH, '1.3.6.1.5.5.7.3.2', '1.2.3.4')).extendedKeyUsage).toEqual([
      'serverAuth',
      'clientAuth',
      '1.2.3.4',
    ]);
    expect(facts(keyUsage(0)).extendedKeyUsage).toBeNull();
  });

  test('a CA, no CA, not said', () => {
    expect(facts(basicConstraints(true)).ca).toBe(true);
    expect(facts(basicConstraints(false)).ca).toBe(false);
    expect(facts().ca).toBeNull();
  });

  test('an extension that holds something else is no certificate', () => {
    expect(() => facts(extension('2.5.29.15', sequence()))).toThrow(TlsError);
    expect(() => facts(extension('2.5.29.37', der(0x02, '1')))).toThrow(TlsError);
    expect(facts(extension('1.2.3.4', Buffer.from([0xff]))).ca).toBeNull();
  });
});

test('names and addresses apart', () => {
  const general = sequence(
    der(0x82, 'sql01.contoso.example'),
    der(0x87, Uint8Array.of(10, 0, 0, 1)),
    der(0x87, Buffer.from('20010db8000000000000000000000001', 'hex')),
    der(0x81, 'dba@contoso.example'),
  );
  const extensions = [extension('2.5.29.17', general)];
  expect(decodeCertificate(madeCertificate({ dnsNames: [], extensions }))).toMatchObject({
    dnsNames: ['sql01.contoso.example'],
    ipAddresses: ['10.0.0.1', '2001:db8::1'],
    subjectAltNames: [
      'sql01.contoso.example',
      '10.0.0.1',
      expect.stringMatching(/^2001:/i),
      'dba@contoso.example',
    ],
  });
});

test.each(['sql01, CN=sql02', 'a\\b', 'größe', 'two\nlines', ' #x ', 'a+b="c"'])('CN %j', (text) => {
  expect(decodeCertificate(madeCertificate({ subject: commonName(text) })).commonName).toBe(text);
  const wide = commonName(text, BMP_STRING);
  expect(decodeCertificate(madeCertificate({ subject: wide })).commonName).toBe(text);
});

test('serial number and fingerprint as OpenSSL writes them', () => {
  // OpenSSL reads no INTEGER that could be shorter.
  const serials = fc
    .uint8Array({ minLength: 1, maxLength: 20 })
    .filter(([first = 1, second = 0]) => first !== (second < 0x80 ? 0 : 0xff));
  fc.assert(
    fc.property(serials, (serial) => {
      const bytes = madeCertificate({ serial });
      const theirs = new X509Certificate(bytes);
      const ours = decodeCertificate(bytes);
      expect(ours.fingerprint).toBe(theirs.fingerprint256.replaceAll(':', ''));
      expect(BigInt(`0x${ours.serialNumber.replace('-', '')}`)).toBe(
        BigInt(`0x${theirs.serialNumber.replace('-', '')}`),
      );
      expect(ours.serialNumber.startsWith('-')).toBe(ours.serialNegative);
    }),
    { numRuns: 50 },
  );
});

describe('bytes that are no certificate', () => {
  test.each([
    ['nothing', ''],
    ['an empty sequence', '3000'],
    ['a length that lies', '3082ffff30'],
    ['an indefinite length', '3080300000'],
    ['a length of nine bytes', '3089ffffffffffffffffff'],
  ])('%s', (_, hex) => {
    expect(() => decodeCertificate(Buffer.from(hex, 'hex'))).toThrow(TlsError);
  });

  test('damaged anywhere: facts or a TlsError, nothing else', () => {
    const whole = madeCertificate();
    const damage = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(damage, fc.nat(whole.length), (changes, length) => {
        const bytes = Buffer.from(whole);
        for (const [at, value] of changes) bytes[at] = value;
        expectFactsOrTlsError(bytes);
        expectFactsOrTlsError(bytes.subarray(0, length));
      }),
      { numRuns: 2000 },
    );
  });
});

function expectFactsOrTlsError(bytes: Uint8Array): void {
  try {
    expect(decodeCertificate(bytes).signatureOid).toMatch(/^\d/);
  } catch (error) {
    if (!(error instanceof TlsError)) throw error;
  }
}

describe('real SQL Servers', () => {
  const CASES = [
    ['sql2014-rsa1024-sha1', 'SHA-1', 1024],
    ['sql2016-rsa2048-sha1', 'SHA-1', 2048],
    ['sql2017-rsa2048-sha256', 'SHA-256', 2048],
    ['sql2017-linux-rsa2048-sha256-x509v1', 'SHA-256', 2048],
    ['sql2019-rsa2048-sha256', 'SHA-256', 2048],
    ['sql2022-rsa3072-sha256', 'SHA-256', 3072],
  ] as const;
  for (const [file, signatureHash, keyBits] of CASES) {
    testWithCaptures(file, () => {
      const certificate = new X509Certificate(capture(`certificates/${file}.pem`));
      const facts = decodeCertificate(certificate.raw);
      expect(facts).toMatchObject({
        subject: 'CN=SSL_Self_Signed_Fallback',
        version: file.endsWith('x509v1') ? 1 : 3,
        commonName: 'SSL_Self_Signed_Fallback',
        subjectAltNames: [],
        dnsNames: [],
        keyUsage: null,
        extendedKeyUsage: null,
        ca: null,
        signatureHash,
        keyType: 'RSA',
        keyBits,
        selfSigned: true,
        sqlServerFallback: true,
      });
      expect(facts.fingerprint).toBe(certificate.fingerprint256.replaceAll(':', ''));
      expect(facts.serialNumber).toBe(certificate.serialNumber);
      expect(Date.parse(facts.notBefore)).toBe(Date.parse(certificate.validFrom));
      expect(Date.parse(facts.notAfter)).toBe(Date.parse(certificate.validTo));
    });
  }
});
