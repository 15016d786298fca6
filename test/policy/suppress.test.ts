import { describe, expect, test } from '@jest/globals';
import { SourceText } from '../../src/discover/text/source-text.ts';
import type { Finding } from '../../src/model/finding.ts';
import { DEFAULT_POLICY, type Suppression } from '../../src/model/policy.ts';
import { applyLevels } from '../../src/policy/levels.ts';
import { applyInlineIgnores, applySuppressions, isExpired } from '../../src/policy/suppress.ts';

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
  client: null,
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
  return applySuppressions(findings, { ...DEFAULT_POLICY, suppressions }, today).findings.map(
    ({ suppressed }) => suppressed?.reason,
  );
}

describe('applySuppressions', () => {
  test('marks findings of the rule and of no other, and drops none', () => {
    const findings = [finding('dhe-enabled'), finding('weak-certificate-hash')];
    expect(
      applySuppressions(findings, { ...DEFAULT_POLICY, suppressions: [suppression({})] }, '2027-03-01')
        .findings,
    ).toEqual([
      { ...findings[0], suppressed: { by: 'policy', reason: 'OPS-1412', expires: null } },
      findings[1],
    ]);
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

describe('what is to say of suppressions', () => {
  const remarks = (suppressions: readonly Suppression[], unasked: readonly string[] = []) =>
    applySuppressions(
      [finding('dhe-enabled'), finding('dhe-enabled', 'b')],
      { ...DEFAULT_POLICY, suppressions },
      '2027-03-01',
      new Set(unasked),
    ).remarks.map(({ rule, message }) => `${rule}: ${message}`);

  test('an expired one names how many findings it no longer hides', () => {
    expect(remarks([suppression({ expires: '2027-02-28' })])).toEqual([
      'suppression-expired: This suppression of dhe-enabled ("OPS-1412") expired on 2027-02-28: it no longer hides 2 findings.',
    ]);
  });

  test('those that another one hides do not count', () => {
    expect(remarks([suppression({ expires: '2027-02-28' }), suppression({ path: 'b' })])).toEqual([
      expect.stringContaining('no longer hides 1 finding.'),
    ]);
  });

  test('one that hides nothing, unless its target was not asked', () => {
    const idle = suppression({ rule: 'weak-certificate-hash', target: 'orders', client: 'app' });
    expect(remarks([idle])).toEqual([
      'suppression-unused: This suppression ("OPS-1412") hides nothing: no weak-certificate-hash is found of the client app about the target orders.',
    ]);
    expect(remarks([idle], ['archive'])).toHaveLength(1);
    expect(remarks([idle], ['orders'])).toEqual([]);
    expect(remarks([suppression({ rule: 'weak-certificate-hash' })], ['archive'])).toEqual([]);
  });

  test('none where it hides something, be it the second to do so', () => {
    expect(remarks([suppression({}), suppression({ path: 'b' })])).toEqual([]);
  });
});

describe('client', () => {
  test.each([
    ['app', true],
    ['other', false],
  ])('a suppression for %s', (client, hides) => {
    const [one] = applySuppressions(
      [{ ...finding('dhe-enabled'), client: 'app' }],
      { ...DEFAULT_POLICY, suppressions: [suppression({ client })] },
      '2027-03-01',
    ).findings;
    expect(one?.suppressed !== null).toBe(hides);
  });
});

describe('applyInlineIgnores', () => {
  const known = ['dhe-enabled', 'encryption-optional'];
  const apply = (text: string) => {
    const one = { ...finding('dhe-enabled', 'a'), line: 2 };
    return applyInlineIgnores([one, finding('dhe-enabled', 'b')], [new SourceText('a', text)], known);
  };

  test('hides what stands below it, in this file', () => {
    const { findings, remarks } = apply('# mssql-tls-preflight: ignore[dhe-enabled] OPS-1\ncode');
    expect(findings.map(({ suppressed }) => suppressed)).toEqual([
      { by: 'inline', reason: 'OPS-1', expires: null },
      null,
    ]);
    expect(remarks).toEqual([]);
  });

  test.each([
    ['# mssql-tls-preflight: ignore[dhe-enabled]\ncode', 'suppression-not-counted', 'it gives no reason'],
    [
      '# mssql-tls-preflight: ignore[dhe-enabeld] x\ncode',
      'suppression-not-counted',
      'did you mean `dhe-enabled`?',
    ],
    ['# mssql-tls-preflight: ignore[] x\ncode', 'suppression-not-counted', 'it names no rule'],
    ['code\ncode # mssql-tls-preflight: ignore[encryption-optional] x', 'suppression-unused', 'on line 2'],
    ['\n# mssql-tls-preflight: ignore[dhe-enabled] x\ncode', 'suppression-unused', 'on line 3'],
  ])('%j: %s', (text, rule, said) => {
    const { findings, remarks } = apply(text);
    const [hidden] = findings;
    expect(hidden?.suppressed).toBeNull();
    expect(remarks).toEqual([expect.objectContaining({ rule, message: expect.stringContaining(said) })]);
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
