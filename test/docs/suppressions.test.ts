// docs/suppressions.md: its policy loads, its comments count, its baseline is one.
import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { SourceText } from '../../src/discover/text/source-text.ts';
import { readBaseline } from '../../src/policy/baseline.ts';
import { inlineIgnores } from '../../src/policy/inline-ignores.ts';
import { loadPolicy } from '../../src/policy/load-policy.ts';
import { RULES } from '../../src/rules/rules.ts';

const page = readFileSync('docs/suppressions.md', 'utf8');
const rules = RULES.map(({ meta }) => meta.id);
const block = (language: string) =>
  new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'm').exec(page)?.[1] ?? '';

test('the policy', () => {
  const loaded = loadPolicy('policy.yml', block('yaml'), { rules, labProfiles: [], suites: [] });
  expect('problems' in loaded ? loaded.problems : loaded.policy.suppressions).toMatchObject([
    { rule: 'encryption-optional', client: 'legacy/billing', expires: '2027-06-30' },
  ]);
});

test('every comment is one, of rules that exist and with a reason', () => {
  const text = block('text');
  const found = inlineIgnores(new SourceText('a', text));
  expect(found).toHaveLength(text.trimEnd().split('\n').length);
  expect(found.filter(({ reason }) => reason === '')).toEqual([]);
  expect(found.flatMap((one) => one.rules).filter((rule) => !rules.includes(rule))).toEqual([]);
});

test('the baseline', () => {
  expect(readBaseline('baseline.json', block('json'))).toMatchObject({
    fingerprints: new Set(['1e729bb334902990']),
  });
});
