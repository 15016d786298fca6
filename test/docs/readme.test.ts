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

test('the page of the probe is a real probe', async () => {
  const asked = ['probe', 'lab:sql-server-2016-dhe-unfixed', '--deep'];
  const { stdout } = await run('dist/cli.js', asked);
  const block = /(<!-- capture: probe [^>]* -->\n```\n)[\s\S]*?(```\n<!-- \/capture -->)/;
  // The time of the run that was captured: the one thing that differs.
  const time = process.env.UPDATE_GOLDEN === '1' ? null : /connections, \d+ ms/.exec(readme());
  const page = time === null ? stdout : stdout.replace(/connections, \d+ ms/, time[0]);
  const captured = readme().replace(block, (_, before: string, after: string) => before + page + after);
  if (process.env.UPDATE_GOLDEN === '1') writeFileSync('README.md', captured);
  expect(readme()).toContain(`node dist/cli.js ${asked.join(' ')}\n`);
  expect(readme()).toBe(captured);
});

test('the policy file it shows loads', () => {
  const [, example = ''] = /```yaml\n(version: 1\n[\s\S]*?)```/.exec(readme()) ?? [];
  const loaded = loadPolicy('example.yml', example, {
    rules: RULES.map(({ meta }) => meta.id),
    labProfiles: [],
    suites: [],
  });
  expect('problems' in loaded ? loaded.problems : []).toEqual([]);
  expect('policy' in loaded ? loaded.policy : DEFAULT_POLICY).toMatchObject({
    failOn: 'error',
    clients: [{ name: 'warehouse-etl' }],
  });
});

test('its table names the rules of the six scenarios', () => {
  const named = [...readme().matchAll(/^\| `([\w-]+)` \| (\d?) ?\|/gm)].map(([, id, scenario]) => [
    id,
    scenario === '' ? null : Number(scenario),
  ]);
  const scenarios = RULES.flatMap(({ meta }) => (meta.scenario === null ? [] : [[meta.id, meta.scenario]]));
  expect(named).toEqual(scenarios.sort(([, one], [, other]) => Number(one) - Number(other)));
});
