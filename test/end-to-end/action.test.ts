// `node dist/action.js` exactly as the runner starts it: inputs and files through the environment, bytes compared.
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { expectGolden } from '../golden.ts';
import { folderOf, removeFolders } from './folders.ts';
import { type NODES, run } from './run.ts';

afterAll(removeFolders);

interface Step {
  readonly inputs?: Readonly<Record<string, string>>;
  readonly event?: { readonly name: string; readonly payload: object };
  readonly node?: keyof typeof NODES;
}

async function step(
  workspace: string,
  { inputs = {}, event = { name: 'push', payload: {} }, node = 24 }: Step = {},
) {
  const files = folderOf({ output: '', summary: '', 'event.json': JSON.stringify(event.payload) });
  const env: NodeJS.ProcessEnv = {
    GITHUB_ACTIONS: 'true',
    GITHUB_WORKSPACE: resolve(workspace),
    GITHUB_OUTPUT: join(files, 'output'),
    GITHUB_STEP_SUMMARY: join(files, 'summary'),
    GITHUB_EVENT_PATH: join(files, 'event.json'),
    GITHUB_EVENT_NAME: event.name,
    GITHUB_REPOSITORY: 'contoso/services',
  };
  for (const [name, value] of Object.entries(inputs)) env[`INPUT_${name.toUpperCase()}`] = value;
  const ran = await run('dist/action.js', [], { node, cwd: workspace, env });
  const read = (name: string) => readFileSync(join(files, name), 'utf8');
  return { ...ran, outputs: outputsOf(read('output')), summary: read('summary') };
}

/** `name<<delimiter`, value, delimiter: the runner's file format. */
const outputsOf = (text: string) =>
  Object.fromEntries(
    [...text.matchAll(/^([\w-]+)<<(\S+)\n([\s\S]*?)\n\2$/gm)].map(([, name, , value]) => [name, value]),
  );

test('Contoso: annotations, summary, outputs and exit code', async () => {
  const { code, stdout, stderr, outputs, summary } = await step('examples/contoso');
  expect([code, stderr]).toEqual([1, '']);
  expectGolden('test/end-to-end/contoso.annotations.golden.txt', stdout);
  expectGolden('test/end-to-end/contoso.summary.golden.md', summary.replace(/\| \d+ \|$/gm, '| N |'));
  expect(outputs).toEqual({ errors: '4', warnings: '5', notices: '1', failing: '3' });
});

test('it starts on Node 20 and 22 as well, and says the same', async () => {
  const [on20, on22, on24] = await Promise.all(
    ([20, 22, 24] as const).map((node) => step('examples/contoso', { node })),
  );
  expect(on20?.stdout).toBe(on24?.stdout);
  expect(on22?.stdout).toBe(on24?.stdout);
});

test('inputs: path, fail-on, report', async () => {
  const { code, stdout } = await step('.', {
    inputs: { path: 'examples/contoso', 'fail-on': 'never', report: 'node_modules/.cache-preflight.json' },
  });
  expect(code).toBe(0);
  expect(stdout).toMatch(/^::error file=examples\/contoso\/services\/billing\/Billing\.csproj,/m);
  expect(JSON.parse(readFileSync('node_modules/.cache-preflight.json', 'utf8'))).toMatchObject({
    schemaVersion: 1,
  });
});

test('a wrong input and a wrong policy file are sentences, exit code 2', async () => {
  expect(await step('examples/contoso', { inputs: { 'fail-on': 'always' } })).toMatchObject({
    code: 2,
    stdout: '::error::The input fail-on is "always"; expected error, warning, notice or never.\n',
  });
  const { code, stdout } = await step(folderOf({ 'mssql-tls-preflight.yml': 'version: 2\n' }));
  expect(code).toBe(2);
  expect(stdout).toMatch(/^::error::mssql-tls-preflight\.yml:1:10: /);
});

/** It came as far as docker: the command, its engine or the registry is not there. */
const TRIED =
  /`?docker`? is not there|Docker's socket|no Docker engine answers|the registry of .* cannot be reached/;

describe('a pull request does not choose where we connect', () => {
  const repository = () =>
    folderOf({
      'App.csproj':
        '<Project><PropertyGroup><TargetFramework>net48</TargetFramework></PropertyGroup></Project>',
      'mssql-tls-preflight.yml': 'version: 1\ntargets:\n  sql: { endpoint: "127.0.0.1,1" }\n',
    });
  const pullRequest = (from: string) => ({
    name: 'pull_request',
    payload: {
      pull_request: {
        number: 7,
        head: { repo: { full_name: from } },
        base: { repo: { full_name: 'contoso/services' } },
      },
    },
  });

  test.each([
    ['a push', { name: 'push', payload: {} }, '', /connection refused/],
    ['a pull request', pullRequest('contoso/services'), '', /only endpoints in the step's allowed-endpoints/],
    [
      'a pull request, allowed by the step',
      pullRequest('contoso/services'),
      '127.0.0.1,1',
      /connection refused/,
    ],
    ['a fork, whatever the step allows', pullRequest('mallory/services'), '127.0.0.1,1', /comes from a fork/],
  ] as const)('%s', async (_, event, allowed, expected) => {
    const { code, summary } = await step(repository(), { event, inputs: { 'allowed-endpoints': allowed } });
    expect(code).toBe(0);
    expect(summary.replaceAll('\\', '')).toMatch(expected);
  });

  // A registry on loopback that nobody runs: with Docker or without, nothing is started and nothing leaves this machine.
  const image = '127.0.0.1:1/mssql/server:2022';
  const withContainer = () =>
    folderOf({
      'mssql-tls-preflight.yml': `version: 1\ntargets:\n  sql: { container: { image: '${image}' } }\n`,
    });

  test.each([
    ['a push', { name: 'push', payload: {} }, '', TRIED],
    ['a pull request', pullRequest('contoso/services'), '', /only images in the step's allowed-images are/],
    [
      'a pull request that names another tag than the step allows',
      pullRequest('contoso/services'),
      '127.0.0.1:1/mssql/server',
      /only images in the step's allowed-images are/,
    ],
    ['a pull request, allowed by the step', pullRequest('contoso/services'), image, TRIED],
    [
      'a fork, whatever the step allows',
      pullRequest('mallory/services'),
      image,
      /not started: .* from a fork/,
    ],
  ] as const)('nor what is run: %s', async (_, event, allowed, expected) => {
    const { code, summary } = await step(withContainer(), { event, inputs: { 'allowed-images': allowed } });
    expect(code).toBe(0);
    expect(summary.replaceAll('\\', '')).toMatch(expected);
  });
});

test('this repository is clean under its own action', async () => {
  const { code, stdout } = await step('.');
  expect([code, stdout]).toEqual([0, '']);
});
