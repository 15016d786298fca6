/** Hellos that offer all there is, to learn which versions a server takes at all. */
import type { ClientHelloProfile } from '../../model/hello.ts';
import { compareProtocols, type Protocol } from '../../model/protocol.ts';
import { type CipherSuite, SUITES, suitesOf } from '../../tls/cipher-suites.ts';
import { NAMED_GROUPS, SIGNATURE_SCHEMES } from '../../tls/names.ts';

/** All but the hybrids of TLS 1.3, whose key shares no TLS 1.2 server knows. */
const GROUPS = NAMED_GROUPS.names.filter((name) => !name.includes('MLKEM'));
/** SHA-256 first: a server takes the first it can, and old ones take it for what the client likes best. */
const SCHEMES = [
  'rsa_pkcs1_sha256',
  ...SIGNATURE_SCHEMES.names.filter((name) => name !== 'rsa_pkcs1_sha256' && !/^mldsa|tls13/.test(name)),
];
const RANK = { recommended: 0, secure: 1, weak: 2, insecure: 3 } as const;
/** A hello of this many suites stays under 256 bytes of suites, which old parsers choke on. */
const FEWER = 60;
const COMMON_GROUPS = new Set(['x25519', 'secp256r1', 'secp384r1', 'secp521r1']);
const COMMON_SCHEMES = /^(rsa_pkcs1|ecdsa)_(?!md5|sha224|brainpool)/;

/**
 * Suites that a stack may be found to negotiate, whatever its RFC says: Java takes those of TLS 1.0 in SSL 3.0 (elliptic
 * curves and AES among them), OpenSSL before 1.1 those of TLS 1.0 (EXPORT, DES) in TLS 1.2.
 */
function offered(version: Protocol): readonly CipherSuite[] {
  if (version === 'TLS 1.3') return suitesOf(version);
  const newest: Protocol = version === 'SSL 3.0' ? 'TLS 1.0' : version;
  return SUITES.filter(({ minProtocol }) => compareProtocols(minProtocol, newest) <= 0);
}

/** Every suite of the table that the version can use, the better ones first. */
export function broadHello(version: Protocol): ClientHelloProfile {
  const suites = [...offered(version)].sort((one, other) => RANK[one.verdict] - RANK[other.verdict]);
  const bare = version === 'SSL 3.0';
  return {
    protocols: [version],
    suites: suites.map(({ name }) => name),
    groups: bare ? [] : version === 'TLS 1.3' ? NAMED_GROUPS.names : GROUPS,
    signatureAlgorithms: compareProtocols(version, 'TLS 1.2') >= 0 ? SCHEMES : [],
    extendedMasterSecret: !bare,
  };
}

/** The same with the suites, groups and signature algorithms that servers of the last twenty years have. */
export function shorterHello(version: Protocol): ClientHelloProfile {
  const common = suitesOf(version).filter(
    ({ keyExchange, authentication, encryption }) =>
      /^(ECDHE|DHE|RSA)$/.test(keyExchange) &&
      /^(RSA|ECDSA)$/.test(authentication) &&
      /AES|3DES|RC4/.test(encryption),
  );
  const broad = broadHello(version);
  return {
    ...broad,
    suites: common.slice(0, FEWER).map(({ name }) => name),
    groups: broad.groups.filter((name) => COMMON_GROUPS.has(name)),
    signatureAlgorithms: broad.signatureAlgorithms.filter((name) => COMMON_SCHEMES.test(name)),
  };
}
