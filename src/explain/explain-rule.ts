import type { ExplainedRule } from '../model/explanation.ts';
import { alternatives, nearest } from '../policy/suggestion.ts';
import { RULES } from '../rules/rules.ts';
import { quoted } from './not-understood.ts';

export function explainedRules(): readonly ExplainedRule[] {
  return RULES.map(({ meta: { id, scenario, level, title, why, helpUri } }) => ({
    id,
    scenario,
    level,
    title,
    why,
    helpUri,
  }));
}

/** By its id, or by the number of its scenario. */
export function ruleNamed(id: string): { readonly rule: ExplainedRule } | { readonly complaint: string } {
  const rules = explainedRules();
  const wanted = id.trim().toLowerCase();
  const rule = rules.find((one) => one.id === wanted || `${one.scenario}` === wanted);
  if (rule) return { rule };
  const ids = rules.map((one) => one.id);
  const near = nearest(wanted, ids);
  const alike = near === null ? ids.filter((one) => shareWord(one, wanted)) : [near];
  const meant =
    alike.length > 0 ? `did you mean ${alternatives(alike)}?` : `the rules are ${alternatives(ids)}.`;
  return { complaint: `There is no rule ${quoted(id)}; ${meant}` };
}

/** Words that many rules have say nothing. */
const COMMON = new Set(['no', 'not', 'in', 'server', 'client', 'tls']);

function shareWord(one: string, other: string): boolean {
  const words = other.split(/[^a-z0-9]+/).filter((word) => word.length > 2 && !COMMON.has(word));
  return words.some((word) => one.split('-').includes(word) || nearest(word, one.split('-')) !== null);
}
