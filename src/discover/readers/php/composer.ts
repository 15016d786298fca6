/** `composer.json` and `composer.lock` (Composer, "The composer.json schema"): extensions of PHP, which the platform brings. */
import type { Node } from 'jsonc-parser';
import type { DriverDeclaration } from '../../../model/declaration.ts';
import type { Vocabulary } from '../../../model/vocabulary.ts';
import type { Reader } from '../../reader.ts';
import { entriesOf, member, readJson, stringRange } from '../../text/json-tree.ts';
import type { SourceText } from '../../text/source-text.ts';
import { driverDeclaration } from '../driver-declaration.ts';

export const composerJson: Reader = {
  id: 'composer-json',
  matches: (path) => /(?:^|\/)composer\.json$/.test(path),
  read(source, vocabulary) {
    const root = readJson(source);
    const wanted = ['require', 'require-dev'].flatMap((section) => entriesOf(member(root, section)));
    return wanted.flatMap(([name, node]) => driverOf(source, vocabulary, name, node, 'uses'));
  },
};

export const composerLock: Reader = {
  id: 'composer-lock',
  matches: (path) => /(?:^|\/)composer\.lock$/.test(path),
  read(source, vocabulary) {
    const root = readJson(source);
    // Extensions have no version of their own here: the lockfile repeats what the manifest asks for.
    const platform = ['platform', 'platform-dev'].flatMap((section) => entriesOf(member(root, section)));
    return platform.flatMap(([name, node]) => driverOf(source, vocabulary, name, node, 'pins'));
  },
};

/** `*` and `@stable` ask for nothing. */
const ANY = /^(?:\*|@\w+)?$/;

function driverOf(
  source: SourceText,
  vocabulary: Vocabulary,
  name: string,
  node: Node,
  role: DriverDeclaration['role'],
): DriverDeclaration[] {
  if (node.type !== 'string') return [];
  const written = String(node.value).trim();
  const key = node.parent?.children?.[0];
  const version = ANY.test(written) ? null : composerRange(written);
  const { start, end } = stringRange(version === null && key ? key : node);
  return driverDeclaration(source, vocabulary, {
    ecosystem: 'composer',
    package: name.toLowerCase(),
    version,
    role,
    start,
    end,
  });
}

/** Composer's constraints in the words of the others: `|` is `||`, `,` is a blank, `~1.2` is `^1.2`, `@dev` is a stability. */
function composerRange(written: string): string {
  return written
    .replace(/@\w+/g, '')
    .split(/\s*\|\|?\s*/)
    .map((part) =>
      part
        .trim()
        .replace(/\s*,\s*/g, ' ')
        .replace(/^~(\d+\.\d+)$/, '^$1')
        .replace(/^v(?=\d)/, '')
        .replace(/^(\d+(?:\.\d+)*)\.\*$/, '$1.x'),
    )
    .join(' || ');
}
