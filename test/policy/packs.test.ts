// The built-in policy packs: every row is whole, and the policy file takes them over in its order.
import { describe, expect, test } from '@jest/globals';
import { PACKS } from '../../src/policy/packs.ts';
import { suiteByName } from '../../src/tls/cipher-suites.ts';
import { load, problemsOf } from './known-names.ts';

const DEMANDS = [
  'minProtocol',
  'allowedSuites',
  'forbiddenSuites',
  'allowedGroups',
  'minRsaBits',
  'minEcBits',
  'minDhBits',
  'forbiddenHashes',
  'encrypt',
  'trustServerCertificate',
];

describe.each([...PACKS])('%s', (_, { title, source, rows }) => {
  test('says what it is and where it comes from', () => {
    expect(title).not.toBe('');
    expect(source).toMatch(/^https:\/\//);
    expect(rows.length).toBeGreaterThan(0);
  });

  test('every row has a section and asks for something that is known', () => {
    for (const { section, level, ...demand } of rows) {
      expect(section).toMatch(/\S/);
      expect([undefined, 'error', 'warning', 'notice']).toContain(level);
      expect(Object.keys(demand).length).toBeGreaterThan(0);
      expect(Object.keys(demand).filter((key) => !DEMANDS.includes(key))).toEqual([]);
    }
  });

  test('suites are IANA names of the suite table', () => {
    const names = rows.flatMap((row) => [...(row.allowedSuites ?? []), ...(row.forbiddenSuites ?? [])]);
    expect(names.filter((name) => suiteByName(name) === undefined)).toEqual([]);
  });
});

describe('extends', () => {
  const packsOf = (list: string) => {
    const loaded = load(`version: 1\nextends: [${list}]\n`);
    if ('problems' in loaded) throw new Error(JSON.stringify(loaded.problems));
    const { requirements, unknownPacks } = loaded.policy;
    return { packs: [...new Set(requirements.map(({ pack }) => pack))], unknownPacks, requirements };
  };

  test('packs come in the order of the file, each once', () => {
    const { packs, requirements } = packsOf('pci-dss-4, nist-sp-800-52r2, pci-dss-4');
    expect(packs).toEqual(['pci-dss-4', 'nist-sp-800-52r2']);
    expect(requirements.filter(({ pack }) => pack === 'pci-dss-4').length).toBe(
      PACKS.get('pci-dss-4')?.rows.length,
    );
  });

  test('one that is not built in asks for nothing, and is told', () => {
    const { packs, unknownPacks } = packsOf('acme/policies/tls.yml@v1');
    expect(packs).toEqual([]);
    expect(unknownPacks).toMatchObject([{ value: 'acme/policies/tls.yml@v1', span: { line: 2 } }]);
  });
});

describe('require and forbid', () => {
  test('each key is a row of the policy file, after those of packs', () => {
    const loaded = load(
      'version: 1\nextends: [cis-sql-server]\nrequire: { min-protocol: TLS 1.2, encrypt: [Strict] }\nforbid: { hashes: [SHA-1] }\n',
    );
    if ('problems' in loaded) throw new Error(JSON.stringify(loaded.problems));
    expect(loaded.policy.requirements).toMatchObject([
      { pack: 'cis-sql-server' },
      { pack: 'policy file', section: 'require', minProtocol: 'TLS 1.2' },
      { pack: 'policy file', section: 'require', encrypt: ['Strict'] },
      { pack: 'policy file', section: 'forbid', forbiddenHashes: ['SHA-1'] },
    ]);
  });

  test.each([
    ['require: { min-protocol: TLS 1.4 }', /^2:26 unknown protocol `TLS 1.4`/],
    ['require: { suite: [A] }', /^2:12 unknown key `suite` in `require`; did you mean `suites`/],
    ['forbid: { hashes: [SHA-256] }', /^2:20 unknown hash `SHA-256`/],
    ['forbid: { suites: [] }', /^2:11 `suites` is an empty list/],
  ])('%s', (line, problem) => {
    expect(problemsOf(`version: 1\n${line}\n`)).toEqual([expect.stringMatching(problem)]);
  });
});
