/** The servers that the probe is held against, by process: Java keeps named groups and DHE sizes for the whole of one. */
import type { Protocol } from '../../../src/model/protocol.ts';
import type { JsseServer } from './servers.ts';

export interface Configured extends JsseServer {
  readonly name: string;
  /** Bits of the DHE prime; EXPORT has 512 whatever this is. */
  readonly dhBits?: number;
}

export interface Process {
  /** Named groups, of both kinds. */
  readonly groups: readonly string[];
  /** Java's system properties. */
  readonly properties: Readonly<Record<string, string>>;
  readonly servers: readonly Configured[];
}

const EVERY: readonly Protocol[] = ['TLS 1.2', 'TLS 1.1', 'TLS 1.0', 'SSL 3.0'];
const TLS12: readonly Protocol[] = ['TLS 1.2'];

const MANY_GROUPS = ['secp384r1', 'x448', 'secp521r1', 'x25519', 'secp256r1'];
const FFDHE_AND_MORE = ['secp256r1', 'ffdhe3072'];

const plain = { protocols: TLS12, keys: ['RSA:2048'], order: 'server', suites: 'all' } as const;
const ALL_KEYS = ['RSA:1024', 'EC:secp256r1', 'DSA:1024', 'EC/RSA:secp256r1'];

export const PROCESSES: readonly Process[] = [
  {
    groups: MANY_GROUPS,
    // `matched`: 1024 bits for a certificate of up to 1024 and for none, 2048 for a longer one.
    properties: { 'jdk.tls.ephemeralDHKeySize': 'matched', 'jdk.tls.namedGroups': `${MANY_GROUPS}` },
    servers: [
      { ...plain, name: 'everything', protocols: EVERY, keys: ALL_KEYS, dhBits: 1024 },
      {
        ...plain,
        name: 'everything, as the client prefers',
        protocols: TLS12,
        keys: ALL_KEYS,
        order: 'client',
        dhBits: 1024,
      },
      { ...plain, name: 'RSA, the worst suites first', suites: 'all-reversed', dhBits: 2048 },
      { ...plain, name: 'no certificate', protocols: ['TLS 1.2', 'TLS 1.0'], keys: [], dhBits: 1024 },
      {
        ...plain,
        name: 'anonymous suites before the others',
        suites: ['TLS_DH_anon_WITH_AES_128_CBC_SHA', 'TLS_RSA_WITH_AES_128_CBC_SHA'],
        dhBits: 2048,
      },
      { ...plain, name: 'ECDSA', keys: ['EC:secp384r1'], dhBits: 1024 },
      {
        ...plain,
        name: 'static ECDH',
        keys: ['EC/RSA:secp521r1'],
        suites: ['TLS_ECDH_RSA_WITH_AES_128_CBC_SHA'],
      },
      { ...plain, name: 'DSA', keys: ['DSA:1024'], protocols: ['TLS 1.2', 'TLS 1.1'], dhBits: 1024 },
      {
        ...plain,
        name: 'EXPORT with RSA 512',
        protocols: ['TLS 1.0', 'SSL 3.0'],
        keys: ['RSA:512'],
        suites: [
          'TLS_RSA_EXPORT_WITH_DES40_CBC_SHA',
          'TLS_DHE_RSA_EXPORT_WITH_DES40_CBC_SHA',
          'TLS_RSA_EXPORT_WITH_RC4_40_MD5',
          'TLS_DH_anon_EXPORT_WITH_RC4_40_MD5',
        ],
      },
      {
        ...plain,
        name: 'EXPORT with a temporary RSA key',
        protocols: ['TLS 1.0'],
        suites: ['TLS_RSA_EXPORT_WITH_RC4_40_MD5', 'TLS_RSA_EXPORT_WITH_DES40_CBC_SHA'],
      },
      {
        ...plain,
        name: 'NULL',
        suites: [
          'TLS_RSA_WITH_NULL_MD5',
          'TLS_RSA_WITH_NULL_SHA',
          'TLS_ECDHE_RSA_WITH_NULL_SHA',
          'TLS_ECDH_anon_WITH_NULL_SHA',
          'TLS_RSA_WITH_NULL_SHA256',
        ],
      },
      { ...plain, name: 'one suite', protocols: ['TLS 1.1'], suites: ['TLS_RSA_WITH_RC4_128_MD5'] },
      {
        ...plain,
        name: 'SSL 3.0',
        protocols: ['SSL 3.0'],
        suites: ['TLS_RSA_WITH_3DES_EDE_CBC_SHA', 'TLS_RSA_WITH_RC4_128_SHA', 'TLS_RSA_WITH_DES_CBC_SHA'],
      },
    ],
  },
  {
    groups: ['secp384r1'],
    // `legacy`: 768 bits.
    properties: { 'jdk.tls.ephemeralDHKeySize': 'legacy', 'jdk.tls.namedGroups': 'secp384r1' },
    servers: [
      {
        ...plain,
        name: 'DHE of 768 and 512 bits, one group',
        protocols: ['TLS 1.2', 'TLS 1.0'],
        keys: ['RSA:1024', 'DSA:1024'],
        suites: [
          'TLS_DHE_DSS_WITH_AES_128_CBC_SHA',
          'TLS_DHE_RSA_EXPORT_WITH_DES40_CBC_SHA',
          'TLS_DHE_RSA_WITH_AES_256_CBC_SHA',
          'TLS_DHE_DSS_EXPORT_WITH_DES40_CBC_SHA',
          'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA',
        ],
        dhBits: 768,
      },
    ],
  },
  {
    groups: FFDHE_AND_MORE,
    properties: { 'jdk.tls.namedGroups': `${FFDHE_AND_MORE}` },
    servers: [
      {
        ...plain,
        name: 'DHE of a group that the client names',
        suites: ['TLS_DHE_RSA_WITH_AES_128_GCM_SHA256', 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256'],
        dhBits: 3072,
      },
      {
        ...plain,
        name: 'TDS 8.0',
        protocols: ['TLS 1.3', 'TLS 1.2'],
        suites: [
          'TLS_AES_256_GCM_SHA384',
          'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256',
          'TLS_CHACHA20_POLY1305_SHA256',
          'TLS_RSA_WITH_AES_128_CBC_SHA',
          'TLS_AES_128_GCM_SHA256',
        ],
      },
    ],
  },
];
