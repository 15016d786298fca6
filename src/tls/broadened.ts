import type { ClientHelloProfile } from '../model/hello.ts';

const EVERY_GROUP = ['x25519', 'secp256r1', 'secp384r1', 'secp521r1', 'x448'];
const HASHES = ['sha256', 'sha384', 'sha512', 'sha1', 'sha224'];
const EVERY_SCHEME = [
  ...HASHES.map((hash) => `rsa_pkcs1_${hash}`),
  'rsa_pss_rsae_sha256',
  'rsa_pss_rsae_sha384',
  'rsa_pss_rsae_sha512',
  'ecdsa_secp256r1_sha256',
  'ecdsa_secp384r1_sha384',
  'ecdsa_secp521r1_sha512',
  'ecdsa_sha1',
  'rsa_pkcs1_md5',
];

/**
 * The same versions and suites with every signature algorithm and group: after a refusal it tells a suite problem
 * (refused again) from a signature or group problem (accepted).
 */
export function broadened(hello: ClientHelloProfile): ClientHelloProfile {
  const signatureAlgorithms = hello.protocols.includes('TLS 1.2') ? EVERY_SCHEME : [];
  return { ...hello, groups: EVERY_GROUP, signatureAlgorithms };
}
