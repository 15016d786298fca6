import { describe, expect, test } from '@jest/globals';
import type { Finding } from '../../src/model/finding.ts';
import { applyBaseline, baselineText, readBaseline } from '../../src/policy/baseline.ts';

const finding = (fingerprint: string, file: string, rest: Partial<Finding> = {}): Finding => ({
  rule: 'dhe-enabled',
  scenario: 3,
  level: 'warning',
  confidence: 'declared',
  file,
  line: 7,
  column: 1,
  endLine: 7,
  endColumn: 2,
  message: `in ${file}`,
  fix: '',
  changes: [],
  helpUri: '',
  client: null,
  target: null,
  evidence: [],
  fingerprint: fingerprint.repeat(16),
  alsoAt: [],
  suppressed: null,
  ...rest,
});

function read(text: string) {
  const baseline = readBaseline('b.json', text);
  if ('problem' in baseline) throw new Error(baseline.problem);
  return baseline;
}

describe('a baseline', () => {
  const accepted = { by: 'inline', reason: 'known', expires: null } as const;
  const today = [
    finding('2', 'b'),
    finding('1', 'a'),
    finding('3', 'c', { suppressed: accepted }),
    finding('5', 'p', { rule: 'suppression-expired' }),
  ];

  test('is sorted, one finding per line, without line numbers, and without what is accepted otherwise', () => {
    expect(baselineText(today)).toBe(`{
  "version": 1,
  "findings": [
    {"fingerprint":"1111111111111111","rule":"dhe-enabled","file":"a","message":"in a"},
    {"fingerprint":"2222222222222222","rule":"dhe-enabled","file":"b","message":"in b"}
  ]
}
`);
    expect(baselineText([])).toBe('{\n  "version": 1,\n  "findings": []\n}\n');
  });

  test('marks what is in it, leaves what is new, counts what is gone', () => {
    const baseline = read(baselineText(today));
    const { findings, gone } = applyBaseline([finding('2', 'b', { line: 70 }), finding('4', 'd')], baseline);
    expect(findings.map(({ suppressed }) => suppressed?.by ?? null)).toEqual(['baseline', null]);
    expect(gone).toBe(1);
  });

  test('written anew with itself in force it is the same', () => {
    const text = baselineText(today);
    expect(baselineText(applyBaseline(today, read(text)).findings)).toBe(text);
  });

  test.each([
    ['', 'is no JSON'],
    ['{"version": 1', 'is no JSON'],
    ['[]', 'has no list `findings`'],
    ['null', 'has no list `findings`'],
    ['{"version": 2, "findings": []}', 'has no `"version": 1`'],
    ['{"version": 1, "findings": [{"fingerprint": "1"}]}', 'in entry 1'],
    ['{"version": 1, "findings": [null]}', 'in entry 1'],
  ])('%j is an error for people', (text, problem) => {
    expect(readBaseline('b.json', text)).toEqual({ problem: expect.stringContaining(problem) });
  });
});
