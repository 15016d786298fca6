/** Bun's `bun.lock` ("Lockfile"): JSON with comments. It fixes versions, it does not make anyone a client. */
import type { Node } from 'jsonc-parser';
import type { Reader } from '../../reader.ts';
import { fromJsonString } from '../../text/decoded.ts';
import { entriesOf, member, readJson, stringRange } from '../../text/json-tree.ts';
import { driverDeclaration } from '../driver-declaration.ts';

const NAME = /^(?:@[^/]+\/)?[^/]+$/;

export const bunLock: Reader = {
  id: 'bun-lock',
  matches: (path) => /(?:^|\/)bun\.lock$/.test(path),
  read(source, vocabulary) {
    const root = readJson(source);
    const folders = foldersOf(member(root, 'workspaces'));
    return entriesOf(member(root, 'packages')).flatMap(([path, entry]) => {
      const folder = folderOf(path, folders);
      const resolved = entry.type === 'array' ? entry.children?.[0] : undefined;
      if (folder === undefined || resolved?.type !== 'string') return [];
      const { start, end } = stringRange(resolved);
      const written = fromJsonString(source, start, end);
      // `name@version`; an alias has its own name for it in the path alone.
      const at = written.text.lastIndexOf('@');
      const version = written.text.slice(at + 1);
      if (at <= 0 || !/^\d/.test(version)) return [];
      const scope = [source.folder, folder].filter(Boolean).join('/');
      return driverDeclaration(source, vocabulary, {
        ecosystem: 'npm',
        package: written.text.slice(0, at),
        version,
        role: 'pins',
        start: written.sourceOffset(at + 1),
        end: written.sourceOffset(written.text.length),
      }).map((declared) => ({ ...declared, scope }));
    });
  },
};

/** Workspaces by the name of their package. */
function foldersOf(workspaces: Node | undefined): ReadonlyMap<string, string> {
  return new Map(
    entriesOf(workspaces).flatMap(([folder, workspace]) => {
      const name = member(workspace, 'name');
      return name?.type === 'string' && folder !== '' ? [[String(name.value), folder] as const] : [];
    }),
  );
}

/** A path is a package, or a package below the one that has it to itself: of these only the workspaces' count. */
function folderOf(path: string, folders: ReadonlyMap<string, string>): string | undefined {
  if (NAME.test(path)) return '';
  const owner = /^(?:@[^/]+\/)?[^/]+(?=\/)/.exec(path)?.[0] ?? '';
  return NAME.test(path.slice(owner.length + 1)) ? folders.get(owner) : undefined;
}
