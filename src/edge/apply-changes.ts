/** `check --fix`: the safe edits of findings, written into the files of the checked folder. */

import { randomBytes } from 'node:crypto';
import { chmod, lstat, open, readFile, realpath, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, sep } from 'node:path';
import { maskSecrets } from '../discover/connection-strings/mask.ts';
import type { Ecosystem } from '../model/declaration.ts';
import type { Finding } from '../model/finding.ts';
import type { Span } from '../model/span.ts';
import { unifiedDiff } from '../report/diff.ts';
import { isLockfile } from '../rules/changes/lockfiles.ts';
import { errorCode } from '../workspace/error-code.ts';
import { decodeText } from './encoded-text.ts';

export interface Fixes {
  /** Unified diffs, one file after the other. */
  readonly diff: string;
  /** A sentence for each edit that was made (or would be). */
  readonly done: readonly string[];
  /** A sentence for each finding that is left, and why. */
  readonly left: readonly string[];
  /** What brings lockfiles up to date after an edit of a version; nobody edits them. */
  readonly commands: readonly string[];
}

export interface FixOptions {
  /** The checked folder. */
  readonly root: string;
  /** Show what would be done, and write nothing. */
  readonly dryRun: boolean;
  /** The text of a file as it was checked; `null` when it is not at hand. */
  readonly checkedText: (file: string) => string | null;
}

interface Edit {
  readonly finding: Finding;
  readonly span: Span;
  readonly newText: string;
}

/** Only findings that count are mended. A file that changed since it was checked is left as it is. */
export async function applyChanges(findings: readonly Finding[], options: FixOptions): Promise<Fixes> {
  const byFile = new Map<string, Edit[]>();
  const left: string[] = [];
  for (const finding of findings) {
    if (finding.suppressed) continue;
    const edit = safeEdit(finding);
    if (typeof edit === 'string') left.push(sentence(finding, edit));
    else byFile.set(edit.span.file, [...(byFile.get(edit.span.file) ?? []), edit]);
  }
  const diffs: string[] = [];
  const done: string[] = [];
  const commands = new Set<string>();
  for (const [file, edits] of byFile) {
    const { taken, dropped } = withoutOverlaps(edits);
    left.push(
      ...dropped.map(({ finding }) => sentence(finding, 'another fix changes the same text: check again')),
    );
    const written = await edited(file, taken, options);
    if ('problem' in written) left.push(...taken.map(({ finding }) => sentence(finding, written.problem)));
    else {
      diffs.push(written.diff);
      for (const { finding } of taken) for (const one of lockCommands(finding)) commands.add(one);
      done.push(...taken.map((edit) => doneSentence(edit, options)));
    }
  }
  return { diff: diffs.join(''), done, left, commands: [...commands] };
}

/** The first change that is an edit and safe, or why there is none. */
function safeEdit(finding: Finding): Edit | string {
  if (finding.changes.length === 0) return 'no edit of a file would do';
  const edits = finding.changes.filter((change) => change.kind === 'edit');
  if (edits.length === 0) return 'it is not mended by an edit of a file';
  const safe = edits.find((change) => change.safe);
  if (!safe) return 'its edit changes more than this line, so a person has to look';
  // A lockfile follows its manifest: the command that writes it anew is told.
  const elsewhere = finding.alsoAt.filter(({ file }) => !isLockfile(file)).length;
  if (elsewhere > 0) return `the same stands in ${elsewhere} other ${elsewhere === 1 ? 'place' : 'places'}`;
  return { finding, span: safe.span, newText: safe.newText };
}

/** In the order of the file; the same edit twice is one, for both findings. */
function withoutOverlaps(edits: readonly Edit[]) {
  const taken: Edit[] = [];
  const dropped: Edit[] = [];
  for (const edit of edits) {
    const other = taken.find(({ span }) => edit.span.start <= span.end && span.start <= edit.span.end);
    if (!other) taken.push(edit);
    else if (other.span.start !== edit.span.start || other.newText !== edit.newText) dropped.push(edit);
  }
  return { taken: taken.sort((one, two) => one.span.start - two.span.start), dropped };
}

async function edited(
  file: string,
  edits: readonly Edit[],
  { root, dryRun, checkedText }: FixOptions,
): Promise<{ readonly diff: string } | { readonly problem: string }> {
  try {
    const folder = await realpath(root);
    const place = join(folder, file);
    const found = await lstat(place);
    if (found.isSymbolicLink() || !found.isFile()) return { problem: 'the file is no regular file' };
    const real = await realpath(place);
    if (real !== place || !real.startsWith(folder.endsWith(sep) ? folder : folder + sep))
      return { problem: 'the file is outside the checked folder or behind a symbolic link' };
    const read = decodeText(await readFile(place));
    if (!read) return { problem: 'the file is in an encoding that cannot be written back' };
    const checked = checkedText(file);
    const holds = edits.every(
      ({ span: { start, end } }) =>
        checked !== null && read.text.slice(start, end) === checked.slice(start, end),
    );
    if (!holds || read.text !== checked) return { problem: 'the file is not the text that was checked' };
    const text = replaced(read.text, edits);
    if (!dryRun) await replaceFile(place, read.bytesOf(text), found.mode);
    return { diff: unifiedDiff(file, read.text, text, maskSecrets) };
  } catch (error) {
    return { problem: `the file cannot be written: ${errorCode(error) ?? 'unknown error'}` };
  }
}

function replaced(text: string, edits: readonly Edit[]): string {
  let result = '';
  let from = 0;
  for (const { span, newText } of edits) {
    result += text.slice(from, span.start) + newText;
    from = span.end;
  }
  return result + text.slice(from);
}

/** All or nothing: a new file beside it takes its name. */
async function replaceFile(place: string, bytes: Buffer, mode: number): Promise<void> {
  const temporary = join(dirname(place), `.${basename(place)}.${randomBytes(6).toString('hex')}.tmp`);
  try {
    const handle = await open(temporary, 'wx', mode & 0o777);
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await chmod(temporary, mode & 0o777);
    await rename(temporary, place);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

const sentence = ({ file, line, rule }: Finding, why: string) => `${file}:${line} ${rule}: left, ${why}.`;

function doneSentence({ finding, span, newText }: Edit, { checkedText }: FixOptions): string {
  const old = checkedText(span.file)?.slice(span.start, span.end) ?? '';
  return `${span.file}:${span.line} ${finding.rule}: ${old} becomes ${newText}.`;
}

/** How each ecosystem writes its lockfile anew, from the documentation of its package manager. */
const LOCK_COMMANDS: Partial<Record<Ecosystem, string>> = {
  npm: 'npm install',
  nuget: 'dotnet restore --force-evaluate',
  gradle: 'gradle dependencies --write-locks',
  go: 'go mod tidy',
  cargo: 'cargo check',
};

function lockCommands({ changes }: Finding): readonly string[] {
  return changes.flatMap((change) =>
    change.kind === 'upgrade' && change.ecosystem ? (LOCK_COMMANDS[change.ecosystem] ?? []) : [],
  );
}
