import { describe, expect, test } from '@jest/globals';
import type { Finding } from '../../src/model/finding.ts';
import { DEFAULT_POLICY, type Suppression } from '../../src/model/policy.ts';
import { applyLevels } from '../../src/policy/levels.ts';
import { applySuppressions, isExpired } from '../../src/policy/suppress.ts';

const SPAN = { file: 'policy.yml', start: 0, end: 1, line: 1, column: 1, endLine: 1, endColumn: 2 };

const finding = (
  rule: string,
  file = 'legacy/app/web.config',
  target: string | null = 'orders',
): Finding => ({
  rule,
  scenario: null,
  level: 'error',
  confidence: 'declared',
  file,
  line: 1,
  column: 1,
  endLine: 1,
  endColumn: 2,
  message: '',
  fix: '',
  changes: [],
  helpUri: '',
  client: null,
  target,
  evidence: [],
  fingerprint: `${rule} ${file}`,
  alsoAt: [],
  suppressed: null,
});

const suppression = (narrower: Partial<Suppression>): Suppression => ({
  rule: 'dhe-enabled',
  path: null,
  target: null,
  reason: 'OPS-1412',
  expires: null,
  span: SPAN,
  ...narrower,
});

function reasons(
  findings: readonly Finding[],
  suppressions: readonly Suppression[],
  today = '2027-03-01',
): readonly (string | undefined)[] {
  return applySuppressions(findings, { ...DEFAULT_POLICY, suppressions }, today).map(
    ({ suppressed }) => suppressed?.reason,
  );
}

describe('applySuppressions', () => {
  test('marks findings of the rule and of no other, and drops none', () => {
    const findings = [finding('dhe-enabled'), finding('weak-certificate-hash')];
    expect(
      applySuppressions(findings, { ...DEFAULT_POLICY, suppressions: [suppression({})] }, '2027-03-01'),
    ).toEqual([{ ...findings[0], suppressed: { reason: 'OPS-1412', expires: null } }, findings[1]]);
  });

  test.each([
    ['legacy/**', 'legacy/app/web.config', true],
    ['legacy/**', 'src/legacy/web.config', false],
    ['**/*.config', 'legacy/app/web.config', true],
    ['**', '.github/workflows/ci.yml', true],
    ['legacy/{app,web}/*', 'legacy/app/.env', true],
    ['legacy/*', 'legacy/app/web.config', false],
  ])('path %s and %s: %s', (path, file, matches) => {
    const [reason] = reasons([finding('dhe-enabled', file)], [suppression({ path })]);
    expect(reason !== undefined).toBe(matches);
  });

  test.each([
    ['orders', 'orders', true],
    ['orders', 'archive', false],
    ['orders', null, false],
  ])('target %s and a finding about %s: %s', (target, about, matches) => {
    const [reason] = reasons([finding('dhe-enabled', 'a', about)], [suppression({ target })]);
    expect(reason !== undefined).toBe(matches);
  });

  test.each([
    ['2027-03-02', true],
    ['2027-03-01', true],
    ['2027-02-28', false],
    ['2026-12-31', false],
    [null, true],
  ])('on 2027-03-01, one that expires %s counts: %s', (expires, counts) => {
    const one = suppression({ expires });
    expect(reasons([finding('dhe-enabled')], [one])[0] !== undefined).toBe(counts);
    expect(isExpired(one, '2027-03-01')).toBe(!counts);
  });

  test('the first in force wins', () => {
    const three = ['expired', 'first', 'second'].map((reason, i) =>
      suppression({ reason, expires: i === 0 ? '2027-01-01' : null }),
    );
    expect(reasons([finding('dhe-enabled')], three)).toEqual(['first']);
  });
});

describe('applyLevels', () => {
  test('off drops, a level replaces, other rules keep theirs', () => {
    const rules = new Map([
      ['dhe-enabled', 'off'],
      ['weak-certificate-hash', 'notice'],
    ] as const);
    const findings = ['dhe-enabled', 'weak-certificate-hash', 'no-common-protocol'].map((rule) =>
      finding(rule),
    );
    expect(applyLevels(findings, { ...DEFAULT_POLICY, rules })).toEqual([
      { ...findings[1], level: 'notice' },
      findings[2],
    ]);
  });
});
