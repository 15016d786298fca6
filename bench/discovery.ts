/** Discovery over trees of 1,000 to 100,000 files, beside the least that any tool could do: list the files, search them. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WORDS } from '../src/discover/readers/source/source-code.ts';
import { measure, median, watch } from './measure.ts';
import { makeTree } from './tree.ts';

const SIZES = [1_000, 10_000, 100_000];
const BYTES_EACH = 20_000;
const ROUNDS = 5;

export async function discovery(print: (line: string) => void): Promise<void> {
  const rg = spawnSync('rg', ['--version'], { encoding: 'utf8' });
  const version = rg.status === 0 ? (rg.stdout.split('\n')[0] ?? 'ripgrep') : null;
  print(`discovery, beside git ls-files and ${version ?? 'no ripgrep: skipped'}`);
  for (const files of SIZES) {
    const folder = mkdtempSync(join(tmpdir(), 'preflight-tree-'));
    try {
      const tree = makeTree(folder, files, BYTES_EACH);
      const row = await ofTree(folder, version !== null);
      const floor =
        row.floorMs === null
          ? ''
          : ` = ${(row.wallMs / row.floorMs).toFixed(2)}× of ${row.floorMs.toFixed(0)} ms`;
      print(
        `  ${files} files, ${(tree.bytes / 1e6).toFixed(0)} MB: ${row.wallMs.toFixed(0)} ms${floor}, ${((row.wallMs / files) * 1000).toFixed(0)} µs a file, ${row.found} declarations, peak ${((row.peakBytes ?? Number.NaN) / 1e6).toFixed(0)} MB`,
      );
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
}

interface Row {
  readonly wallMs: number;
  /** `git ls-files -z` and `ripgrep -l` with the same words; `null` without ripgrep. */
  readonly floorMs: number | null;
  readonly peakBytes: number | null;
  readonly found: number;
}

/** One of each in turn, ours first; the first round only warms the disk's cache. */
async function ofTree(folder: string, withRipgrep: boolean): Promise<Row> {
  const ours: number[] = [];
  const floors: number[] = [];
  let peakBytes: number | null = null;
  let found = 0;
  for (let round = 0; round <= ROUNDS; round += 1) {
    const watched = await watch(process.execPath, ['dist/cli.js', 'inventory', folder, '--format', 'csv']);
    const floor = withRipgrep ? floorOf(folder) : null;
    if (round === 0) continue;
    ours.push(watched.wallMs);
    if (floor !== null) floors.push(floor);
    peakBytes = Math.max(peakBytes ?? 0, watched.peakBytes ?? 0) || null;
    found = watched.output.split('\r\n').length - 2;
  }
  return { wallMs: median(ours), floorMs: floors.length > 0 ? median(floors) : null, peakBytes, found };
}

function floorOf(folder: string): number {
  const list = measure('git', ['-C', folder, 'ls-files', '-z']);
  const search = measure('rg', ['-l', '-i', WORDS.source, folder]);
  return list.wallMs + search.wallMs;
}
