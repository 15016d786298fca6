/** The files of a git work tree: tracked, and untracked ones that git does not ignore (git-ls-files(1)). */
import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const MAX_OUTPUT_BYTES = 128 * 1024 * 1024;
const DEADLINE_MS = 60_000;
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
  // One look into each folder costs a tenth of one look at each file.
  const regular = new Map<string, ReadonlySet<string>>();
  return paths.filter((path) => {
    const below = folderOf(path);
    const names = regular.get(below) ?? new Set(regularFilesIn(join(folder, below)));
    regular.set(below, names);
    return names.has(path.slice(below.length));
  });
}

/** With a `/` at the end; `''` for the root. */
const folderOf = (path: string) => path.slice(0, path.lastIndexOf('/') + 1);

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
    return stdout.split('\0').filter((path, index, all) => path !== '' && path !== all[index - 1]);
  } catch {
    return null;
  }
}

function environment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !ELSEWHERE.has(name));
  return { ...Object.fromEntries(kept), LC_ALL: 'C', GIT_OPTIONAL_LOCKS: '0' };
}

/** Synchronous calls spare a trip to the thread pool for each of thousands of folders. */
function regularFilesIn(folder: string): readonly string[] {
  try {
    const entries = readdirSync(folder, { withFileTypes: true });
    return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
  } catch {
    return [];
  }
}
