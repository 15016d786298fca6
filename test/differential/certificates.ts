/** Certificates that random servers choose from, each with its key. */
import { generateKeyPairSync } from 'node:crypto';
import type { CertificateFacts } from '../../src/model/certificate.ts';
import { decodeCertificate } from '../../src/tls/certificate.ts';
import {
  algorithm,
  basicConstraints,
  commonName,
  der,
  type KeyPair,
  keyUsage,
  madeCertificate,
  pem,
  RSA,
  SHA256_WITH_RSA,
  type Wanted,
} from '../tls/made-certificate.ts';

export interface ServerCertificate {
  readonly cert: string;
  readonly key: string;
  readonly facts: CertificateFacts;
  readonly issuedByCa: boolean;
}

/** What the certificates name, and what clients dial. */
export const HOST = 'sql01.contoso.example';
/** The day on which the tests run is within what most are valid for. */
const PAST = der(0x17, '260601000000Z');
const SHA512_WITH_RSA = algorithm('1.2.840.113549.1.1.13');
const SHA1_WITH_RSA = algorithm('1.2.840.113549.1.1.5');

const CA_KEYS: KeyPair = generateKeyPairSync('rsa', { modulusLength: 2048 });
const CA_NAME = commonName('Contoso Root');
export const CA = pem(
  madeCertificate({
    subject: CA_NAME,
    dnsNames: [],
    keys: CA_KEYS,
    extensions: [basicConstraints(true), keyUsage(1, 0x06)],
  }),
);

function served(wanted: Wanted, issuedByCa = true): ServerCertificate {
  const keys = wanted.keys ?? RSA;
  const certificate = madeCertificate({
    algorithm: SHA256_WITH_RSA,
    ...wanted,
    ...(issuedByCa && { issuer: CA_NAME, signer: CA_KEYS }),
    keys,
  });
  return {
    cert: pem(certificate),
    key: keys.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    facts: decodeCertificate(certificate),
    issuedByCa,
  };
}

const rsa = (modulusLength: number) => generateKeyPairSync('rsa', { modulusLength });
const ec = (namedCurve: string) => generateKeyPairSync('ec', { namedCurve });

export const CERTIFICATES: ReadonlyMap<string, ServerCertificate> = new Map([
  ['RSA 2048', served({})],
  ['RSA 2048, SHA-512', served({ algorithm: SHA512_WITH_RSA, hash: 'sha512' })],
  ['RSA 3072', served({ keys: rsa(3072) })],
  ['RSA 1024', served({ keys: rsa(1024) })],
  ['ECDSA secp256r1', served({ keys: ec('P-256') })],
  ['ECDSA secp384r1', served({ keys: ec('P-384') })],
  ['ECDSA secp521r1', served({ keys: ec('P-521') })],
  ['Ed25519', served({ keys: generateKeyPairSync('ed25519') })],
  ['RSA, SHA-1', served({ algorithm: SHA1_WITH_RSA, hash: 'sha1' })],
  ['RSA, self-signed', served({}, false)],
  ['RSA, expired', served({ notAfter: PAST })],
  ['RSA, of another name', served({ dnsNames: ['sql02.contoso.example'] })],
]);

export function certificateOf({ certificate }: { readonly certificate: string }): ServerCertificate {
  const found = CERTIFICATES.get(certificate);
  if (!found) throw new Error(`there is no certificate ${certificate}`);
  return found;
}
