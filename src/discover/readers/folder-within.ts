/** Paths that files write, as folders of the repository. */
import { posix } from 'node:path';

/** `path` as seen from `folder`, normalized; `null` when it is a URL, absolute, or leads out of the repository. */
export function folderWithin(folder: string, path: string): string | null {
  if (/^[\w+.-]+:|^[/~]|\$/.test(path)) return null;
  const joined = posix.join(folder, path.replaceAll('\\', '/'), '.').replace(/\/+$/, '');
  if (joined === '..' || joined.startsWith('../')) return null;
  return joined === '.' ? '' : joined;
}
