/** npm's lockfiles, versions 1 to 3: they fix versions, they do not make anyone a client. */
import type { Node } from 'jsonc-parser';
import type { Reader } from '../../reader.ts';
import { entriesOf, member, readJson, stringRange } from '../../text/json-tree.ts';
import { driverDeclaration } from '../driver-declaration.ts';

export const packageLock: Reader = {
  id: 'package-lock',
  matches: (path) => /(?:^|\/)(?:package-lock|npm-shrinkwrap)\.json$/.test(path),
  read(source, vocabulary) {
    const root = readJson(source);
    return locked(root).flatMap(({ name, entry, folder }) => {
      const version = member(entry, 'version');
      if (version?.type !== 'string') return [];
      const scope = [source.folder, folder].filter(Boolean).join('/');
      return driverDeclaration(source, vocabulary, {
        ecosystem: 'npm',
        package: name,
        version: String(version.value),
        role: 'pins',
        ...stringRange(version),
      }).map((declared) => ({ ...declared, scope }));
    });
  },
};

interface Locked {
  readonly name: string;
  readonly entry: Node;
  /** Of the workspace that has it to itself; `''` for the project. */
  readonly folder: string;
}

/**
 * Packages at the top of a node_modules: the ones that the project or a workspace itself gets. What lies deeper only
 * another package gets. Version 1 lists them as `dependencies`.
 */
function locked(root: Node): readonly Locked[] {
  const packages = member(root, 'packages');
  if (!packages)
    return entriesOf(member(root, 'dependencies')).map(([name, entry]) => ({ name, entry, folder: '' }));
  return entriesOf(packages).flatMap(([path, entry]) => {
    // `node_modules/name`, or `apps/etl/node_modules/name` in a workspace; one more part is a package's own.
    const [folder, name, ...deeper] = `/${path}`.split('/node_modules/');
    if (folder === undefined || name === undefined || deeper.length > 0 || folder.startsWith('/..'))
      return [];
    return [{ name, entry, folder: folder.slice(1) }];
  });
}
