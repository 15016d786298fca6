/**
 * The server's choice of a cipher suite, RFC 5246 §7.4.1.3 and RFC 8446 §4.1.1: of both lists, fit for the version, the
 * kind of key of the certificate and a common named group; and of a signature scheme, RFC 5246 §7.4.1.4.1.
 */
import type { Cause } from '../../model/cause.ts';
import type { CertificateFacts } from '../../model/certificate.ts';
import type { Evidence } from '../../model/evidence.ts';
import type { ClientHelloProfile } from '../../model/hello.ts';
import { compareProtocols, type Protocol } from '../../model/protocol.ts';
import type { ServerProfile } from '../../model/server-profile.ts';
import { type CipherSuite, suiteByName } from '../cipher-suites.ts';
import { ALERT, fails, type Passed, serverGivesUp, unknown } from './ending.ts';

type KeyType = CertificateFacts['keyType'];

interface ServerKey {
  readonly type: KeyType;
  readonly curve: string | null;
  readonly bits: number | null;
  readonly evidence: Evidence;
}

/** Without the extension a TLS 1.2 client takes SHA-1 alone, RFC 5246 §7.4.1.4.1. */
const DEFAULT_SCHEMES = ['rsa_pkcs1_sha1', 'ecdsa_sha1', 'dsa_sha1'];

export function suiteStep(
  protocol: Protocol,
  hello: ClientHelloProfile,
  server: ServerProfile,
  before: readonly Evidence[],
): Passed<CipherSuite> {
  const { suites, groups } = server;
  if (!suites)
    return { end: unknown(`both sides have ${protocol}; the server's cipher suites are not known`, before) };
  const key = keyOf(server);
  const evidence = [...before, suites.evidence, key.evidence];
  const { suites: left, lost } = narrowed(protocol, key, hello, server);
  const wanted =
    suites.value.order === 'server' ? left[0] : left.find((one) => one.name === firstOf(hello, left));
  if (wanted === undefined) {
    return {
      end: fails({
        step: 'cipher-suite',
        scenario: 2,
        cause: lost,
        reason: `both sides have ${protocol}, but ${WORDS[lost](hello, server, key.type)}`,
        wire: serverGivesUp(server, ALERT.handshakeFailure),
        protocol,
        evidence: groups && lost === 'groups-disjoint' ? [...evidence, groups.evidence] : evidence,
      }),
    };
  }
  const unsigned = schemeStep(protocol, key, hello, server, evidence);
  return unsigned ? { end: unsigned } : { agreed: wanted, evidence };
}

/** Suites that are left of those in both lists; where none is, what the last ones were lost for. */
function narrowed(
  protocol: Protocol,
  key: ServerKey,
  hello: ClientHelloProfile,
  server: ServerProfile,
): { readonly suites: readonly CipherSuite[]; readonly lost: NarrowingCause } {
  const both = (server.suites?.value.names ?? []).flatMap((name) =>
    hello.suites.includes(name) ? (suiteByName(name) ?? []) : [],
  );
  const sieves: readonly (readonly [NarrowingCause, (suite: CipherSuite) => boolean])[] = [
    ['suites-of-another-version', (suite) => fitsVersion(suite, protocol)],
    ['certificate-key-type', (suite) => fitsKey(suite, key.type, protocol)],
    ['groups-disjoint', (suite) => fitsGroups(suite, key, hello, server.groups?.value)],
  ];
  let suites = both;
  let lost: NarrowingCause = 'suites-disjoint';
  for (const [cause, fits] of sieves) {
    if (suites.length > 0) lost = cause;
    suites = suites.filter(fits);
  }
  return { suites, lost };
}

type NarrowingCause = Extract<
  Cause,
  'suites-disjoint' | 'suites-of-another-version' | 'certificate-key-type' | 'groups-disjoint'
>;

const WORDS: Readonly<
  Record<NarrowingCause, (hello: ClientHelloProfile, server: ServerProfile, key: KeyType) => string>
> = {
  'suites-disjoint': ({ suites }, server) =>
    `no cipher suite is in both lists (client ${suites.length}, server ${server.suites?.value.names.length ?? 0})`,
  'suites-of-another-version': () => 'the cipher suites in both lists need another version',
  'certificate-key-type': (_, __, key) =>
    `none of the cipher suites in both lists fits the server's ${key} certificate`,
  'groups-disjoint': ({ groups }, server) =>
    `the cipher suites in both lists need a named group, and none is common (client ${groups.join(', ')}; server ${server.groups?.value.join(', ') ?? ''})`,
};

const firstOf = (hello: ClientHelloProfile, among: readonly CipherSuite[]) =>
  hello.suites.find((name) => among.some((one) => one.name === name));

const fitsVersion = ({ minProtocol, maxProtocol }: CipherSuite, protocol: Protocol) =>
  compareProtocols(protocol, minProtocol) >= 0 && compareProtocols(protocol, maxProtocol) <= 0;

const ANY = 'any(1.3)';

const isEdwards = (key: KeyType) => key === 'Ed25519' || key === 'Ed448';

/** Edwards keys serve ECDSA suites, from TLS 1.2 on: RFC 8422 §5.3. */
const fitsKey = ({ authentication }: CipherSuite, key: KeyType, protocol: Protocol) =>
  authentication === ANY ||
  authentication === key ||
  (authentication === 'ECDSA' && isEdwards(key) && compareProtocols(protocol, 'TLS 1.2') >= 0) ||
  (authentication === 'DSS' && key === 'DSA');

/** In TLS 1.2 the curve of an ECDSA certificate, too, must be in the client's list: RFC 8422 §5.1. */
function fitsGroups(
  { keyExchange }: CipherSuite,
  { curve }: ServerKey,
  hello: ClientHelloProfile,
  groups: readonly string[] | undefined,
): boolean {
  if (hello.groups.length === 0 || (keyExchange !== 'ECDHE' && keyExchange !== ANY)) return true;
  if (keyExchange === 'ECDHE' && curve !== null && !hello.groups.includes(curve)) return false;
  return groups === undefined || groups.some((group) => hello.groups.includes(group));
}

/** Almost every SQL Server certificate is RSA (SQL Server itself generates nothing else). */
function keyOf({ certificate }: ServerProfile): ServerKey {
  if (certificate)
    return {
      type: certificate.value.keyType,
      curve: certificate.value.keyType === 'ECDSA' ? certificate.value.curve : null,
      bits: certificate.value.keyBits,
      evidence: certificate.evidence,
    };
  return {
    type: 'RSA',
    curve: null,
    bits: null,
    evidence: {
      strength: 'documented',
      statement: "the server's key is RSA, as every certificate SQL Server generates",
    },
  };
}

const HASH_BYTES: Readonly<Record<string, number>> = { sha256: 32, sha384: 48, sha512: 64 };

/** Can a key sign with a scheme in a version? RFC 8446 §4.2.3; RFC 8017 §9.1.1 for the length that PSS needs. */
function canSign({ type, curve, bits }: ServerKey, scheme: string, protocol: Protocol): boolean {
  if (type === 'ECDSA')
    return scheme.startsWith(protocol === 'TLS 1.3' && curve !== null ? `ecdsa_${curve}_` : 'ecdsa_');
  if (type !== 'RSA') return scheme.startsWith(type === 'DSA' ? 'dsa_' : type.toLowerCase());
  if (scheme.startsWith('rsa_pkcs1_')) return protocol !== 'TLS 1.3';
  if (!scheme.startsWith('rsa_pss_rsae_')) return false;
  const hash = HASH_BYTES[scheme.slice('rsa_pss_rsae_'.length)] ?? 0;
  return bits === null || Math.ceil((bits - 1) / 8) >= 2 * hash + 2;
}

/** A server that can sign with nothing the client lists ends the handshake. Before TLS 1.2 there was no choice. */
function schemeStep(
  protocol: Protocol,
  key: ServerKey,
  hello: ClientHelloProfile,
  server: ServerProfile,
  evidence: readonly Evidence[],
) {
  const { signatureAlgorithms } = server;
  if (!signatureAlgorithms || compareProtocols(protocol, 'TLS 1.2') < 0) return null;
  const offered = hello.signatureAlgorithms.length > 0 ? hello.signatureAlgorithms : DEFAULT_SCHEMES;
  const common = signatureAlgorithms.value.filter((scheme) => offered.includes(scheme));
  if (common.some((scheme) => canSign(key, scheme, protocol))) return null;
  return fails({
    step: 'certificate',
    scenario: 4,
    cause: 'signature-algorithms-disjoint',
    reason: `both sides have ${protocol}, but the server can sign its key exchange with none of the ${offered.length} signature algorithms of the client`,
    wire: serverGivesUp(server, ALERT.handshakeFailure),
    protocol,
    evidence: [...evidence, signatureAlgorithms.evidence],
  });
}
