/** One file, explained: which readers know it, what they take, and why a line that looks like a declaration is none. */
import type { Declaration } from '../model/declaration.ts';
import type { FileExplanation } from '../model/inventory.ts';
import type { Vocabulary } from '../model/vocabulary.ts';
import type { Workspace } from '../model/workspace.ts';
import { maskSecrets } from './connection-strings/mask.ts';
import { readingOf, recognise } from './connection-strings/recognise.ts';
import { discover, excludes } from './discover.ts';
import type { Reader } from './reader.ts';
import { READERS } from './readers/index.ts';
import { WORDS } from './readers/source/source-code.ts';
import { commentsOf, isWithin } from './readers/source/without-comments.ts';
import { SourceText } from './text/source-text.ts';

/** Never throws for what the file holds. */
export async function explainFile(
  workspace: Workspace,
  vocabulary: Vocabulary,
  path: string,
  exclude: readonly string[],
  readers: readonly Reader[] = READERS,
): Promise<FileExplanation> {
  const nothing = { path, readers: [], declarations: [], passedOver: [] };
  if (!(await workspace.list()).includes(path))
    return {
      ...nothing,
      verdict: 'not among the files that are looked at: it does not exist, or git ignores it',
    };
  const known = readers.filter((reader) => reader.matches(path));
  if (excludes(exclude)(path)) return { ...nothing, verdict: "excluded by the policy file's `exclude`" };
  if (known.length === 0) return { ...nothing, verdict: 'no reader knows files of this name' };
  const file = await workspace.read(path);
  if ('problem' in file) return { ...nothing, verdict: file.problem };
  const alone: Workspace = { list: async () => [path], read: async () => file };
  const found = await Promise.all(
    known.map(async (reader) => ({
      id: reader.id,
      found: (await discover(alone, vocabulary, { exclude: [], readers: [reader] })).declarations.length,
    })),
  );
  const { declarations } = await discover(alone, vocabulary, { exclude: [], readers: known });
  return {
    path,
    verdict: declarations.length > 0 ? 'read' : 'read, and nothing in it is a declaration',
    readers: found,
    declarations,
    passedOver: passedOver(new SourceText(path, file.text), declarations),
  };
}

/** More lines than this are counted by nobody. */
const MAX_LINES = 50;

function passedOver(source: SourceText, declarations: readonly Declaration[]): FileExplanation['passedOver'] {
  const taken = new Set(declarations.flatMap(({ span }) => linesOf(span)));
  const comments = commentsOf(source);
  const found: FileExplanation['passedOver'][number][] = [];
  let start = 0;
  for (const [index, text] of source.text.split('\n').entries()) {
    const word = WORDS.exec(text);
    if (word && !taken.has(index + 1) && found.length < MAX_LINES) {
      const reason = isWithin(start + word.index, comments) ? 'it stands in a comment' : reasonOf(text);
      found.push({ line: index + 1, text: maskSecrets(text.trim()), reason });
    }
    start += text.length + 1;
  }
  return found;
}

const linesOf = ({ line, endLine }: Declaration['span']) =>
  Array.from({ length: endLine - line + 1 }, (_, index) => line + index);

const QUOTED = /"([^"]*)"|'([^']*)'/g;
/** What follows a `=`, `:` or `>`. */
const REST = /[=:>]\s*(\S.*)$/;

function reasonOf(line: string): string {
  const quoted = [...line.matchAll(QUOTED)].map((match) => match.slice(1).join(''));
  const candidates = [...quoted, line.trim(), REST.exec(line)?.[1] ?? ''];
  const recognised = candidates.map((text) => {
    const reading = readingOf(text);
    return reading && reading.lexed.tokens.length > 1 ? recognise(reading, null) : null;
  });
  if (recognised.includes('certain'))
    return 'a connection string, at a place that no reader of this file takes';
  if (recognised.includes('ambiguous'))
    return 'it could be the string of another database, and nothing beside it says SQL Server';
  if (recognised.includes('other')) return 'it is not for SQL Server, or names no server';
  return 'it mentions SQL Server and declares neither a driver, a connection, a server nor a setting';
}
