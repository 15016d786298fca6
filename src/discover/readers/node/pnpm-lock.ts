/** `pnpm-lock.yaml`, lockfile versions 5 to 9: what each importer of the workspace gets. */
import type { Declaration } from '../../../model/declaration.ts';
import type { Vocabulary } from '../../../model/vocabulary.ts';
import type { Reader } from '../../reader.ts';
import type { SourceText } from '../../text/source-text.ts';
import { YamlTree } from '../../text/yaml-tree.ts';
import { driverDeclaration } from '../driver-declaration.ts';
import { folderWithin } from '../folder-within.ts';

const SECTIONS = ['dependencies', 'devDependencies', 'optionalDependencies'];
/** `18.6.1`, `18.6.1(peer@1.0.0)`, `18.6.1_peer@1.0.0`, `/name/18.6.1`, `npm-name@18.6.1`. */
const VERSION = /^(?:\/?((?:@[\w.-]+\/)?[\w.-]+)[/@])?(\d[\w.+-]*?)(?:[_(].*)?$/;

export const pnpmLock: Reader = {
  id: 'pnpm-lock',
  matches: (path) => /(?:^|\/)pnpm-lock\.yaml$/.test(path),
  read(source, vocabulary) {
    const tree = new YamlTree(source);
    const importers = [...tree.entries(tree.get(tree.root, 'importers'))];
    // Without a workspace the only importer is the file itself.
    const all: readonly (readonly [string, unknown])[] =
      importers.length > 0 ? importers : [['.', tree.root]];
    return all.flatMap(([folder, importer]) => {
      const scope = folderWithin(source.folder, folder) ?? source.folder;
      return SECTIONS.flatMap((section) => [...tree.entries(tree.get(importer, section))]).flatMap(
        ([name, entry]) => lockedOf(source, tree, vocabulary, name, entry, scope),
      );
    });
  },
};

function lockedOf(
  source: SourceText,
  tree: YamlTree,
  vocabulary: Vocabulary,
  name: string,
  entry: unknown,
  scope: string,
): Declaration[] {
  const text = tree.text(entry) ?? tree.text(tree.get(entry, 'version'));
  const [, alias, version] = VERSION.exec(text?.value ?? '') ?? [];
  if (!text || version === undefined) return [];
  const at = source.text.indexOf(version, text.start);
  return driverDeclaration(source, vocabulary, {
    ecosystem: 'npm',
    package: alias ?? name,
    version,
    role: 'pins',
    start: at,
    end: at + version.length,
  }).map((declared) => ({ ...declared, scope }));
}
