/** Hellos that offer all there is, to learn which versions a server takes at all. */
import type { ClientHelloProfile } from '../model/hello.ts';
import type { Protocol } from '../model/protocol.ts';
import { suitesOf } from '../tls/cipher-suites.ts';

const GROUPS = ['x25519', 'secp256r1', 'secp384r1', 'secp521r1', 'x448', 'ffdhe2048', 'ffdhe3072'];
const SCHEMES = [
  'rsa_pkcs1_sha256',
  'rsa_pkcs1_sha384',
  'rsa_pkcs1_sha512',
  'rsa_pkcs1_sha1',
  'ecdsa_secp256r1_sha256',
  'ecdsa_secp384r1_sha384',
  'ecdsa_secp521r1_sha512',
  'ecdsa_sha1',
  'rsa_pss_rsae_sha256',
  'rsa_pss_rsae_sha384',
  'rsa_pss_rsae_sha512',
  'rsa_pkcs1_sha224',
  'ecdsa_sha224',
  'dsa_sha256',
  'dsa_sha1',
  'rsa_pkcs1_md5',
];
const RANK = { recommended: 0, secure: 1, weak: 2, insecure: 3 } as const;
/** A hello of this many suites stays under 256 bytes of suites, which old parsers choke on. */
const FEWER = 60;

/** Every suite of the table that the version can use, the better ones first. */
export function broadHello(version: Protocol): ClientHelloProfile {
  const suites = [...suitesOf(version)].sort((one, other) => RANK[one.verdict] - RANK[other.verdict]);
  return {
    protocols: [version],
    suites: suites.map(({ name }) => name),
    groups: GROUPS,
    signatureAlgorithms: version === 'TLS 1.2' ? SCHEMES : [],
    extendedMasterSecret: true,
  };
}

/** The same with the suites that servers of the last twenty years have. */
export function shorterHello(version: Protocol): ClientHelloProfile {
  const common = suitesOf(version).filter(
    ({ keyExchange, authentication, encryption }) =>
      /^(ECDHE|DHE|RSA)$/.test(keyExchange) &&
      /^(RSA|ECDSA)$/.test(authentication) &&
      /AES|3DES|RC4/.test(encryption),
  );
  return { ...broadHello(version), suites: common.slice(0, FEWER).map(({ name }) => name) };
}
