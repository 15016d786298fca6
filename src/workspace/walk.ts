/** The files of a folder without git: nested `.gitignore` files count as git would count them (gitignore(5)). */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import ignore, { type Ignore } from 'ignore';

const NEVER = new Set(['.git', 'node_modules']);

/** The patterns of one `.gitignore`; they speak of paths below its own folder. */
interface IgnoreFile {
  /** Relative, with a `/` at the end; `''` for the root. */
  readonly folder: string;
  readonly patterns: Ignore;
}

/** Relative paths of regular files. Symlinks are not followed, so no loop and no way out of `root`. */
export async function walk(root: string): Promise<string[]> {
  const files: string[] = [];
  const open: { folder: string; ignores: readonly IgnoreFile[] }[] = [{ folder: '', ignores: [] }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { folder } = next;
    const entries = await entriesOf(join(root, folder));
    const hasIgnoreFile = entries.some((entry) => entry.name === '.gitignore' && entry.isFile());
    const own = hasIgnoreFile ? await readIgnoreFile(root, folder) : [];
    const ignores = [...next.ignores, ...own];
    for (const entry of entries) {
      const path = `${folder}${entry.name}`;
      if (NEVER.has(entry.name)) continue;
      if (entry.isDirectory() && !isIgnored(`${path}/`, ignores)) open.push({ folder: `${path}/`, ignores });
      if (entry.isFile() && !isIgnored(path, ignores)) files.push(path);
    }
  }
  return files;
}

/** A folder that may not be entered holds nothing for us. */
async function entriesOf(folder: string) {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

async function readIgnoreFile(root: string, folder: string): Promise<IgnoreFile[]> {
  try {
    const text = await readFile(join(root, folder, '.gitignore'), 'utf8');
    return [{ folder, patterns: ignore({ ignorecase: false }).add(text) }];
  } catch {
    return [];
  }
}

/** The innermost `.gitignore` that says something about a path decides. */
function isIgnored(path: string, ignores: readonly IgnoreFile[]): boolean {
  let ignored = false;
  for (const { folder, patterns } of ignores) {
    const said = patterns.test(path.slice(folder.length));
    if (said.ignored || said.unignored) ignored = said.ignored;
  }
  return ignored;
}
