import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundle } from '../build/build.js';
import type { readers } from './readers.ts';

/** The bench of the readers with their libraries as users have them: bundled. */
export async function bundledReaders(print: (line: string) => void, paths?: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'readers-'));
  try {
    await bundle({ readers: 'bench/readers.ts' }, folder);
    const bundled: { readers: typeof readers } = await import(pathToFileURL(join(folder, 'readers.js')).href);
    await bundled.readers(print, paths);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
