/** A random client and a random server of OpenSSL, and what the model makes of them. */
import fc from 'fast-check';
import { NO_LIMITS } from '../../src/model/client.ts';
import type { Evidence, Fact } from '../../src/model/evidence.ts';
import type { ClientHelloProfile } from '../../src/model/hello.ts';
import { compareProtocols, PROTOCOLS, type Protocol } from '../../src/model/protocol.ts';
import type { ServerProfile } from '../../src/model/server-profile.ts';
import { suiteByName } from '../../src/tls/cipher-suites.ts';
import type { Offer } from '../../src/tls/negotiation/offer.ts';
import { CERTIFICATES, certificateOf, HOST } from './certificates.ts';

export const VERSIONS: readonly Protocol[] = PROTOCOLS.filter((version) => version !== 'SSL 3.0');

/** TLS 1.0 to 1.2, of those that OpenSSL 3 has at security level 0. */
export const SUITES = [
  'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384',
  'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256',
  'TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256',
  'TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384',
  'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256',
  'TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA',
  'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA',
  'TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384',
  'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256',
  'TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384',
  'TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA',
  'TLS_DHE_RSA_WITH_AES_256_GCM_SHA384',
  'TLS_DHE_RSA_WITH_AES_128_GCM_SHA256',
  'TLS_DHE_RSA_WITH_AES_256_CBC_SHA256',
  'TLS_DHE_RSA_WITH_AES_256_CBC_SHA',
  'TLS_DHE_RSA_WITH_AES_128_CBC_SHA',
  'TLS_RSA_WITH_AES_256_GCM_SHA384',
  'TLS_RSA_WITH_AES_128_GCM_SHA256',
  'TLS_RSA_WITH_AES_256_CBC_SHA256',
  'TLS_RSA_WITH_AES_128_CBC_SHA256',
  'TLS_RSA_WITH_AES_256_CBC_SHA',
  'TLS_RSA_WITH_AES_128_CBC_SHA',
];
const TLS13_SUITES = ['TLS_AES_256_GCM_SHA384', 'TLS_AES_128_GCM_SHA256', 'TLS_CHACHA20_POLY1305_SHA256'];
export const GROUPS = ['x25519', 'secp256r1', 'secp384r1', 'secp521r1'];
export const SCHEMES = [
  'rsa_pkcs1_sha256',
  'rsa_pkcs1_sha384',
  'rsa_pkcs1_sha512',
  'rsa_pkcs1_sha1',
  'rsa_pss_rsae_sha256',
  'rsa_pss_rsae_sha384',
  'rsa_pss_rsae_sha512',
  'ecdsa_secp256r1_sha256',
  'ecdsa_secp384r1_sha384',
  'ecdsa_secp521r1_sha512',
  'ed25519',
];
export const DH_BITS = [1024, 1536, 2048] as const;

interface Side {
  readonly versions: readonly Protocol[];
  readonly suites: readonly string[];
  readonly tls13Suites: readonly string[];
  readonly groups: readonly string[];
  readonly schemes: readonly string[];
}

export interface Pair {
  readonly client: Side & {
    readonly validates: boolean;
    readonly trustsCa: boolean;
    readonly minDhBits: number;
  };
  readonly server: Side & {
    /** Name of one of the certificates. */
    readonly certificate: string;
    readonly order: 'server' | 'client';
    /** `null`: no TLS_DHE. */
    readonly dhBits: (typeof DH_BITS)[number] | null;
  };
}

/** A range, as OpenSSL has it: oldest and newest. */
export const versions = fc
  .tuple(fc.nat(VERSIONS.length - 1), fc.nat(VERSIONS.length - 1))
  .map(([one, other]) => VERSIONS.slice(Math.min(one, other), Math.max(one, other) + 1));

/** Mostly wide lists: narrow ones on both sides would hardly ever meet. */
export const some = <T>(all: readonly T[]) =>
  fc.oneof(
    { weight: 2, arbitrary: fc.shuffledSubarray([...all], { minLength: Math.ceil(all.length / 2) }) },
    {
      weight: 1,
      arbitrary: fc.shuffledSubarray([...all], { minLength: 1, maxLength: Math.min(4, all.length) }),
    },
  );

const side = {
  versions,
  suites: some(SUITES),
  tls13Suites: some(TLS13_SUITES),
  groups: some(GROUPS),
  schemes: some(SCHEMES),
};

export const pairs: fc.Arbitrary<Pair> = fc.record({
  client: fc.record({
    ...side,
    validates: fc.boolean(),
    trustsCa: fc.integer({ min: 0, max: 4 }).map((one) => one > 0),
    minDhBits: fc.constantFrom(1024, 2048),
  }),
  server: fc.record({
    ...side,
    certificate: fc.constantFrom(...CERTIFICATES.keys()),
    order: fc.constantFrom('server' as const, 'client' as const),
    dhBits: fc.constantFrom(null, ...DH_BITS),
  }),
});

const evidence: Evidence = { strength: 'observed', statement: 'as configured' };
const fact = <T>(value: T): Fact<T> => ({ value, evidence });

/** OpenSSL puts its TLS 1.3 suites first, and leaves out what no enabled version can use. */
const suitesOf = ({ versions: enabled, suites, tls13Suites }: Side) => {
  const newest = enabled.at(-1);
  const oldest = enabled[0];
  return [...(newest === 'TLS 1.3' ? tls13Suites : []), ...(oldest === 'TLS 1.3' ? [] : suites)];
};

/** OpenSSL offers no suite whose kind of certificate none of its signature schemes could verify. */
export function helloOf({ client }: Pair): ClientHelloProfile {
  const { versions: enabled, groups, schemes } = client;
  const isVerifiable = (name: string) => {
    const authentication = suiteByName(name)?.authentication;
    if (authentication === 'RSA') return schemes.some((scheme) => scheme.startsWith('rsa_'));
    return authentication !== 'ECDSA' || schemes.some((scheme) => /^(ecdsa_|ed)/.test(scheme));
  };
  return {
    protocols: enabled,
    suites: suitesOf(client).filter(isVerifiable),
    groups,
    signatureAlgorithms: enabled.some((version) => compareProtocols(version, 'TLS 1.2') >= 0) ? schemes : [],
    extendedMasterSecret: true,
  };
}

export function offerOf(pair: Pair, at: string): Offer {
  const { validates, trustsCa, minDhBits } = pair.client;
  const { issuedByCa } = certificateOf(pair.server);
  return {
    hello: helloOf(pair),
    clearText: false,
    encrypt: 'Mandatory',
    strict: null,
    limits: { ...NO_LIMITS, minDhBits },
    validation: validates ? { host: HOST, trusted: trustsCa && issuedByCa, at, evidence: [evidence] } : null,
    evidence: [evidence],
  };
}

export function profileOf({ server }: Pair): ServerProfile {
  const isDhe = (name: string) => suiteByName(name)?.keyExchange === 'DHE';
  const names = suitesOf(server).filter((name) => server.dhBits !== null || !isDhe(name));
  return {
    protocols: Object.fromEntries(
      VERSIONS.map((version) => [version, fact(server.versions.includes(version) ? 'accepted' : 'rejected')]),
    ),
    suites: fact({ names, order: server.order }),
    groups: fact(server.groups),
    signatureAlgorithms: fact(server.schemes),
    certificate: fact(certificateOf(server).facts),
    ...(server.dhBits !== null && { dhBits: fact(server.dhBits) }),
    answers: new Map(),
  };
}
