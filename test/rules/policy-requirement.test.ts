// policy-requirement: what of a server breaks a row, and which clients cannot keep one.
import { describe, expect, test } from '@jest/globals';
import { check } from '../../src/check.ts';
import type { CertificateFacts } from '../../src/model/certificate.ts';
import type { Client } from '../../src/model/client.ts';
import type { Strength } from '../../src/model/evidence.ts';
import type { Requirement } from '../../src/model/requirement.ts';
import type { ServerProfile } from '../../src/model/server-profile.ts';
import type { Target } from '../../src/model/target.ts';
import { loadPolicy } from '../../src/policy/load-policy.ts';
import { clientBreaches } from '../../src/rules/requirement-client.ts';
import { targetBreaches } from '../../src/rules/requirement-target.ts';
import { RULES } from '../../src/rules/rules.ts';

const POLICY = 'policy.yml';

/** Messages of the rule for one client that the policy file declares. */
async function messages(client: string) {
  const policyText = `version: 1\nextends: [nist-sp-800-52r2, pci-dss-4]\nclients:\n  - name: etl\n${client}`;
  const loaded = loadPolicy(POLICY, policyText, {
    rules: RULES.map(({ meta }) => meta.id),
    labProfiles: [],
    suites: [],
  });
  if ('problems' in loaded) throw new Error(JSON.stringify(loaded.problems));
  const { report } = await check({
    workspace: { list: async () => [], read: async () => ({ text: '' }) },
    policy: loaded.policy,
    policyText,
    scan: async () => ({ reason: 'nothing is probed here' }),
    today: '2026-11-23',
  });
  return report.findings.filter(({ rule }) => rule === 'policy-requirement').map(({ message }) => message);
}

describe('clients', () => {
  test('one string that does not encrypt breaks the row of PCI DSS', async () => {
    expect(
      await messages(
        '    driver: ODBC Driver 17 for SQL Server 17.4\n    runs-on: Ubuntu 20.04\n    connection: Server=sql1;Database=a;Encrypt=no\n',
      ),
    ).toEqual([expect.stringMatching(/^pci-dss-4 Requirement 4\.2\.1: etl .*Encrypt=no/)]);
  });

  test.each([
    [
      'Strict ignores TrustServerCertificate',
      'Server=sql1;Database=a;Encrypt=strict;TrustServerCertificate=yes',
    ],
    ['encrypts and validates', 'Server=sql1;Database=a;Encrypt=yes;TrustServerCertificate=no'],
  ])('%s', async (_, connection) => {
    expect(
      await messages(
        `    driver: ODBC Driver 18 for SQL Server 18.3.2.1\n    runs-on: Ubuntu 22.04\n    connection: ${connection}\n`,
      ),
    ).toEqual([]);
  });
});

describe('what clients offer', () => {
  const row: Requirement = {
    pack: 'nist',
    section: '§1',
    source: 'https://nist.example.com',
    minProtocol: 'TLS 1.2',
    allowedSuites: ['A'],
  };
  const strong = { protocols: ['TLS 1.0', 'TLS 1.2'], suites: ['A', 'B'] } as const;
  const weak = { protocols: ['TLS 1.0'], suites: ['B'] } as const;
  type Offered = { readonly protocols: readonly string[]; readonly suites: readonly string[] } | null;
  const found = (cases: readonly [Offered, string | null][], strength: Strength = 'documented') =>
    clientBreaches(
      {
        name: 'etl',
        driver: { label: 'ODBC', version: '17.4' },
        settings: { encrypt: null, trustServerCertificate: null },
        connectionSpan: null,
        cases: cases.map(([hello, supportEnds]) => ({
          hello,
          supportEnds,
          tls12Fix: null,
          evidence: [{ strength, statement: 'known' }],
        })),
      } as unknown as Client,
      [row],
      '2026-11-23',
    ).map(({ about }) => about);

  test.each<[string, [Offered, string | null][], string[]]>([
    ['nothing that is allowed', [[weak, null]], ['protocol', 'suites']],
    ['TLS 1.0 beside TLS 1.2', [[strong, null]], []],
    [
      'one supported system that keeps it',
      [
        [weak, null],
        [strong, '2030-01-01'],
      ],
      [],
    ],
    [
      'one out of support that would keep it',
      [
        [weak, null],
        [strong, '2020-01-01'],
      ],
      ['protocol', 'suites'],
    ],
    ['only systems out of support', [[weak, '2020-01-01']], []],
    [
      'one system whose hello is not known',
      [
        [weak, null],
        [null, null],
      ],
      [],
    ],
  ])('%s', (_, cases, expected) => {
    expect(found(cases)).toEqual(expected);
  });

  test('what is only supposed breaks nothing', () => {
    expect(found([[weak, null]], 'assumed')).toEqual([]);
  });
});

describe('targets', () => {
  const nist: Requirement = { pack: 'nist', section: '§1', source: 'https://nist.example.com' };
  const mine: Requirement = { pack: 'mine', section: '§2', source: 'https://mine.example.com' };
  const fact = <T>(value: T, strength: Strength = 'observed') => ({
    value,
    evidence: { strength, statement: 'seen' },
  });
  const found = (server: Partial<ServerProfile>, rows: readonly Requirement[]) =>
    targetBreaches(
      {
        target: { name: 'sql' } as Target,
        server: { protocols: {}, answers: new Map(), ...server },
        pairs: [],
      },
      rows,
    ).map((breach) => [breach.found, breach.by.map(({ pack }) => pack).join()]);
  const certificate = (facts: Partial<CertificateFacts>) => fact(facts as CertificateFacts);

  test('one thing names every row it breaks, and no row that allows it', () => {
    const rows = [
      { ...nist, allowedSuites: ['A', 'B'] },
      { ...mine, forbiddenSuites: ['B', 'C'] },
    ];
    expect(found({ suites: fact({ names: ['A', 'B', 'C'], order: 'server' }) }, rows)).toEqual([
      ['sql takes B', 'mine'],
      ['sql takes C', 'nist,mine'],
    ]);
  });

  test.each<[string, Partial<ServerProfile>, Requirement, string[]]>([
    [
      'an old version',
      { protocols: { 'TLS 1.1': fact('accepted') } },
      { ...nist, minProtocol: 'TLS 1.2' },
      ['sql takes TLS 1.1'],
    ],
    [
      'a version that is refused',
      { protocols: { 'TLS 1.1': fact('rejected') } },
      { ...nist, minProtocol: 'TLS 1.2' },
      [],
    ],
    [
      'a version that is only supposed',
      { protocols: { 'TLS 1.1': fact('accepted', 'assumed') } },
      { ...nist, minProtocol: 'TLS 1.2' },
      [],
    ],
    [
      'a group',
      { groups: fact(['x25519', 'secp521r1']) },
      { ...nist, allowedGroups: ['x25519'] },
      ['sql takes the group secp521r1'],
    ],
    [
      'a short prime',
      { dhBits: fact(1024) },
      { ...nist, minDhBits: 2048 },
      ['the TLS_DHE prime of sql has 1024 bits'],
    ],
    [
      'a short RSA key',
      { certificate: certificate({ keyType: 'RSA', keyBits: 1024, signatureHash: 'SHA-256' }) },
      { ...nist, minRsaBits: 2048, minEcBits: 256 },
      ['the certificate of sql has a RSA key of 1024 bits'],
    ],
    [
      'an ECDSA key, shorter by nature',
      { certificate: certificate({ keyType: 'ECDSA', keyBits: 256, signatureHash: 'SHA-256' }) },
      { ...nist, minRsaBits: 2048, minEcBits: 256 },
      [],
    ],
    [
      'a hash',
      { certificate: certificate({ keyType: 'RSA', keyBits: 2048, signatureHash: 'SHA-1' }) },
      { ...nist, forbiddenHashes: ['SHA-1'] },
      ['the certificate of sql is signed with SHA-1'],
    ],
    ['nothing known', {}, { ...nist, minProtocol: 'TLS 1.2', minDhBits: 2048, allowedSuites: [] }, []],
  ])('%s', (_, server, row, expected) => {
    expect(found(server, [row]).map(([text]) => text)).toEqual(expected);
  });
});
