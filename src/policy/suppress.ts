// Suppressions: a finding that someone accepted, with a reason and until a day. It stays in the report, marked.
import picomatch from 'picomatch';
import type { SourceText } from '../discover/text/source-text.ts';
import type { Finding } from '../model/finding.ts';
import type { Policy, Suppression } from '../model/policy.ts';
import type { Remark } from '../model/remark.ts';
import { type InlineIgnore, inlineIgnores } from './inline-ignores.ts';
import { hint } from './suggestion.ts';

/** Does this suppression speak of this finding? Its expiry does not count here. */
export function suppressionMatcher({
  rule,
  path,
  target,
  client,
}: Suppression): (finding: Finding) => boolean {
  const matchesPath = path === null ? () => true : picomatch(path, { dot: true, nonegate: true });
  // What is accepted in one file is not accepted in another that says the same.
  return (finding) =>
    finding.rule === rule &&
    (target === null || finding.target === target) &&
    (client === null || finding.client === client) &&
    [finding, ...finding.alsoAt].every(({ file }) => matchesPath(file));
}

/** `expires` is the last day on which a suppression counts; `today` is an ISO date such as `2027-03-01`. */
export function isExpired({ expires }: Suppression, today: string): boolean {
  return expires !== null && expires < today;
}

export interface Accepted {
  /** The same findings, `suppressed` set on those that someone accepted. */
  readonly findings: readonly Finding[];
  readonly remarks: readonly Remark[];
}

/**
 * `suppressed` set on the findings that a suppression in force speaks of; the first in the file wins. `unasked`: targets
 * that were not asked, so that a suppression which hides nothing today may well hide something there.
 */
export function applySuppressions(
  findings: readonly Finding[],
  policy: Policy,
  today: string,
  unasked: ReadonlySet<string> = new Set(),
): Accepted {
  const all = policy.suppressions.map((suppression) => ({
    suppression,
    speaksOf: findings.filter(suppressionMatcher(suppression)),
  }));
  const inForce = all.filter(({ suppression }) => !isExpired(suppression, today));
  const marked = findings.map((finding) => {
    const found = inForce.find(({ speaksOf }) => speaksOf.includes(finding));
    if (!found) return finding;
    const { reason, expires } = found.suppression;
    return { ...finding, suppressed: { by: 'policy', reason, expires } } as const;
  });
  const bare = new Set(findings.filter((_, index) => !marked[index]?.suppressed));
  const remarks = all.flatMap(({ suppression, speaksOf }): Remark[] => {
    if (isExpired(suppression, today))
      return [expired(suppression, speaksOf.filter((one) => bare.has(one)).length)];
    const { target } = suppression;
    const open = target === null ? unasked.size > 0 : unasked.has(target);
    return speaksOf.length === 0 && !open ? [unused(suppression)] : [];
  });
  return { findings: marked, remarks };
}

/** The same for comments in the files themselves. A comment speaks of findings at its line, not of those that only name it too. */
export function applyInlineIgnores(
  findings: readonly Finding[],
  sources: readonly SourceText[],
  known: readonly string[],
): Accepted {
  const remarks: Remark[] = [];
  const accepted = new Map<Finding, InlineIgnore>();
  for (const source of sources) {
    const here = findings.filter(({ file }) => file === source.file);
    for (const ignore of inlineIgnores(source)) {
      const wrong = mistake(ignore, known);
      if (wrong) remarks.push(wrong);
      if (ignore.reason === '') continue;
      const idle = ignore.rules.filter((rule) => {
        const hidden = here.filter((one) => one.rule === rule && one.line === ignore.line);
        for (const one of hidden) if (!accepted.has(one)) accepted.set(one, ignore);
        return hidden.length === 0 && known.includes(rule);
      });
      if (idle.length > 0)
        remarks.push({
          rule: 'suppression-unused',
          span: ignore.span,
          message: `This comment ignores ${names(idle)} on line ${ignore.line}, and nothing of that is found there.`,
          fix: `Delete ${idle.length === ignore.rules.length ? 'the comment' : `${names(idle)} from it`}.`,
          about: idle.join(),
        });
    }
  }
  return {
    findings: findings.map((finding) => {
      const ignore = accepted.get(finding);
      if (!ignore || finding.suppressed) return finding;
      return { ...finding, suppressed: { by: 'inline', reason: ignore.reason, expires: null } };
    }),
    remarks,
  };
}

function mistake({ rules, reason, span }: InlineIgnore, known: readonly string[]): Remark | null {
  const unknown = rules.filter((rule) => !known.includes(rule));
  const said = [
    ...(rules.length === 0 ? ['it names no rule'] : []),
    ...unknown.map((rule) => `there is no rule \`${rule}\`${hint(rule, known)}`),
    ...(reason === '' ? ['it gives no reason, so it does not count'] : []),
  ];
  if (said.length === 0) return null;
  return {
    rule: 'suppression-not-counted',
    span,
    message: `This comment hides less than it says: ${said.join('; ')}.`.replace('?.', '?'),
    fix: 'Write mssql-tls-preflight: ignore[rule] and why it is accepted.',
    about: rules.join(),
  };
}

function expired({ rule, expires, reason, span }: Suppression, bare: number): Remark {
  const hides = bare === 0 ? 'nothing it would hide is left' : `it no longer hides ${count(bare)}`;
  return {
    rule: 'suppression-expired',
    span,
    message: `This suppression of ${rule} ("${reason}") expired on ${expires}: ${hides}.`,
    fix:
      bare === 0
        ? 'Delete it from the policy file.'
        : 'Mend what it hid, or give it a later day and say why in `reason`.',
    about: `${rule} ${reason}`,
  };
}

function unused({ rule, path, target, client, reason, span }: Suppression): Remark {
  const narrowed = [
    // Every path is read as a folder's, too.
    path && `in ${path.replace(/\/\*\*$/, '')}`,
    client && `of the client ${client}`,
    target && `about the target ${target}`,
  ].filter(Boolean);
  return {
    rule: 'suppression-unused',
    span,
    message: `This suppression ("${reason}") hides nothing: no ${rule} is found${narrowed.length > 0 ? ` ${narrowed.join(' ')}` : ''}.`,
    fix: 'Delete it from the policy file.',
    about: `${rule} ${reason}`,
  };
}

const count = (findings: number) => `${findings} ${findings === 1 ? 'finding' : 'findings'}`;
const names = (rules: readonly string[]) => rules.join(' and ');
