// The policy file: text in, policy or problems out. Format: schema/policy.schema.json, DESIGN "Policy file".
import { isScalar } from 'yaml';
import { SourceText } from '../discover/text/source-text.ts';
import { LEVELS } from '../model/finding.ts';
import { DEFAULT_POLICY, type Policy, type PolicyProblem } from '../model/policy.ts';
import { readClients } from './client-section.ts';
import type { KnownNames } from './known-names.ts';
import { readOwn } from './own-section.ts';
import { PACKS, requirementsOf } from './packs.ts';
import { PolicyReader } from './policy-reader.ts';
import { type PolicyYaml, parsePolicyYaml } from './policy-yaml.ts';
import { Problems } from './problems.ts';
import { readRules, readSuppressions } from './rule-section.ts';
import { readTargets } from './target-section.ts';
import { readGlob, readTexts } from './values.ts';
import { checkVersion } from './version.ts';

/** Where a policy file is looked for, first found wins; relative to the checked folder. */
export const policyFileNames: readonly string[] = [
  '.github/mssql-tls-preflight.yml',
  '.github/mssql-tls-preflight.yaml',
  'mssql-tls-preflight.yml',
  'mssql-tls-preflight.yaml',
  '.mssql-tls-preflight.yml',
];

const KEYS = [
  'version',
  'targets',
  'clients',
  'rules',
  'fail-on',
  'extends',
  'require',
  'forbid',
  'exclude',
  'end-of-life-systems',
  'suppressions',
];

/**
 * Reads the text of a policy file; `file` is its path as problems and spans show it. All problems are told at once,
 * in the order of the file, 20 at most and then how many more. Never throws. No message quotes a `connection`.
 */
export function loadPolicy(
  file: string,
  text: string,
  known: KnownNames,
): { policy: Policy } | { problems: readonly PolicyProblem[] } {
  const source = new SourceText(file, text);
  const problems = new Problems(source);
  const yaml = parsePolicyYaml(source, problems);
  const policy = yaml && readPolicy(source, yaml, problems, known);
  return policy && !problems.any ? { policy } : { problems: problems.list() };
}

function readPolicy(
  source: SourceText,
  yaml: PolicyYaml,
  problems: Problems,
  known: KnownNames,
): Policy | null {
  const reader = new PolicyReader(source, yaml, problems);
  if (yaml.root === null || (isScalar(yaml.root) && yaml.root.value === null)) {
    problems.add(0, 'the policy file is empty; expected `version: 1`');
    return null;
  }
  const keys = reader.map(reader.root, { what: 'the policy file', keys: KEYS });
  if (!keys) return null;
  checkVersion(reader, keys);
  const { targets, names } = readTargets(reader, keys.get('targets'), known);
  const packs = readTexts(reader, keys.get('extends'), {
    called: 'a policy pack',
    example: 'nist-sp-800-52r2',
  });
  return {
    file: source.file,
    targets,
    ...readClients(reader, keys.get('clients'), names),
    rules: readRules(reader, keys.get('rules'), known.rules),
    failOn: reader.choice(keys.get('fail-on'), [...LEVELS, 'never'], 'level') ?? DEFAULT_POLICY.failOn,
    requirements: [
      ...requirementsOf(packs),
      ...readOwn(reader, keys, { pack: 'policy file', source: source.file }, known.suites),
    ],
    unknownPacks: packs.filter(({ value }) => !PACKS.has(value)),
    withoutEndOfLife:
      reader.choice(keys.get('end-of-life-systems'), ['judge', 'ignore'], 'word') === 'ignore',
    exclude: reader
      .list(keys.get('exclude'), 'a list of globs such as `[examples/**]`', 'a glob')
      .map((item) => readGlob(reader, item))
      .filter((glob) => glob !== null),
    suppressions: readSuppressions(reader, keys.get('suppressions'), known.rules),
  };
}
