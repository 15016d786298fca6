// Scenario 5 on a probe's page.
import { expect, test } from '@jest/globals';
import { type LeadingZero, unaskedLeadingZero } from '../../src/model/leading-zero.ts';
import { leadingZeroRows } from '../../src/report/probe-leading-zero.ts';
import { MARGIN } from '../../src/report/probe-row.ts';
import { painter } from '../../src/report/style.ts';

const stripped = {
  secret: 'zero stripped',
  extendedMasterSecret: true,
  state: 'completed',
  at: null,
  rejection: null,
  alert: null,
} as const;
const FIXED: LeadingZero = {
  verdict: 'fixed',
  reason: 'it strips zeros',
  protocol: 'TLS 1.2',
  suite: 'TLS_DHE_RSA_WITH_AES_256_GCM_SHA384',
  dhBits: 2048,
  extendedMasterSecret: true,
  withoutExtendedMasterSecret: 'fixed',
  attempts: [{ ...stripped, secret: 'ordinary' }, stripped],
  publicValues: { seen: 2, distinct: 2, padded: 0, shorter: 0 },
};
const lines = (found: LeadingZero, { color = false, width = 90 } = {}) =>
  leadingZeroRows(found, width + MARGIN, painter({ color, width })).map(({ text }) => text);
const SEEN = 'TLS 1.2 TLS_DHE_RSA_WITH_AES_256_GCM_SHA384, prime of 2048 bits, 2 handshakes';

test('fixed for everyone', () => {
  const rows = leadingZeroRows(FIXED, 120, painter({ color: false, width: 120 }));
  expect(rows.map(({ label }) => label)).toEqual(['scenario 5', '']);
  expect(lines(FIXED)).toEqual(['fixed: it strips zeros', SEEN]);
});

test('fixed, but not for clients of old', () => {
  expect(lines({ ...FIXED, withoutExtendedMasterSecret: 'unfixed' })).toEqual([
    'fixed: it strips zeros',
    'with clients that do not know extended_master_secret: not fixed',
    SEEN,
  ]);
});

test('not fixed stands out, in lines that fit', () => {
  const found: LeadingZero = {
    ...FIXED,
    verdict: 'unfixed',
    withoutExtendedMasterSecret: 'unfixed',
    reason: 'it keeps zeros, so one in 256 handshakes fails',
  };
  expect(lines(found, { color: true, width: 40 }).slice(0, 2)).toEqual([
    '\u001b[33mnot fixed: it keeps zeros, so one in 256\u001b[0m',
    '\u001b[33mhandshakes fails\u001b[0m',
  ]);
});

test('a server that strips its public value is said', () => {
  const found = { ...FIXED, publicValues: { seen: 4, distinct: 4, padded: 0, shorter: 1 } };
  expect(lines(found, { width: 120 }).at(-1)).toBe(
    '1 of 4 public values came shorter than the prime: old Windows clients may fail on them',
  );
});

test('a server that was not asked has one line', () => {
  expect(lines(unaskedLeadingZero('it takes no DHE suite'))).toEqual(['not asked: it takes no DHE suite']);
});

test('asked in vain', () => {
  const found = {
    ...unaskedLeadingZero('it did not answer'),
    attempts: [{ ...stripped, state: 'no-answer' }],
  };
  expect(lines(found as LeadingZero)).toEqual(['not known: it did not answer']);
});

test('words of a server are made safe', () => {
  const shown = lines(unaskedLeadingZero('no \u001b[31mTLS\u202e')).join();
  expect([shown.includes('\u001b'), shown.includes('\u202e')]).toEqual([false, false]);
});
