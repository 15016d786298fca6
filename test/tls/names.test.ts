import { expect, test } from '@jest/globals';
import stacks from '../../src/catalog/data/tls-stacks.json' with { type: 'json' };
import { suiteByName } from '../../src/tls/cipher-suites.ts';
import { alertName, NAMED_GROUPS, type Registry, SIGNATURE_SCHEMES } from '../../src/tls/names.ts';

const unresolved = (names: readonly string[], code: (name: string) => number | undefined) =>
  [...new Set(names)].filter((name) => code(name) === undefined);

test('every name of the TLS stacks has a code point', () => {
  expect(
    unresolved(
      stacks.rows.flatMap(({ groups }) => groups),
      NAMED_GROUPS.code,
    ),
  ).toEqual([]);
  expect(
    unresolved(
      stacks.rows.flatMap(({ signatureAlgorithms }) => signatureAlgorithms),
      SIGNATURE_SCHEMES.code,
    ),
  ).toEqual([]);
  expect(
    unresolved(
      stacks.rows.flatMap(({ suites }) => suites),
      (name) => suiteByName(name)?.code,
    ),
  ).toEqual([]);
});

test.each<[Registry, string, number]>([
  [NAMED_GROUPS, 'secp256r1', 23],
  [NAMED_GROUPS, 'secp521r1', 25],
  [NAMED_GROUPS, 'brainpoolP512r1', 28],
  [NAMED_GROUPS, 'x25519', 29],
  [NAMED_GROUPS, 'x448', 30],
  [NAMED_GROUPS, 'ffdhe2048', 256],
  [NAMED_GROUPS, 'ffdhe8192', 260],
  [NAMED_GROUPS, 'X25519MLKEM768', 0x11ec],
  [SIGNATURE_SCHEMES, 'rsa_pkcs1_md5', 0x0101],
  [SIGNATURE_SCHEMES, 'rsa_pkcs1_sha1', 0x0201],
  [SIGNATURE_SCHEMES, 'ecdsa_secp521r1_sha512', 0x0603],
  [SIGNATURE_SCHEMES, 'rsa_pss_rsae_sha256', 0x0804],
  [SIGNATURE_SCHEMES, 'ed448', 0x0808],
  [SIGNATURE_SCHEMES, 'rsa_pss_pss_sha512', 0x080b],
  [SIGNATURE_SCHEMES, 'mldsa87', 0x0906],
])('IANA: $1 is $2', (registry, name, code) => {
  expect(registry.code(name)).toBe(code);
  expect(registry.name(code)).toBe(name);
});

test('no two names share a code point', () => {
  for (const registry of [NAMED_GROUPS, SIGNATURE_SCHEMES]) {
    expect(new Set(registry.names.map(registry.code)).size).toBe(registry.names.length);
  }
});

test('an unknown code is written in hex and read back; an unknown name is none', () => {
  expect(NAMED_GROUPS.name(0x0a0a)).toBe('0x0A0A');
  expect(NAMED_GROUPS.code('0x0A0A')).toBe(0x0a0a);
  expect(NAMED_GROUPS.code('secp257r1')).toBeUndefined();
});

test('alerts by number', () => {
  expect([40, 70, 71, 112].map(alertName)).toEqual([
    'handshake_failure',
    'protocol_version',
    'insufficient_security',
    'unrecognized_name',
  ]);
  expect(alertName(255)).toBeNull();
});
