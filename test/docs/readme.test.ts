// What the README shows is what the commands print. UPDATE_GOLDEN=1 captures anew.
import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { DEFAULT_POLICY } from '../../src/model/policy.ts';
import { loadPolicy } from '../../src/policy/load-policy.ts';
import { RULES } from '../../src/rules/rules.ts';
import { run } from '../end-to-end/run.ts';

const CAPTURE = /(<!-- capture: check examples\/contoso -->\n```\n)[\s\S]*?(```\n<!-- \/capture -->)/;
const readme = () => readFileSync('README.md', 'utf8');

test('the capture is a real run', async () => {
  const { stdout } = await run('dist/cli.js', ['check', 'examples/contoso']);
  const errors = stdout.slice(0, stdout.indexOf('\n\nwarning['));
  const shown = `${errors}\n\n… and the warnings, in the same way.\n`;
  const captured = readme().replace(CAPTURE, (_, before: string, after: string) => before + shown + after);
  if (process.env.UPDATE_GOLDEN === '1') writeFileSync('README.md', captured);
  expect(readme()).toBe(captured);
});

test('the policy file it shows loads', () => {
  const [, example = ''] = /```yaml\n(version: 1\n[\s\S]*?)```/.exec(readme()) ?? [];
  const loaded = loadPolicy('example.yml', example, {
    rules: RULES.map(({ meta }) => meta.id),
    labProfiles: [],
  });
  expect('problems' in loaded ? loaded.problems : []).toEqual([]);
  expect('policy' in loaded ? loaded.policy : DEFAULT_POLICY).toMatchObject({
    failOn: 'error',
    clients: [{ name: 'warehouse-etl' }],
  });
});

test('its table of rules is the list of rules', () => {
  const named = [...readme().matchAll(/^\| `([\w-]+)` \| (\d?) ?\|/gm)].map(([, id, scenario]) => [
    id,
    scenario === '' ? null : Number(scenario),
  ]);
  expect(named).toEqual(RULES.map(({ meta }) => [meta.id, meta.scenario]));
});
