// docs/fixes.md: its files are checked, and what --fix would do to them is what it says.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { runCheck } from '../../src/edge/run-check.ts';
import { fixesText } from '../../src/report/fixes.ts';

const PAGE = 'docs/fixes.md';
const FILE = /^`([\w.]+)`\n\n```\w+\n([\s\S]*?)^```$/gm;
const ANSWER = /^```text\n([\s\S]*?)^```$/m;

test('the example', async () => {
  const page = readFileSync(PAGE, 'utf8');
  const folder = mkdtempSync(join(tmpdir(), 'fixes-'));
  try {
    const files = [...page.matchAll(FILE)].map(([, file = '', text = '']) => ({ file, text }));
    expect(files).toHaveLength(2);
    for (const { file, text } of files) writeFileSync(join(folder, file), text);
    const run = await runCheck({
      path: folder,
      policyFile: null,
      failOn: null,
      fix: 'dry-run',
      reach: { refuse: () => 'nothing is asked here', log: () => {}, deadlineMs: 5000 },
      today: '2026-11-23',
    });
    if ('complaint' in run || !run.fixes) throw new Error('nothing was checked');
    const expected = page.replace(
      ANSWER,
      () => `\`\`\`text\n${run.fixes ? fixesText(run.fixes, true) : ''}\`\`\``,
    );
    if (process.env.UPDATE_GOLDEN === '1') writeFileSync(PAGE, expected);
    expect(run.fixes.done).toHaveLength(2);
    expect(readFileSync(PAGE, 'utf8')).toBe(expected);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
