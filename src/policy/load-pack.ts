// A policy pack in a file of the repository: `version: 1`, what it is, and rows under `require` and `forbid`.
import { SourceText } from '../discover/text/source-text.ts';
import type { PolicyProblem } from '../model/policy.ts';
import type { Requirement } from '../model/requirement.ts';
import type { KnownNames } from './known-names.ts';
import { readOwn } from './own-section.ts';
import { PolicyReader } from './policy-reader.ts';
import { parsePolicyYaml } from './policy-yaml.ts';
import { Problems } from './problems.ts';
import { checkVersion } from './version.ts';

/** How `extends` names a file: `./security/tls-pack.yml`, from the checked folder. */
export const packFile = (name: string): string | null => /^\.\/(.+\.ya?ml)$/.exec(name)?.[1] ?? null;

/** `name` is what findings call it. */
export function loadPack(
  name: string,
  file: string,
  text: string,
  known: KnownNames,
): { readonly requirements: readonly Requirement[] } | { readonly problems: readonly PolicyProblem[] } {
  const source = new SourceText(file, text);
  const problems = new Problems(source);
  const yaml = parsePolicyYaml(source, problems);
  if (!yaml) return { problems: problems.list() };
  const reader = new PolicyReader(source, yaml, problems);
  const keys = reader.map(reader.root, {
    what: 'a policy pack',
    keys: ['version', 'source', 'require', 'forbid'],
  });
  if (keys) checkVersion(reader, keys);
  const link = reader.text(keys?.get('source'), 'https://wiki.example.com/tls-standard');
  const requirements = keys
    ? readOwn(reader, keys, { pack: name, source: link?.value ?? file }, known.suites)
    : [];
  return problems.any ? { problems: problems.list() } : { requirements };
}
