// The Windows of a server on a probe's page.
import { expect, test } from '@jest/globals';
import type { NtlmFound } from '../../src/model/ntlm.ts';
import { ntlmRows } from '../../src/report/probe-ntlm.ts';
import { MARGIN } from '../../src/report/probe-row.ts';
import { painter } from '../../src/report/style.ts';

const CHALLENGED: NtlmFound = {
  state: 'challenged',
  version: '10.0.17763',
  windows: 'Windows Server 2019',
  netbiosComputer: 'SQL01',
  netbiosDomain: 'CONTOSO',
  dnsComputer: 'sql01.contoso.example',
  dnsDomain: null,
  time: '2026-01-01T00:00:00.000Z',
};
const BEGAN = 'a login was begun for this and not ended: the server may have logged one that failed';
const rows = (found: NtlmFound, width = 120) => ntlmRows(found, width, painter({ color: false, width }));
const lines = (found: NtlmFound) => rows(found).map(({ text }) => text);

test('its Windows, its names, and what asking left behind', () => {
  expect(rows(CHALLENGED).map(({ label }) => label)).toEqual(['Windows', '', '']);
  expect(lines(CHALLENGED)).toEqual([
    'Windows Server 2019 (10.0.17763)',
    'computer sql01.contoso.example, domain CONTOSO, its clock 2026-01-01T00:00:00.000Z',
    BEGAN,
  ]);
});

test('a refusal came after a login that was begun, silence perhaps', () => {
  expect(lines({ state: 'refused', number: 18_452, message: 'Login failed.' })).toEqual([
    'not told: error 18452, Login failed.',
    BEGAN,
  ]);
  expect(lines({ state: 'no-answer', reason: 'no answer after 5 s' })).toEqual([
    'not known: no answer after 5 s',
    'a login may have begun for this: the server may have logged one that failed',
  ]);
});

test('nothing is left behind where no login was begun', () => {
  expect(lines({ state: 'not-asked', reason: 'it forces TDS 8.0' })).toEqual([
    'not asked: it forces TDS 8.0',
  ]);
});

test("a server's words break to the width, and command no terminal", () => {
  const found = rows({ state: 'refused', number: 1, message: `\u001b[2J ${'word '.repeat(60)}` }, 60);
  expect(found.length).toBeGreaterThan(5);
  for (const { text } of found) {
    expect(text.length).toBeLessThanOrEqual(60 - MARGIN);
    expect(text).not.toContain('\u001b');
  }
});
