/** Repository → declarations: the files that some reader knows are read once, and what they say is put in order. */
import picomatch from 'picomatch';
import type { Declaration, UnreadableDeclaration } from '../model/declaration.ts';
import type { Vocabulary } from '../model/vocabulary.ts';
import type { Workspace } from '../model/workspace.ts';
import { type Reader, Unreadable } from './reader.ts';
import { READERS } from './readers/index.ts';
import { SourceText } from './text/source-text.ts';

export interface DiscoverOptions {
  /** Globs of paths that are not looked at, e.g. `examples/**`. */
  readonly exclude: readonly string[];
  /** The policy file's path: what it declares is not the repository's. */
  readonly policyFile?: string | null;
  /** Readers to take instead of all. */
  readonly readers?: readonly Reader[];
}

export interface Discovery {
  /** By path, then by place in the file. */
  readonly declarations: readonly Declaration[];
  /** The files that declare something, by path. */
  readonly sources: ReadonlyMap<string, SourceText>;
  readonly filesRead: number;
  /**
   * Files that a reader wanted and whose text could not be had. Each is an `unreadable` declaration too, unless only
   * readers of very many files wanted it.
   */
  readonly skipped: readonly SkippedFile[];
}

export interface SkippedFile {
  readonly path: string;
  readonly reason: string;
  /** Too large for the search for words, and no declaration says so: what it declares is not known. */
  readonly unsearched: boolean;
}

const READS_AT_ONCE = 16;

/** Never throws for what a file holds: a file that cannot be read is a declaration that says so. */
export async function discover(
  workspace: Workspace,
  vocabulary: Vocabulary,
  { exclude, policyFile = null, readers = READERS }: DiscoverOptions,
): Promise<Discovery> {
  const isExcluded = excludes(exclude);
  const wanted = await wantedFiles(workspace, readers, (path) => path === policyFile || isExcluded(path));

  const declarations: Declaration[] = [];
  const sources = new Map<string, SourceText>();
  const skipped: SkippedFile[] = [];
  const texts = await mapInOrder(wanted, READS_AT_ONCE, async ({ path, readers }) => {
    const file = await workspace.read(path);
    const isExpected = readers.some(({ words }) => words === undefined);
    if ('problem' in file)
      return { path, problem: file, source: new SourceText(path, ''), found: [], isExpected };
    const source = new SourceText(path, file.text);
    const found = withoutRepeats(readAll(readers, source, vocabulary));
    return { path, problem: null, source, found: found.sort(byPlace), isExpected };
  });
  for (const { path, problem, source, found, isExpected } of texts) {
    if (problem !== null) {
      const { problem: reason, tooLarge = false } = problem;
      skipped.push({ path, reason, unsearched: tooLarge && !isExpected });
      // A reader that looks for words in very many files misses nothing that people would expect it to read.
      if (isExpected) declarations.push(unreadable(source, reason, 0, 0));
    } else if (found.length > 0) {
      sources.set(path, source);
      declarations.push(...found);
    }
  }
  return { declarations, sources, filesRead: wanted.length - skipped.length, skipped };
}

interface WantedFile {
  readonly path: string;
  readonly readers: readonly Reader[];
}

/** Files that some reader knows by their path; where all of these look for words, one of the words must be in it. */
async function wantedFiles(
  workspace: Workspace,
  readers: readonly Reader[],
  isExcluded: (path: string) => boolean,
): Promise<readonly WantedFile[]> {
  const known = (await workspace.list())
    .map((path) => ({ path, readers: readers.filter((reader) => reader.matches(path)) }))
    .filter(({ path, readers }) => readers.length > 0 && !isExcluded(path));
  if (!workspace.holding) return known;
  const searched = new Map<string, string[]>();
  for (const { path, readers } of known) {
    const words = wordsOf(readers);
    if (words === null) continue;
    const paths = searched.get(words);
    if (paths) paths.push(path);
    else searched.set(words, [path]);
  }
  const without = new Set<string>();
  for (const [words, paths] of searched) {
    const holding = new Set(await workspace.holding(paths, new RegExp(words, 'im')));
    for (const path of paths) if (!holding.has(path)) without.add(path);
  }
  return known.filter(({ path }) => !without.has(path));
}

/** What one of these readers looks for; `null` when one of them takes any text. */
function wordsOf(readers: readonly Reader[]): string | null {
  const words = readers.map(({ words }) => words?.source);
  return words.includes(undefined) ? null : [...new Set(words)].join('|');
}

/** What one text says, asked of every reader that wants a file of this path. */
export function readText(source: SourceText, vocabulary: Vocabulary): readonly Declaration[] {
  const wanting = READERS.filter(
    ({ matches, words }) => matches(source.file) && (!words || words.test(source.text)),
  );
  return withoutRepeats(readAll(wanting, source, vocabulary));
}

function readAll(
  readers: readonly Reader[],
  source: SourceText,
  vocabulary: Vocabulary,
): readonly (readonly Declaration[])[] {
  const own = readers.filter(({ last }) => !last).map((reader) => readWith(reader, source, vocabulary));
  if (own.some((found) => found.length > 0)) return own;
  return readers.filter(({ last }) => last).map((reader) => readWith(reader, source, vocabulary));
}

/**
 * What two readers find at one place is one declaration: the first reader knows the file better. One reader may say
 * several things of a place: a loop in a script, a string that stands for several folders.
 */
function withoutRepeats(byReader: readonly (readonly Declaration[])[]): Declaration[] {
  const readerOf = new Map<string, number>();
  const said = new Set<string>();
  return byReader.flatMap((found, reader) =>
    found.filter((one) => {
      const { start, end } = one.span;
      const place = `${one.kind} ${start} ${end} ${one.kind === 'driver' ? one.driver : ''}`;
      const setting = one.kind === 'tls-policy' ? `${one.side} ${one.setting} ${one.subject}` : '';
      const whole = `${place} ${one.scope} ${setting}`;
      if ((readerOf.get(place) ?? reader) !== reader || said.has(whole)) return false;
      readerOf.set(place, reader);
      said.add(whole);
      return true;
    }),
  );
}

/** Is a path among these globs? One that names a folder means everything in it. */
export function excludes(globs: readonly string[]): (path: string) => boolean {
  if (globs.length === 0) return () => false;
  const withContents = globs.flatMap((glob) => [glob, `${glob.replace(/\/+$/, '')}/**`]);
  return picomatch(withContents, { dot: true, nonegate: true });
}

function readWith(reader: Reader, source: SourceText, vocabulary: Vocabulary): readonly Declaration[] {
  try {
    return reader.read(source, vocabulary);
  } catch (error) {
    if (error instanceof Unreadable) return [unreadable(source, error.message, error.start, error.end)];
    return [unreadable(source, `the reader for ${reader.id} failed: ${messageOf(error)}`, 0, 0)];
  }
}

/** Its text is left out: what a parser stumbles over may be the middle of a secret. */
function unreadable(source: SourceText, reason: string, start: number, end: number): UnreadableDeclaration {
  const length = source.text.length;
  const from = Math.max(0, Math.min(start, length));
  const to = end > from ? Math.min(end, length) : endOfLine(source.text, from);
  return { kind: 'unreadable', span: source.span(from, to), text: '', scope: source.folder, reason };
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  if (end < 0) return text.length;
  return end > from && text[end - 1] === '\r' ? end - 1 : end;
}

/** Messages of the platform's own parsers quote the text they failed on: from the first quotation on they are cut. */
function messageOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.replace(/["'`].*$/s, '…').slice(0, 200);
}

function byPlace({ span: one }: Declaration, { span: other }: Declaration): number {
  return one.start - other.start || one.end - other.end;
}

/** Like `map`, with at most `atOnce` calls under way. */
async function mapInOrder<T, R>(
  items: readonly T[],
  atOnce: number,
  work: (item: T) => Promise<R>,
): Promise<readonly R[]> {
  const results: R[] = [];
  const queue = items.entries();
  const worker = async () => {
    for (const [index, item] of queue) results[index] = await work(item);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return results;
}
