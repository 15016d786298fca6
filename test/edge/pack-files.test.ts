// A policy pack that is a file of the checked folder.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { openFolder } from '../../src/edge/open-folder.ts';

const made: string[] = [];
afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true });
});

const opened = (files: Readonly<Record<string, string>>) => {
  const path = mkdtempSync(join(tmpdir(), 'packs-'));
  made.push(path);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), text);
  }
  return openFolder({ path, policyFile: null });
};
const POLICY = 'version: 1\nextends: [./security/pack.yml]\n';

test('its rows count beside those of the policy file, under its own name', async () => {
  const folder = await opened({
    'mssql-tls-preflight.yml': POLICY,
    'security/pack.yml':
      'version: 1\nsource: https://wiki.example.com/tls\nrequire: { min-protocol: TLS 1.2 }\nforbid: { hashes: [SHA-1] }\n',
  });
  if ('complaint' in folder) throw new Error(folder.complaint.join());
  const from = { pack: './security/pack.yml', source: 'https://wiki.example.com/tls' };
  expect(folder.policy.requirements).toEqual([
    { minProtocol: 'TLS 1.2', section: 'require', ...from },
    { forbiddenHashes: ['SHA-1'], section: 'forbid', ...from },
  ]);
  expect(folder.policy.unknownPacks).toEqual([]);
});

test.each([
  [
    'a mistake in it',
    { 'security/pack.yml': 'version: 1\nrequire: { min-protocol: TLS 1.9 }\n' },
    /^security\/pack\.yml:2:26.*TLS 1\.9/,
  ],
  [
    'an unknown key',
    { 'security/pack.yml': 'version: 1\nforbidd: {}\n' },
    /^security\/pack\.yml:2:1.*forbid/,
  ],
  ['no such file', {}, /^mssql-tls-preflight\.yml:2:11: the policy pack `\.\/security\/pack\.yml`: /],
])('%s is told with its place', async (_, files: Record<string, string>, expected) => {
  const folder = await opened({ 'mssql-tls-preflight.yml': POLICY, ...files });
  expect(folder).toMatchObject({ complaint: [expect.stringMatching(expected)], exit: 2 });
});
