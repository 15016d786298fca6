/** OpenSSL behind TDS, set up in ways that a probe must tell exactly. */
import { generateKeyPairSync, getDiffieHellman } from 'node:crypto';
import { createSecureContext, type SecureContextOptions, type SecureVersion } from 'node:tls';
import type { Protocol } from '../../src/model/protocol.ts';
import { SUITES, suiteByName, suitesOf } from '../../src/tls/cipher-suites.ts';
import {
  algorithm,
  der,
  type KeyPair,
  madeCertificate,
  oid,
  RSA,
  sequence,
} from '../tls/made-certificate.ts';

export interface Configuration {
  readonly name: string;
  readonly versions: readonly Protocol[];
  /** IANA names, in the server's order. */
  readonly suites: readonly string[];
  readonly groups: readonly string[];
  readonly order: 'server' | 'client';
  readonly certificate: { readonly key: keyof typeof KEYS; readonly hash: keyof typeof RSA_WITH };
  /** Group of `getDiffieHellman`, where a DHE suite is among the suites. */
  readonly dh: 'modp2' | 'modp14';
}

const KEYS = {
  'RSA 2048': RSA,
  'RSA 1024': generateKeyPairSync('rsa', { modulusLength: 1024 }),
  'EC P-256': generateKeyPairSync('ec', { namedCurve: 'prime256v1' }),
  'EC P-384': generateKeyPairSync('ec', { namedCurve: 'secp384r1' }),
} as const satisfies Record<string, KeyPair>;
const RSA_WITH = { sha1: '5', sha256: '11', sha384: '12', sha512: '13' } as const;
const ECDSA_WITH = { sha1: '1', sha256: '3.2', sha384: '3.3', sha512: '3.4' } as const;
const NODE_VERSION: Partial<Record<Protocol, SecureVersion>> = {
  'TLS 1.0': 'TLSv1',
  'TLS 1.1': 'TLSv1.1',
  'TLS 1.2': 'TLSv1.2',
};

const GCM = ['TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384', 'TLS_RSA_WITH_AES_128_GCM_SHA256'];
const CBC = [
  'TLS_RSA_WITH_AES_128_CBC_SHA',
  'TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA',
  'TLS_RSA_WITH_AES_256_CBC_SHA',
];
const DHE = [
  'TLS_DHE_RSA_WITH_AES_256_GCM_SHA384',
  'TLS_DHE_RSA_WITH_AES_128_CBC_SHA',
  'TLS_DHE_RSA_WITH_CHACHA20_POLY1305_SHA256',
];
const ECDSA = [
  'TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256',
  'TLS_ECDHE_ECDSA_WITH_AES_128_CCM_8',
  'TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA',
];

const PLAIN = {
  versions: ['TLS 1.2'],
  suites: GCM,
  groups: ['x25519', 'secp256r1', 'secp384r1'],
  order: 'server',
  certificate: { key: 'RSA 2048', hash: 'sha256' },
  dh: 'modp14',
} as const satisfies Omit<Configuration, 'name'>;

/** All that this OpenSSL has for an RSA certificate, without authentication and without encryption too. */
function everything(): string[] {
  return SUITES.flatMap(({ name, openssl, keyExchange, authentication, minProtocol }) => {
    const fits = /^(RSA|DHE|ECDHE)$/.test(keyExchange) && /^(RSA|anon)$/.test(authentication);
    return fits && minProtocol !== 'TLS 1.3' && openssl !== null && opensslHas(openssl) ? [name] : [];
  });
}

/** OpenSSL refuses a list of which it knows no suite. */
function opensslHas(name: string): boolean {
  try {
    createSecureContext({ ciphers: `${name}:@SECLEVEL=0`, maxVersion: 'TLSv1.2' });
    return true;
  } catch {
    return false;
  }
}

export const CONFIGURATIONS: readonly Configuration[] = [
  { ...PLAIN, name: 'TLS 1.0 alone', versions: ['TLS 1.0'], suites: CBC },
  { ...PLAIN, name: 'TLS 1.1 alone', versions: ['TLS 1.1'], suites: CBC },
  { ...PLAIN, name: 'TLS 1.2 alone', suites: [...GCM, ...CBC] },
  { ...PLAIN, name: 'all three', versions: ['TLS 1.0', 'TLS 1.1', 'TLS 1.2'], suites: [...CBC, ...GCM] },
  { ...PLAIN, name: 'GCM only' },
  { ...PLAIN, name: 'CBC only, weakest first', suites: CBC },
  { ...PLAIN, name: 'DHE only', suites: DHE },
  { ...PLAIN, name: 'DHE of 1024 bits', suites: DHE.slice(0, 2), dh: 'modp2' },
  {
    ...PLAIN,
    name: 'ECDSA',
    suites: ECDSA,
    certificate: { key: 'EC P-256', hash: 'sha256' },
    order: 'client',
  },
  {
    ...PLAIN,
    name: 'ECDSA on P-384, signed with SHA-384',
    suites: ECDSA,
    // Its own curve last: the server prefers the others for the key exchange.
    groups: ['x25519', 'secp256r1', 'secp384r1'],
    certificate: { key: 'EC P-384', hash: 'sha384' },
  },
  { ...PLAIN, name: 'RSA 1024', certificate: { key: 'RSA 1024', hash: 'sha1' } },
  { ...PLAIN, name: 'a SHA-512 signature', certificate: { key: 'RSA 2048', hash: 'sha512' } },
  { ...PLAIN, name: 'one suite', suites: ['TLS_RSA_WITH_AES_128_CBC_SHA256'] },
  { ...PLAIN, name: 'the client’s order', suites: [...GCM, ...CBC, ...DHE], order: 'client' },
  { ...PLAIN, name: 'X25519 only', groups: ['x25519'] },
  { ...PLAIN, name: 'groups nobody else has', groups: ['brainpoolP384r1', 'secp521r1', 'sect571r1', 'x448'] },
  {
    ...PLAIN,
    name: 'everything, in three versions',
    versions: ['TLS 1.0', 'TLS 1.1', 'TLS 1.2'],
    suites: everything(),
  },
];

/** For `createSecureContext`. */
export function opensslOptions({
  versions,
  suites,
  groups,
  order,
  certificate,
  dh,
}: Configuration): SecureContextOptions {
  const [min, max] = [versions[0], versions.at(-1)].map((version) => version && NODE_VERSION[version]);
  const names = suites.map((name) => suiteByName(name)?.openssl ?? name);
  const { key, hash } = certificate;
  const keys: KeyPair = KEYS[key];
  const signature = key.startsWith('RSA')
    ? algorithm(`1.2.840.113549.1.1.${RSA_WITH[hash]}`)
    : sequence(oid(`1.2.840.10045.4.${ECDSA_WITH[hash]}`));
  const cert = pem('CERTIFICATE', madeCertificate({ keys, algorithm: signature, hash }));
  const { privateKey } = keys;
  const group = getDiffieHellman(dh);
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert,
    ciphers: `${names.join(':')}:@SECLEVEL=0`,
    ecdhCurve: groups.map((name) => (/^x/i.test(name) ? name.toUpperCase() : name)).join(':'),
    honorCipherOrder: order === 'server',
    dhparam: pem('DH PARAMETERS', sequence(integer(group.getPrime()), integer(group.getGenerator()))),
    ...(min && { minVersion: min }),
    ...(max && { maxVersion: max }),
  };
}

/** What a version can use of the configuration's suites. */
export function usableSuites({ suites }: Configuration, version: Protocol): readonly string[] {
  const usable = new Set(suitesOf(version).map(({ name }) => name));
  return suites.filter((name) => usable.has(name));
}

const integer = (bytes: Buffer) =>
  der(0x02, (bytes[0] ?? 0) & 0x80 ? Buffer.concat([Buffer.alloc(1), bytes]) : bytes);

function pem(label: string, bytes: Buffer): string {
  const lines = bytes.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}
