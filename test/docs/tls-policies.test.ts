// The page about TLS settings: its policy and its registry file, checked, end as it says.
import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { check } from '../../src/check.ts';
import { loadPolicy } from '../../src/policy/load-policy.ts';

const page = readFileSync('docs/tls-policies.md', 'utf8');
const example = (language: string) =>
  new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``).exec(page)?.[1] ?? '';

test('the example fails on the value of the registry file', async () => {
  const policyText = `${example('yaml')}clients:\n  - name: api\n    driver: tedious 19.0.0\n    runtime: Node 22.11.0\n`;
  const loaded = loadPolicy('policy.yml', policyText, { rules: [], labProfiles: [], suites: [] });
  if ('problems' in loaded) throw new Error(JSON.stringify(loaded.problems));
  const { report } = await check({
    workspace: {
      list: async () => ['infra/hardening.reg'],
      read: async () => ({ text: example('reg') }),
    },
    policy: loaded.policy,
    policyText,
    scan: async () => ({ reason: 'nothing is probed here' }),
    today: '2026-11-23',
  });
  expect(report.pairs).toMatchObject([{ outcome: 'fails', scenario: 1 }]);
  expect(report.findings.find(({ rule }) => rule === 'no-common-protocol')).toMatchObject({
    file: 'infra/hardening.reg',
    line: 4,
  });
});
