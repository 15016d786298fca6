// What an observation is taken to mean: silence means nothing, and another version is not this one.
import { expect, test } from '@jest/globals';
import type { HelloAnswer, Observation } from '../../src/model/observation.ts';
import type { Protocol } from '../../src/model/protocol.ts';
import { broadHello } from '../../src/observe/peel/broad-hello.ts';
import { profileOf } from '../../src/observe/profile.ts';
import { decodeCertificate } from '../../src/tls/certificate.ts';
import { madeCertificate } from '../tls/made-certificate.ts';

const NOTHING: Observation = {
  prelogin: { state: 'no-answer', reason: 'no answer after 5 s' },
  protocols: [],
  certificates: [],
  hellos: new Map(),
  enumerated: null,
  strict: null,
  connections: 1,
  milliseconds: 5000,
};
const accepted = (protocol: Protocol): HelloAnswer => ({
  state: 'accepted',
  protocol,
  suite: 'TLS_RSA_WITH_AES_128_CBC_SHA',
  group: null,
  dhBits: null,
  chain: [],
});
const rejected = (rejection: 'alert' | 'close' | 'reset', alert: number | null = null): HelloAnswer => ({
  state: 'rejected',
  rejection,
  alert,
});

test.each<[HelloAnswer, string, string]>([
  [accepted('TLS 1.2'), 'accepted', 'the server answered a TLS 1.2 hello with TLS_RSA_WITH_AES_128_CBC_SHA'],
  [accepted('TLS 1.0'), 'rejected', 'the server answered a TLS 1.2 hello with TLS 1.0'],
  [
    rejected('reset'),
    'rejected',
    'the server reset the connection after a TLS 1.2 hello that offered every suite',
  ],
  [
    rejected('close'),
    'rejected',
    'the server closed the connection after a TLS 1.2 hello that offered every suite',
  ],
  [
    rejected('alert', 70),
    'rejected',
    'the server sent alert 70 (protocol_version) after a TLS 1.2 hello that offered every suite',
  ],
])('%j', (answer, value, statement) => {
  const { protocols } = profileOf({
    ...NOTHING,
    protocols: [{ version: 'TLS 1.2', hello: broadHello('TLS 1.2'), answer }],
  });
  expect(protocols).toEqual({ 'TLS 1.2': { value, evidence: { strength: 'observed', statement } } });
});

test('silence: nothing is known', () => {
  const answer: HelloAnswer = { state: 'no-answer', reason: 'no answer after 5 s' };
  expect(
    profileOf({ ...NOTHING, protocols: [{ version: 'TLS 1.0', hello: broadHello('TLS 1.0'), answer }] }),
  ).toEqual({
    protocols: {},
    answers: new Map(),
  });
});

test('build, encryption and leaf are observed', () => {
  const leaf = decodeCertificate(madeCertificate());
  const { build, encryption, certificate } = profileOf({
    ...NOTHING,
    prelogin: { state: 'answered', version: '13.0.5026', encryption: 'REQ' },
    certificates: [leaf],
  });
  expect([build, encryption, certificate]).toEqual([
    { value: '13.0.5026', evidence: { strength: 'observed', statement: 'PRELOGIN says version 13.0.5026' } },
    { value: 'REQ', evidence: { strength: 'observed', statement: 'PRELOGIN answers ENCRYPT_REQ' } },
    {
      value: leaf,
      evidence: {
        strength: 'observed',
        statement: 'the server sent a certificate signed with SHA-256',
      },
    },
  ]);
});

test('what a login was told: the operating system, and the build where PRELOGIN did not say one', () => {
  const evidence = {
    product: { build: '15.0.4430.1', level: null, updateLevel: null, edition: null, version: null },
    host: {
      platform: 'Windows' as const,
      distribution: 'Windows Server 2019',
      release: null,
      windowsBuild: null,
    },
    session: null,
    certificate: { seen: null, configured: null, relation: null, forceEncryption: null, forceStrict: null },
    connectivity: null,
    workers: null,
    dispatcherPools: null,
    notes: [],
  };
  const login = { state: 'accepted' as const, reason: null, evidence };
  const alone = profileOf({ ...NOTHING, login });
  expect(alone.build).toMatchObject({ value: '15.0.4430.1', evidence: { strength: 'observed' } });
  expect(alone.os).toEqual({
    value: 'Windows Server 2019',
    evidence: {
      strength: 'observed',
      statement: 'the server told a login that it runs on Windows Server 2019',
    },
  });
  const prelogin = { state: 'answered' as const, version: '15.0.4430', encryption: 'OFF' as const };
  expect(profileOf({ ...NOTHING, prelogin, login }).build?.value).toBe('15.0.4430');
  expect(profileOf(NOTHING)).not.toHaveProperty('os');
});
