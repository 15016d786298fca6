// The page of a probe, as a person reads it: lab servers, really probed.
import { expect, test } from '@jest/globals';
import { probeCommand } from '../../src/cli/probe-command.ts';
import { expectGolden } from '../golden.ts';

async function page(columns: number, color: boolean, ...args: string[]): Promise<string> {
  let said = '';
  const out = (text: string) => {
    said += text;
  };
  await probeCommand(args, { out, error: out, progress: null, onInterrupt: () => () => {}, columns, color });
  return said.replace(/\d+ ms/g, 'N ms');
}

const SERVERS = [
  'lab:sql-server-2016-on-windows-2012-r2',
  'lab:sql-server-2016-dhe-fixed',
  'lab:sql-server-2022-strict',
  'lab:sql-server-2022-force-strict',
  'lab:sql-server-2019-no-encryption',
  'lab:closing',
];

test('a server of each kind', async () => {
  expectGolden('test/report/probe.golden.txt', await page(120, false, ...SERVERS));
});

test('every driver of the catalog', async () => {
  expectGolden(
    'test/report/probe-simulate.golden.txt',
    await page(120, false, 'lab:sql-server-2022-gcm-only', '--simulate', 'all'),
  );
});

test('colour only paints', async () => {
  const painted = await page(120, true, ...SERVERS);
  expect(painted).toContain('\u001b[');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences are what this looks for
  expect(painted.replace(/\u001b\[\d+m/g, '')).toBe(await page(120, false, ...SERVERS));
});
