/** The baseline on disk: `check --baseline` reads it, `check --write-baseline` writes it. */
import { readFile, writeFile } from 'node:fs/promises';
import type { Checked } from '../check.ts';
import type { Finding } from '../model/finding.ts';
import { type Baseline, baselineText, readBaseline } from '../policy/baseline.ts';

/** `null` when none is asked for; `problem`: a sentence for people. */
export async function openBaseline(
  file: string | null,
): Promise<Baseline | { readonly problem: string } | null> {
  if (file === null) return null;
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch {
    return { problem: `The baseline "${file}" cannot be read; write it with \`check --write-baseline\`.` };
  }
  return readBaseline(file, text);
}

/** `false` when the file cannot be written. */
export async function writeBaseline(file: string, findings: readonly Finding[]): Promise<boolean> {
  try {
    await writeFile(file, baselineText(findings));
    return true;
  } catch {
    return false;
  }
}

/** What to say of a baseline that holds more than is found; `null` when there is nothing to say. */
export function staleBaseline({ baselineGone: gone }: Checked): string | null {
  if (gone === 0) return null;
  const entries = gone === 1 ? '1 finding of the baseline is' : `${gone} findings of the baseline are`;
  return `${entries} gone: write it anew with \`check --write-baseline\`.`;
}
