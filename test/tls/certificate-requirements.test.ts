// What SQL Server and its clients ask of a certificate: each requirement met, not met, and not known where it can be.
import { generateKeyPairSync, X509Certificate } from 'node:crypto';
import { expect, test } from '@jest/globals';
import type { CertificateFacts } from '../../src/model/certificate.ts';
import { decodeCertificate } from '../../src/tls/certificate.ts';
import { certificateRequirements } from '../../src/tls/certificate-requirements.ts';
import { capture, testWithCaptures } from './captures.ts';
import { basicConstraints, keyUsage, madeCertificate, purposes, SERVER_AUTH } from './made-certificate.ts';

const AT = '2027-01-01T00:00:00Z';
const HOST = 'sql01.contoso.example';
const GOOD = [purposes(SERVER_AUTH), keyUsage(5, 0xa0), basicConstraints(false)];
const good = decodeCertificate(madeCertificate({ extensions: GOOD }));

const judged = (certificate: CertificateFacts, { host = HOST as string | null, at = AT } = {}) =>
  certificateRequirements({ certificate, host, at });
const statesOf = (...asked: Parameters<typeof judged>) =>
  Object.fromEntries(judged(...asked).map(({ id, state }) => [id, state]));
const one = (id: string, ...asked: Parameters<typeof judged>) => {
  const found = judged(...asked).find((requirement) => requirement.id === id);
  return [found?.state, found?.reason];
};

test('a good certificate: all but KeySpec can be told', () => {
  expect(statesOf(good)).toEqual({
    validity: 'met',
    'server-authentication': 'met',
    'key-usage': 'met',
    'key-spec': 'unknown',
    'host-name': 'met',
    'serial-number': 'met',
    'x509-version': 'met',
    'key-size': 'met',
    'subject-alt-name': 'met',
    'end-entity': 'met',
  });
  for (const { of, source } of judged(good))
    expect([of, source]).toEqual([
      expect.stringMatching(/^(SQL Server|clients)$/),
      expect.stringMatching(/./),
    ]);
});

test.each<[string, Partial<CertificateFacts>, string, RegExp]>([
  ['validity', { notAfter: '2026-06-01T00:00:00Z' }, 'not-met', /^it expired on 2026-06-01$/],
  ['validity', { notBefore: '2028-01-01T00:00:00Z' }, 'not-met', /^it is valid from 2028-01-01 only$/],
  ['server-authentication', { extendedKeyUsage: ['clientAuth'] }, 'not-met', /meant for clientAuth, not/],
  ['server-authentication', { extendedKeyUsage: null }, 'unknown', /names no purpose/],
  ['key-usage', { keyUsage: ['digitalSignature'] }, 'not-met', /lacks keyEncipherment$/],
  ['key-usage', { keyUsage: ['cRLSign'] }, 'not-met', /lacks keyEncipherment and digitalSignature$/],
  ['key-usage', { keyUsage: ['digitalSignature'], keyType: 'ECDSA' }, 'met', /has digitalSignature$/],
  ['key-usage', { keyUsage: null }, 'met', /not limited/],
  ['key-spec', { keyType: 'ECDSA' }, 'unknown', /of kind ECDSA/],
  [
    'host-name',
    { dnsNames: ['a.example'] },
    'not-met',
    /does not name sql01.contoso.example, but a.example$/,
  ],
  ['serial-number', { serialNegative: true }, 'not-met', /Go 1\.23/],
  ['x509-version', { version: 1 }, 'not-met', /version 1: clients on rustls/],
  ['key-size', { keyBits: 1024 }, 'not-met', /RSA key has 1024 bits/],
  ['key-size', { keyBits: 256, keyType: 'ECDSA' }, 'met', /256/],
  ['key-size', { keyBits: null }, 'unknown', /not known/],
  ['subject-alt-name', { dnsNames: [], ipAddresses: [] }, 'not-met', /Go and rustls/],
  ['subject-alt-name', { dnsNames: [], ipAddresses: ['10.0.0.1'] }, 'met', /has a subject/],
  ['end-entity', { ca: true }, 'not-met', /marked as a CA/],
])('%s %j: %s', (id, parts, state, reason) => {
  expect(one(id, { ...good, ...parts })).toEqual([state, expect.stringMatching(reason)]);
});

test('without a host there is nothing to compare', () => {
  expect(one('host-name', good, { host: null })[0]).toBe('unknown');
});

test('an ECDSA certificate, signed for real', () => {
  const keys = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const facts = decodeCertificate(madeCertificate({ keys, extensions: [keyUsage(7, 0x80)] }));
  expect(one('key-usage', facts)[0]).toBe('met');
});

for (const [file, states] of [
  ['sql2019-rsa2048-sha256', { validity: 'met', 'serial-number': 'met', 'x509-version': 'met' }],
  [
    'sql2017-linux-rsa2048-sha256-x509v1',
    { validity: 'met', 'serial-number': 'met', 'x509-version': 'not-met' },
  ],
] as const) {
  testWithCaptures(`SQL Server’s own certificate is asked little: ${file}`, () => {
    const facts = decodeCertificate(new X509Certificate(capture(`certificates/${file}.pem`)).raw);
    expect(statesOf(facts, { at: facts.notBefore })).toEqual(states);
  });
}
