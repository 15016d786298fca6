/** The files of a git work tree: tracked, and untracked ones that git does not ignore (git-ls-files(1)). */
import { execFile } from 'node:child_process';
import { lstat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const MAX_OUTPUT_BYTES = 128 * 1024 * 1024;
const DEADLINE_MS = 60_000;
const LSTAT_AT_ONCE = 64;
/** Variables that point git at another repository than the folder's own, e.g. when this runs in a hook. */
const ELSEWHERE = new Set(
  ['DIR', 'WORK_TREE', 'INDEX_FILE', 'PREFIX', 'NAMESPACE', 'COMMON_DIR', 'OBJECT_DIRECTORY'].map(
    (name) => `GIT_${name}`,
  ),
);

/**
 * Relative paths of the regular files that git lists in `folder`; symlinks, submodules and deleted files are left out.
 * `null` when there is no repository, no git, or git refuses (a repository of another owner).
 */
export async function listWithGit(folder: string): Promise<string[] | null> {
  const paths = await lsFiles(folder);
  if (paths === null) return null;
  const files: string[] = [];
  for (let from = 0; from < paths.length; from += LSTAT_AT_ONCE) {
    const batch = paths.slice(from, from + LSTAT_AT_ONCE);
    const regular = await Promise.all(batch.map((path) => isRegularFile(join(folder, path))));
    files.push(...batch.filter((_, index) => regular[index]));
  }
  return files;
}

async function lsFiles(folder: string): Promise<string[] | null> {
  try {
    const { stdout } = await promisify(execFile)(
      'git',
      // core.fsmonitor names a program that git would start.
      [
        '-C',
        folder,
        '-c',
        'core.fsmonitor=false',
        'ls-files',
        '-z',
        '--cached',
        '--others',
        '--exclude-standard',
        '--',
      ],
      {
        // Not the checked folder: Windows looks for `git.exe` in the working directory first.
        cwd: dirname(process.execPath),
        env: environment(),
        maxBuffer: MAX_OUTPUT_BYTES,
        timeout: DEADLINE_MS,
        windowsHide: true,
      },
    );
    // A path in a merge conflict is listed once per stage.
    return [...new Set(stdout.split('\0'))].filter((path) => path !== '');
  } catch {
    return null;
  }
}

function environment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !ELSEWHERE.has(name));
  return { ...Object.fromEntries(kept), LC_ALL: 'C', GIT_OPTIONAL_LOCKS: '0' };
}

async function isRegularFile(path: string): Promise<boolean> {
  try {
    return (await lstat(path)).isFile();
  } catch {
    return false;
  }
}
