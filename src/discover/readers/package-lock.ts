/** npm's lockfiles, versions 1 to 3: they fix versions, they do not make anyone a client. */
import type { Node } from 'jsonc-parser';
import type { Reader } from '../reader.ts';
import { readJson } from './appsettings.ts';
import { driverDeclaration } from './driver-declaration.ts';
import { entriesOf, member, stringRange } from './json-tree.ts';

export const packageLock: Reader = {
  id: 'package-lock',
  matches: (path) => /(?:^|\/)(?:package-lock|npm-shrinkwrap)\.json$/.test(path),
  read(source, vocabulary) {
    const root = readJson(source);
    return locked(root).flatMap(([name, entry]) => {
      const version = member(entry, 'version');
      if (version?.type !== 'string') return [];
      return driverDeclaration(source, vocabulary, {
        ecosystem: 'npm',
        package: name,
        version: String(version.value),
        role: 'pins',
        ...stringRange(version),
      });
    });
  },
};

/** Packages at the top of node_modules: the ones a project itself gets. Version 1 lists them as `dependencies`. */
function locked(root: Node): readonly (readonly [string, Node])[] {
  const packages = member(root, 'packages');
  if (!packages) return entriesOf(member(root, 'dependencies'));
  return entriesOf(packages).flatMap(([path, entry]) => {
    const name = /^node_modules\/((?:@[^/]+\/)?[^/]+)$/.exec(path)?.[1];
    return name === undefined ? [] : [[name, entry] as const];
  });
}
