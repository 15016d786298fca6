// `rules` and `suppressions` of the policy file: what is told, at which level, and what is accepted for now.
import { LEVELS } from '../model/finding.ts';
import type { Policy, Suppression } from '../model/policy.ts';
import type { Field, PolicyReader } from './policy-reader.ts';
import { quote } from './problems.ts';
import { hint } from './suggestion.ts';
import { readDay, readGlob } from './values.ts';

export function readRules(
  reader: PolicyReader,
  field: Field | undefined,
  known: readonly string[],
): Policy['rules'] {
  const rules: [string, 'off' | (typeof LEVELS)[number]][] = [];
  for (const entry of reader.entries(field, 'a map of rule ids with their levels', 'rule') ?? []) {
    if (!known.includes(entry.key))
      reader.problems.add(entry.start, () => `unknown rule ${quote(entry.key)}${hint(entry.key, known)}`);
    const level = reader.choice(entry, [...LEVELS, 'off'], 'level');
    if (level) rules.push([entry.key, level]);
  }
  return new Map(rules);
}

export function readSuppressions(
  reader: PolicyReader,
  field: Field | undefined,
  known: readonly string[],
): readonly Suppression[] {
  return reader
    .list(field, 'a list of suppressions, each with `rule` and `reason`', 'this suppression')
    .map((item) => readSuppression(reader, item, known))
    .filter((suppression) => suppression !== null);
}

function readSuppression(reader: PolicyReader, field: Field, known: readonly string[]): Suppression | null {
  const keys = reader.map(field, {
    what: 'a suppression',
    keys: ['rule', 'path', 'target', 'client', 'reason', 'expires'],
    required: ['rule', 'reason'],
  });
  if (!keys) return null;
  const rule = reader.text(keys.get('rule'), known[0] ?? 'dhe-enabled');
  if (rule && !known.includes(rule.value))
    reader.wrong(rule, () => `unknown rule ${quote(rule.value)}${hint(rule.value, known)}`);
  const path = readGlob(reader, keys.get('path'));
  const target = reader.text(keys.get('target'), 'orders');
  const client = reader.text(keys.get('client'), 'services/billing');
  const reason = reader.text(keys.get('reason'), 'decommissioned in June, OPS-1412');
  const expires = readDay(reader, keys.get('expires'));
  if (!rule || !reason) return null;
  return {
    rule: rule.value,
    path,
    target: target?.value ?? null,
    client: client?.value ?? null,
    reason: reason.value,
    expires,
    span: rule.span,
  };
}
