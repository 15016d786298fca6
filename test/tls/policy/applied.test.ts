// One setting at a time, on a hello and a server of a few suites: what is taken away, and what is left unknown.
import { describe, expect, test } from '@jest/globals';
import { NO_LIMITS } from '../../../src/model/client.ts';
import type { Evidence } from '../../../src/model/evidence.ts';
import type { ClientHelloProfile } from '../../../src/model/hello.ts';
import { type ServerProfile, UNKNOWN_SERVER } from '../../../src/model/server-profile.ts';
import { settingsOfFile } from '../../../src/settings-of-file.ts';
import { changed } from '../../../src/tls/changed.ts';
import { appliedToHello } from '../../../src/tls/policy/applied-to-hello.ts';
import { appliedToServer } from '../../../src/tls/policy/applied-to-server.ts';

const ECDHE = 'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384';
const ECDHE_CBC = 'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA';
const ECDSA = 'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256';
const DHE = 'TLS_DHE_RSA_WITH_AES_128_GCM_SHA256';
const STATIC = 'TLS_RSA_WITH_AES_256_CBC_SHA256';
const RC4 = 'TLS_RSA_WITH_RC4_128_SHA';
const TRIPLE_DES = 'TLS_RSA_WITH_3DES_EDE_CBC_SHA';
const SUITES = [ECDHE, ECDHE_CBC, ECDSA, DHE, STATIC, RC4, TRIPLE_DES];

const HELLO: ClientHelloProfile = {
  protocols: ['TLS 1.0', 'TLS 1.1', 'TLS 1.2'],
  suites: SUITES,
  groups: ['x25519', 'secp256r1', 'secp384r1'],
  signatureAlgorithms: ['rsa_pkcs1_sha256', 'rsa_pkcs1_sha1', 'ecdsa_sha1'],
  extendedMasterSecret: true,
};
const said: Evidence = { strength: 'documented', statement: 'by the book' };
const SERVER: ServerProfile = {
  ...UNKNOWN_SERVER,
  protocols: {
    'TLS 1.0': { value: 'rejected', evidence: said },
    'TLS 1.2': { value: 'accepted', evidence: said },
  },
  suites: { value: { names: SUITES, order: 'server' }, evidence: said },
};

const SCHANNEL = '[HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL';
const registry = (key: string, ...values: string[]) =>
  settingsOfFile('a.reg', `Windows Registry Editor Version 5.00\n\n${key}]\n${values.join('\n')}\n`);
const off = (path: string) => registry(`${SCHANNEL}\\${path}`, '"Enabled"=dword:00000000');
const unknown = { oldWindows: null, securityLevel: null };
const offered = (settings: ReturnType<typeof off>, obeying: Parameters<typeof appliedToHello>[3] = unknown) =>
  appliedToHello(HELLO, NO_LIMITS, settings, obeying);
const except = (...gone: string[]) => SUITES.filter((name) => !gone.includes(name));

describe('Schannel, both ends', () => {
  test.each([
    ['Ciphers\\RC4 128/128', except(RC4)],
    ['Ciphers\\Triple DES 168', except(TRIPLE_DES)],
    ['Ciphers\\AES 256/256', except(ECDHE, STATIC)],
    ['Hashes\\SHA', except(ECDHE_CBC, RC4, TRIPLE_DES)],
    ['KeyExchangeAlgorithms\\Diffie-Hellman', except(DHE)],
    ['KeyExchangeAlgorithms\\ECDH', [DHE, STATIC, RC4, TRIPLE_DES]],
    ['KeyExchangeAlgorithms\\PKCS', [ECDHE, ECDHE_CBC, ECDSA, DHE]],
  ])('%s is off', (path, left) => {
    expect(offered(off(path)).hello?.suites).toEqual(left);
    expect(appliedToServer(SERVER, off(path), unknown).profile.suites?.value.names).toEqual(left);
  });

  test('PKCS off on Windows Server 2012 takes whatever RSA authenticates, and that is only supposed', () => {
    const { hello, evidence } = offered(off('KeyExchangeAlgorithms\\PKCS'), { ...unknown, oldWindows: true });
    expect(hello?.suites).toEqual([ECDSA]);
    expect(evidence).toMatchObject([{ strength: 'assumed' }]);
  });

  test('SHA off takes the signatures with it', () => {
    expect(offered(off('Hashes\\SHA')).hello?.signatureAlgorithms).toEqual(['rsa_pkcs1_sha256']);
  });

  test('a version is on only when both of its values say so', () => {
    const both = registry(
      `${SCHANNEL}\\Protocols\\TLS 1.1\\Client`,
      '"Enabled"=dword:00000001',
      '"DisabledByDefault"=dword:00000001',
    );
    expect(offered(both).hello?.protocols).toEqual(['TLS 1.0', 'TLS 1.2']);
    const server = off('Protocols\\TLS 1.2\\Server');
    expect(offered(server)).toEqual({ hello: HELLO, limits: NO_LIMITS, evidence: [], unresolved: [] });
  });

  test('a version that the documents deny a server is not there because it is switched on: it is unknown', () => {
    const on = registry(`${SCHANNEL}\\Protocols\\TLS 1.0\\Server`, '"Enabled"=dword:00000001');
    const { profile, unresolved } = appliedToServer(SERVER, on, unknown);
    expect(profile.protocols['TLS 1.0']).toBeUndefined();
    expect(unresolved).toEqual([expect.stringContaining('whether its build can do TLS 1.0')]);
  });

  test('an order names curves before Windows 10; a suite that is not there by default makes it a supposition', () => {
    const order = (names: string) =>
      registry(
        '[HKEY_LOCAL_MACHINE\\SOFTWARE\\Policies\\Microsoft\\Cryptography\\Configuration\\SSL\\00010002',
        `"Functions"="${names}"`,
      );
    const plain = offered(order(`${STATIC},${ECDHE}_P256,${ECDHE}_P384`));
    expect(plain.hello?.suites).toEqual([STATIC, ECDHE]);
    expect(plain.evidence).toMatchObject([{ strength: 'declared', took: except(STATIC, ECDHE) }]);
    const beyond = offered(order(`${STATIC},TLS_RSA_WITH_NULL_SHA256`));
    expect(beyond.hello?.suites).toEqual([STATIC]);
    expect(beyond.evidence).toMatchObject([{ strength: 'assumed' }]);
  });

  test('shortest DH key of a client', () => {
    const bits = registry(
      `${SCHANNEL}\\KeyExchangeAlgorithms\\Diffie-Hellman`,
      '"ClientMinKeyBitLength"=dword:00000800',
    );
    expect(offered(bits).limits.minDhBits).toBe(2048);
  });
});

describe('OpenSSL', () => {
  const conf = (line: string) =>
    settingsOfFile(
      'openssl.cnf',
      `openssl_conf = init\n[init]\nssl_conf = ssl\n[ssl]\nsystem_default = defaults\n[defaults]\n${line}\n`,
    );
  const level2 = { oldWindows: null, securityLevel: 2 };

  test.each([
    ['MinProtocol = TLSv1.2', ['TLS 1.2']],
    ['MaxProtocol = TLSv1.1', ['TLS 1.0', 'TLS 1.1']],
    ['# MaxProtocol = TLSv1.1', ['TLS 1.0', 'TLS 1.1', 'TLS 1.2']],
  ])('%s', (line, left) => {
    expect(offered(conf(line), level2).hello?.protocols).toEqual(left);
  });

  test('plain names are a list, the level that holds anyway is nothing, anything else is unknown', () => {
    expect(offered(conf('CipherString = AES256-SHA256:ECDHE-RSA-AES256-GCM-SHA384')).hello?.suites).toEqual([
      STATIC,
      ECDHE,
    ]);
    expect(offered(conf('CipherString = DEFAULT:@SECLEVEL=2'), level2).hello).toEqual(HELLO);
    for (const written of ['HIGH:!aNULL', 'DEFAULT:@SECLEVEL=1'])
      expect(offered(conf(`CipherString = ${written}`), level2)).toMatchObject({
        hello: null,
        unresolved: expect.arrayContaining([expect.stringContaining('what it offers is not known')]),
      });
  });
});

test('java.security: versions, algorithms, wildcards and the length of a prime', () => {
  const settings = settingsOfFile(
    'java.security',
    'jdk.tls.disabledAlgorithms=SSLv3, RC4, 3DES_EDE_CBC, TLS_RSA_WITH_*_SHA256, DH keySize < 2048\n',
  );
  const { hello, limits } = offered(settings);
  expect(hello?.suites).toEqual([ECDHE, ECDHE_CBC, ECDSA, DHE]);
  expect(limits.minDhBits).toBe(2048);
});

test('a planned file is newer than what was seen; answers count as far as it still allows them', () => {
  const seen = (suite: string) =>
    ({ state: 'accepted', protocol: 'TLS 1.2', suite }) as unknown as NonNullable<
      ReturnType<ServerProfile['answers']['get']>
    >;
  const now = {
    ...SERVER,
    answers: new Map([
      ['a', seen(ECDHE)],
      ['b', seen(STATIC)],
    ]),
  };
  const settings = off('KeyExchangeAlgorithms\\PKCS');
  const then = changed(now, { settings }, said);
  expect(then.suites?.value.names).toEqual([ECDHE, ECDHE_CBC, ECDSA, DHE]);
  expect([...then.answers.keys()]).toEqual(['a']);
});
