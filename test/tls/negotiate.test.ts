import { describe, expect, test } from '@jest/globals';
import type { CertificateFacts } from '../../src/model/certificate.ts';
import { NO_LIMITS } from '../../src/model/client.ts';
import type { Evidence, Fact } from '../../src/model/evidence.ts';
import { type ClientHelloProfile, helloKey } from '../../src/model/hello.ts';
import type { HelloAnswer } from '../../src/model/observation.ts';
import type { Protocol } from '../../src/model/protocol.ts';
import { type ServerProfile, UNKNOWN_SERVER } from '../../src/model/server-profile.ts';
import { broadened } from '../../src/tls/broadened.ts';
import { negotiate } from '../../src/tls/negotiate.ts';
import type { Offer } from '../../src/tls/negotiation/offer.ts';
import { quantify } from '../../src/tls/quantify.ts';

const GCM = 'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384';
const ECDSA = 'TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384';
const STATIC_RSA = 'TLS_RSA_WITH_AES_256_GCM_SHA384';
const CBC = 'TLS_RSA_WITH_AES_128_CBC_SHA';

const evidence: Evidence = { strength: 'documented', statement: 'for the test' };
const fact = <T>(value: T): Fact<T> => ({ value, evidence });
const hello = (parts: Partial<ClientHelloProfile> = {}): ClientHelloProfile => ({
  protocols: ['TLS 1.2'],
  suites: [GCM, STATIC_RSA],
  groups: ['secp256r1'],
  signatureAlgorithms: ['rsa_pkcs1_sha256'],
  extendedMasterSecret: true,
  ...parts,
});
const offer = (parts: Partial<Offer> = {}): Offer => ({
  hello: hello(),
  clearText: false,
  encrypt: 'Mandatory',
  strict: null,
  limits: NO_LIMITS,
  validation: null,
  evidence: [evidence],
  ...parts,
});
const server = (
  accepted: readonly Protocol[],
  suites: readonly string[] | null,
  parts: Partial<ServerProfile> = {},
): ServerProfile => ({
  ...UNKNOWN_SERVER,
  protocols: Object.fromEntries(
    (['TLS 1.0', 'TLS 1.1', 'TLS 1.2'] as const).map((version) => [
      version,
      fact(accepted.includes(version) ? 'accepted' : 'rejected'),
    ]),
  ),
  ...(suites && { suites: fact({ names: suites, order: 'server' as const }) }),
  ...parts,
});
const certificate = (parts: Partial<CertificateFacts>): Fact<CertificateFacts> =>
  fact({
    version: 3,
    serialNumber: '2A',
    fingerprint: null,
    subject: 'CN=sql',
    commonName: 'sql',
    issuer: 'CN=Contoso CA',
    subjectAltNames: [],
    dnsNames: [],
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
    selfSigned: false,
    sqlServerFallback: false,
    serialNegative: false,
    ...parts,
  });
const answering = (one: ClientHelloProfile, answer: HelloAnswer): Pick<ServerProfile, 'answers'> => ({
  answers: new Map([[helloKey(one), answer]]),
});
const accepted = (protocol: Protocol, suite: string): HelloAnswer => ({
  state: 'accepted',
  protocol,
  suite,
  group: null,
  dhBits: null,
  chain: [],
});
const reset: HelloAnswer = { state: 'rejected', rejection: 'reset', alert: null };

describe('without a live server', () => {
  test('the highest common version and the server’s first usable suite', () => {
    const both = hello({ protocols: ['TLS 1.0', 'TLS 1.1', 'TLS 1.2'] });
    expect(
      negotiate(offer({ hello: both }), server(['TLS 1.0', 'TLS 1.2'], [STATIC_RSA, GCM])),
    ).toMatchObject({
      outcome: 'connects',
      protocol: 'TLS 1.2',
      suite: STATIC_RSA,
      confidence: 'documented',
    });
  });

  test('scenario 1: no version in common', () => {
    expect(
      negotiate(offer({ hello: hello({ protocols: ['TLS 1.0'] }) }), server(['TLS 1.2'], [GCM])),
    ).toMatchObject({
      outcome: 'fails',
      step: 'protocol',
      scenario: 1,
    });
  });

  test('scenario 2: suites that need another key type or version do not count', () => {
    expect(
      negotiate(offer({ hello: hello({ suites: [ECDSA] }) }), server(['TLS 1.2'], [ECDSA])),
    ).toMatchObject({ step: 'cipher-suite', scenario: 2 });
    const old = hello({ protocols: ['TLS 1.0'], suites: [STATIC_RSA, CBC] });
    expect(negotiate(offer({ hello: old }), server(['TLS 1.0'], [STATIC_RSA, CBC])).suite).toBe(CBC);
    expect(negotiate(offer({ hello: old }), server(['TLS 1.0'], [STATIC_RSA]))).toMatchObject({
      step: 'cipher-suite',
      scenario: 2,
    });
  });

  test('an ECDHE suite needs a common group', () => {
    const groups = { groups: fact(['x25519']) };
    expect(negotiate(offer(), server(['TLS 1.2'], [GCM], groups)).scenario).toBe(2);
    expect(negotiate(offer(), server(['TLS 1.2'], [GCM, STATIC_RSA], groups)).suite).toBe(STATIC_RSA);
  });

  test('scenario 4: a CA-signed certificate whose hash the client does not list; a self-signed one passes', () => {
    const sha512 = { signatureHash: 'SHA-512', signatureOid: '1.2.840.113549.1.1.13' } as const;
    const schannel = offer({ limits: { ...NO_LIMITS, unlistedHash: 'refused' } });
    expect(
      negotiate(schannel, server(['TLS 1.2'], [GCM], { certificate: certificate(sha512) })),
    ).toMatchObject({ step: 'certificate', scenario: 4, cause: 'certificate-hash', wire: { by: 'client' } });
    expect(
      negotiate(
        schannel,
        server(['TLS 1.2'], [GCM], { certificate: certificate({ ...sha512, selfSigned: true }) }),
      ).outcome,
    ).toBe('connects');
    // OpenSSL and others look at it only where they validate.
    expect(negotiate(offer(), server(['TLS 1.2'], [GCM], { certificate: certificate(sha512) })).outcome).toBe(
      'connects',
    );
  });

  test('what nobody knows is unknown, never unsupported', () => {
    expect(negotiate(offer(), UNKNOWN_SERVER).outcome).toBe('unknown');
    expect(negotiate(offer({ hello: null }), server(['TLS 1.2'], [GCM])).outcome).toBe('unknown');
    expect(negotiate(offer(), server(['TLS 1.2'], null)).outcome).toBe('unknown');
  });
});

describe('before TLS', () => {
  test('Strict fails where driver or server cannot do it', () => {
    expect(negotiate(offer({ encrypt: 'Strict', strict: false }), UNKNOWN_SERVER)).toMatchObject({
      outcome: 'fails',
      step: 'strict',
    });
    expect(
      negotiate(offer({ encrypt: 'Strict', strict: true }), server([], null, { strict: fact(false) })),
    ).toMatchObject({ outcome: 'fails', step: 'strict' });
    expect(negotiate(offer({ encrypt: 'Strict', strict: true }), UNKNOWN_SERVER).outcome).toBe('unknown');
  });

  test('a server without encryption stops only who insists', () => {
    const notSupported = server([], null, { encryption: fact('NOT_SUP') });
    expect(negotiate(offer(), notSupported)).toMatchObject({ outcome: 'fails', step: 'encryption' });
    expect(negotiate(offer({ encrypt: 'Optional' }), notSupported).outcome).toBe('connects');
  });

  test('a driver that never starts TLS cannot fail at it, and the confidence says what is supposed', () => {
    expect(negotiate(offer({ clearText: true }), UNKNOWN_SERVER)).toMatchObject({
      outcome: 'connects',
      protocol: null,
      confidence: 'assumed',
    });
  });
});

describe('with a live server', () => {
  const tls12 = server(['TLS 1.2'], null);

  test('an answered hello wins over the model', () => {
    expect(
      negotiate(offer(), { ...server([], []), ...answering(hello(), accepted('TLS 1.2', GCM)) }),
    ).toMatchObject({ outcome: 'connects', suite: GCM });
  });

  test('a reset with a version in common is scenario 2, and says reset', () => {
    expect(negotiate(offer(), { ...tls12, ...answering(hello(), reset) })).toMatchObject({
      outcome: 'fails',
      step: 'cipher-suite',
      scenario: 2,
      rejection: 'reset',
    });
  });

  test('a reset without a version in common is scenario 1', () => {
    const old = hello({ protocols: ['TLS 1.0'] });
    expect(negotiate(offer({ hello: old }), { ...tls12, ...answering(old, reset) })).toMatchObject({
      step: 'protocol',
      scenario: 1,
      rejection: 'reset',
    });
  });

  test('the same suites accepted with every signature algorithm: it was the signature, not the suite', () => {
    const answers = new Map([
      [helloKey(hello()), reset],
      [helloKey(broadened(hello())), accepted('TLS 1.2', GCM)],
    ]);
    expect(negotiate(offer(), { ...tls12, answers })).toMatchObject({
      step: 'certificate',
      scenario: 4,
      rejection: 'reset',
    });
  });

  test('a version below what the client takes makes the client hang up', () => {
    expect(negotiate(offer(), { ...tls12, ...answering(hello(), accepted('TLS 1.0', CBC)) })).toMatchObject({
      step: 'protocol',
      scenario: 1,
    });
  });

  test('silence is unknown', () => {
    const silent: HelloAnswer = { state: 'no-answer', reason: 'no answer after 5 s' };
    expect(negotiate(offer(), { ...tls12, ...answering(hello(), silent) })).toMatchObject({
      outcome: 'unknown',
      reason: expect.stringContaining('no answer after 5 s'),
    });
  });
});

describe('over every case a client could be', () => {
  const one = (label: string, protocols: readonly Protocol[]) => ({
    label,
    condition: null,
    hello: hello({ protocols }),
    clearText: false,
    limits: NO_LIMITS,
    stack: null,
    supportEnds: null,
    tls12Fix: null,
    evidence: [evidence],
  });
  const judged = (...cases: ReturnType<typeof one>[]) =>
    quantify(
      { cases, encrypt: 'Mandatory', strict: null, validation: null, evidence: [] },
      server(['TLS 1.2'], [GCM]),
    ).verdict;

  test('some fail, some connect: may fail, and it says which', () => {
    expect(
      judged(one('Windows Server 2008 R2', ['TLS 1.0']), one('Windows Server 2019', ['TLS 1.2'])),
    ).toMatchObject({
      outcome: 'may-fail',
      scenario: 1,
      reason: expect.stringMatching(/^fails on Windows Server 2008 R2; connects on Windows Server 2019 /),
    });
  });

  test('all alike', () => {
    expect(judged(one('a', ['TLS 1.2']), one('b', ['TLS 1.2'])).outcome).toBe('connects');
    expect(judged(one('a', ['TLS 1.0']), one('b', ['TLS 1.0'])).outcome).toBe('fails');
  });

  test('connecting in two versions: the older stands for both, and both are said', () => {
    const cases = [one('new', ['TLS 1.0', 'TLS 1.2']), one('old', ['TLS 1.0'])];
    const both = quantify(
      { cases, encrypt: 'Mandatory', strict: null, validation: null, evidence: [] },
      server(['TLS 1.0', 'TLS 1.2'], [STATIC_RSA, CBC]),
    );
    const old = { ...hello({ protocols: ['TLS 1.0'], suites: [CBC] }) };
    expect(both.verdict.outcome).toBe('may-fail');
    const shared = quantify(
      {
        cases: [{ ...one('new', ['TLS 1.2']) }, { ...one('old', ['TLS 1.0']), hello: old }],
        encrypt: 'Mandatory',
        strict: null,
        validation: null,
        evidence: [],
      },
      server(['TLS 1.0', 'TLS 1.2'], [STATIC_RSA, CBC]),
    );
    expect(shared.verdict).toMatchObject({
      outcome: 'connects',
      protocol: 'TLS 1.0',
      suite: null,
      reason: 'TLS 1.0 to TLS 1.2, by where it runs',
    });
    expect(judged().outcome).toBe('unknown');
  });
});
