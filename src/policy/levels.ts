// `rules` of the policy file, applied: rules that are off say nothing, the others speak at the level given.
import type { Finding } from '../model/finding.ts';
import type { Policy } from '../model/policy.ts';

export function applyLevels(findings: readonly Finding[], policy: Policy): readonly Finding[] {
  return findings.flatMap((finding) => {
    const level = policy.rules.get(finding.rule);
    if (level === 'off') return [];
    return level === undefined ? [finding] : [{ ...finding, level }];
  });
}
