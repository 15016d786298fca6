// A baseline: the findings of one day, by fingerprint, so that only new ones fail.
import type { Finding } from '../model/finding.ts';
import { REMARK_RULES } from '../model/remark.ts';

export interface Baseline {
  /** Path as it was given. */
  readonly file: string;
  readonly fingerprints: ReadonlySet<string>;
}

const FINGERPRINT = /^[0-9a-f]{16}$/;

/** What counts today, sorted, one finding per line: easy to read in a diff, and no line numbers in it. */
export function baselineText(findings: readonly Finding[]): string {
  const lines = findings
    .filter(
      ({ rule, suppressed }) =>
        !REMARK_RULES.some((one) => one === rule) && (suppressed === null || suppressed.by === 'baseline'),
    )
    .map(({ file, rule, fingerprint, message }) => ({ fingerprint, rule, file, message }))
    .sort(
      (one, other) =>
        compare(one.file, other.file) ||
        compare(one.rule, other.rule) ||
        compare(one.fingerprint, other.fingerprint),
    )
    .map((entry) => `    ${JSON.stringify(entry)}`);
  return `{\n  "version": 1,\n  "findings": [${lines.length > 0 ? `\n${lines.join(',\n')}\n  ` : ''}]\n}\n`;
}

/** `problem`: a sentence on what is wrong with the file. */
export function readBaseline(file: string, text: string): Baseline | { readonly problem: string } {
  const remedy = 'write it anew with `check --write-baseline`';
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return { problem: `The baseline "${file}" is no JSON; ${remedy}.` };
  }
  if (!isObject(json) || !Array.isArray(json.findings))
    return { problem: `The baseline "${file}" has no list \`findings\`; ${remedy}.` };
  if (json.version !== 1) return { problem: `The baseline "${file}" has no \`"version": 1\`; ${remedy}.` };
  const fingerprints = new Set<string>();
  for (const [index, entry] of json.findings.entries()) {
    const fingerprint: unknown = isObject(entry) ? entry.fingerprint : null;
    if (typeof fingerprint !== 'string' || !FINGERPRINT.test(fingerprint))
      return {
        problem: `The baseline "${file}" has no fingerprint of 16 hexadecimal digits in entry ${index + 1}; ${remedy}.`,
      };
    fingerprints.add(fingerprint);
  }
  return { file, fingerprints };
}

/** Marks the findings that are in the baseline; `gone`: entries of it that are found no more. */
export function applyBaseline(
  findings: readonly Finding[],
  baseline: Baseline,
): { readonly findings: readonly Finding[]; readonly gone: number } {
  const { file, fingerprints } = baseline;
  const found = new Set(findings.map(({ fingerprint }) => fingerprint));
  return {
    findings: findings.map((finding) =>
      finding.suppressed === null && fingerprints.has(finding.fingerprint)
        ? { ...finding, suppressed: { by: 'baseline', reason: `in the baseline ${file}`, expires: null } }
        : finding,
    ),
    gone: [...fingerprints].filter((one) => !found.has(one)).length,
  };
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const compare = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0);
