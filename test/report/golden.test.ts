import { expect, test } from '@jest/globals';
import { FORMATS, render } from '../../src/report/formats.ts';
import { headlineOf } from '../../src/report/headline.ts';
import { renderTerminal } from '../../src/report/terminal.ts';
import { expectGolden } from '../golden.ts';
import { EMPTY, pair, SAMPLE, SAMPLE_CONTEXT } from './sample-report.ts';

const ENDING = { terminal: 'txt', json: 'json', github: 'txt', markdown: 'md' } as const;
const PLAIN = { color: false, width: 100 };

test.each(FORMATS)('the sample as %s', (format) => {
  expectGolden(
    `test/report/${format}.golden.${ENDING[format]}`,
    render(format, SAMPLE, SAMPLE_CONTEXT, PLAIN),
  );
});

test('a wide terminal gets the whole matrix, a narrow one the list alone', () => {
  const at = (width: number) => renderTerminal(SAMPLE, SAMPLE_CONTEXT, { color: false, width });
  expectGolden('test/report/terminal-wide.golden.txt', at(200));
  expectGolden('test/report/terminal-narrow.golden.txt', at(50));
});

test('color only paints: without its codes the text is the same', () => {
  const painted = renderTerminal(SAMPLE, SAMPLE_CONTEXT, { ...PLAIN, color: true });
  expectGolden('test/report/terminal-color.golden.txt', painted);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the codes to take out
  expect(painted.replace(/\u001b\[\d+m/g, '')).toBe(renderTerminal(SAMPLE, SAMPLE_CONTEXT, PLAIN));
});

test('without Unicode every mark is ASCII', () => {
  const text = renderTerminal(
    { ...SAMPLE, pairs: SAMPLE.pairs.filter(({ target }) => target === 'billing'), findings: [] },
    SAMPLE_CONTEXT,
    { ...PLAIN, unicode: false },
  );
  expect(text).toMatch(/^[\n -~]*$/);
  expect(text).toContain('x scenario 1');
});

test('no declaration at all: one sentence', () => {
  const context = { ...SAMPLE_CONTEXT, filesRead: 3 };
  expect(renderTerminal(EMPTY, context, PLAIN)).toBe(
    'Nothing to check: no SQL Server client, connection string or server is declared here (3 files looked at).\n',
  );
  expect(render('github', EMPTY, context, PLAIN)).toBe('');
});

const fails = { outcome: 'fails', protocol: null, suite: null } as const;
test.each([
  [[pair({})], 'Every connection completes its handshake (1 connection).'],
  [
    [pair({}), pair({ ...fails, client: 'b', step: 'strict' })],
    '1 of 2 connections will fail: Encrypt=Strict not supported.',
  ],
  [
    [pair({ ...fails, outcome: 'may-fail', scenario: 4 })],
    '1 of 1 connection may fail: weak certificate hash.',
  ],
  [[pair({ ...fails, outcome: 'unknown' })], '1 of 1 connection could not be judged; none is known to fail.'],
  [
    [pair({ protocol: null, suite: null })],
    'Every connection completes its handshake (1 connection). 1 connects without TLS, login in clear text.',
  ],
  [
    [pair({}), pair({ ...fails, when: 'planned', scenario: 1 })],
    'Every connection completes its handshake (1 connection). As planned, 1 more will fail: no common TLS protocol.',
  ],
  [
    [pair({ ...fails, scenario: 1 }), pair({ ...fails, when: 'planned', scenario: 1 })],
    '1 of 1 connection will fail: no common TLS protocol.',
  ],
  [
    [pair({ target: 'orders' })],
    'By what files and the catalog say, every connection completes its handshake; no server was probed (1 connection).',
  ],
  [
    [pair({}), pair({ target: 'orders' })],
    'Every connection completes its handshake; 1 of 2 servers was not probed (2 connections).',
  ],
])('headline %#', (pairs, text) => {
  expect(headlineOf({ ...SAMPLE, findings: [], pairs }, 1).text).toBe(text);
});
