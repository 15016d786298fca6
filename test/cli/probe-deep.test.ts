// `probe --deep` as a person sees it.
import { expect, test } from '@jest/globals';
import { probeCommand } from '../../src/cli/probe-command.ts';
import type { ProbeReport } from '../../src/model/probe-report.ts';

async function probe(...args: string[]) {
  const said: string[] = [];
  const terminal = {
    out: (text: string) => said.push(text),
    error: (text: string) => said.push(text),
    progress: null,
    onInterrupt: () => () => {},
    columns: 120,
    color: false,
  };
  return { code: await probeCommand(args, terminal), said: said.join('') };
}

test('the page has a line for scenario 5', async () => {
  const { code, said } = await probe('lab:sql-server-2016-dhe-unfixed', '--deep');
  expect([code, said]).toEqual([
    0,
    expect.stringMatching(/^ {2}scenario 5 {2}not fixed: it keeps the leading zero/m),
  ]);
});

test('no line and no handshake unless it is asked for', async () => {
  const { said } = await probe('lab:sql-server-2016-dhe-unfixed', '--format', 'json');
  expect((JSON.parse(said) as ProbeReport).targets).toMatchObject([{ leadingZero: null }]);
});
