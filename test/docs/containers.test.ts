// The page about container targets: its policy loads, its step uses inputs that exist, its promises are the code's.
import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import { parse } from 'yaml';
import { createArguments, LABEL } from '../../src/edge/docker-text.ts';
import { loadPolicy } from '../../src/policy/load-policy.ts';

const page = readFileSync('docs/containers.md', 'utf8');
const [policy = '', step = ''] = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text]) => text);

test('the policy loads, and the schema takes it', () => {
  const loaded = loadPolicy('example.yml', policy, { rules: [], labProfiles: [], suites: [] });
  expect(loaded).toMatchObject({
    policy: {
      targets: [
        {
          name: 'tomorrow',
          address: {
            kind: 'container',
            image: 'mcr.microsoft.com/mssql/server:2022-latest',
            mssqlConf: 'infra/mssql.conf',
          },
          aliases: [{ host: 'sql-orders' }, { host: 'localhost', port: 1433 }],
        },
      ],
    },
  });
  const ajv = new Ajv({ formats: { date: true } });
  expect(ajv.compile(JSON.parse(readFileSync('schema/policy.schema.json', 'utf8')))(parse(policy))).toBe(
    true,
  );
});

test('the inputs of the step are the action’s', () => {
  const [{ with: inputs }] = parse(step);
  const known = Object.keys(parse(readFileSync('action.yml', 'utf8')).inputs);
  expect(known).toEqual(expect.arrayContaining(Object.keys(inputs)));
  expect(Object.keys(inputs)).toContain('allowed-images');
});

test('the label and the licence are what docker is told', () => {
  const args = createArguments('name', 'image');
  expect(args).toEqual(expect.arrayContaining(['ACCEPT_EULA=Y', LABEL]));
  expect(page).toContain(`--filter label=${LABEL}`);
  expect(page).toContain('`ACCEPT_EULA=Y`');
});
