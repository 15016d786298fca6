// Suppressions: a finding that someone accepted, with a reason and until a day. It stays in the report, marked.
import picomatch from 'picomatch';
import type { Finding } from '../model/finding.ts';
import type { Policy, Suppression } from '../model/policy.ts';

/** Does this suppression speak of this finding? Its expiry does not count here. */
export function suppressionMatcher({ rule, path, target }: Suppression): (finding: Finding) => boolean {
  const matchesPath = path === null ? () => true : picomatch(path, { dot: true, nonegate: true });
  // What is accepted in one file is not accepted in another that says the same.
  return (finding) =>
    finding.rule === rule &&
    (target === null || finding.target === target) &&
    [finding, ...finding.alsoAt].every(({ file }) => matchesPath(file));
}

/** `expires` is the last day on which a suppression counts; `today` is an ISO date such as `2027-03-01`. */
export function isExpired({ expires }: Suppression, today: string): boolean {
  return expires !== null && expires < today;
}

/** The findings with `suppressed` set on those that a suppression in force speaks of; the first in the file wins. */
export function applySuppressions(
  findings: readonly Finding[],
  policy: Policy,
  today: string,
): readonly Finding[] {
  const inForce = policy.suppressions
    .filter((suppression) => !isExpired(suppression, today))
    .map((suppression) => ({ suppression, matches: suppressionMatcher(suppression) }));
  return findings.map((finding) => {
    const found = inForce.find(({ matches }) => matches(finding));
    if (!found) return finding;
    const { reason, expires } = found.suppression;
    return { ...finding, suppressed: { reason, expires } };
  });
}
