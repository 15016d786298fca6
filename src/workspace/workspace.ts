/** The checked folder on disk, as the core sees it. The one place that touches the disk and runs git. */
import { constants, type Stats } from 'node:fs';
import { access, realpath, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Workspace } from '../model/workspace.ts';
import { errorCode } from './error-code.ts';
import { listWithGit } from './git-list.ts';
import { MAX_FILE_BYTES, readText } from './read-text.ts';
import { filesHolding } from './search.ts';
import { walk } from './walk.ts';

/** The folder cannot be checked at all; the message is a sentence for people. */
export class WorkspaceError extends Error {}

/**
 * Opens the folder `root`. Files larger than `maxFileBytes` are not read.
 * @throws {WorkspaceError} when there is no such folder or it cannot be read.
 */
export async function openWorkspace(
  root: string,
  { maxFileBytes = MAX_FILE_BYTES }: { readonly maxFileBytes?: number } = {},
): Promise<Workspace> {
  await requireFolder(root);
  const folder = await realpath(resolve(root));
  return {
    list: () => list(folder),
    read: async (path) => readText(folder, path, maxFileBytes),
    holding: async (paths, word) => filesHolding(folder, paths, word, maxFileBytes),
  };
}

async function requireFolder(root: string): Promise<void> {
  let found: Stats;
  try {
    found = await stat(root);
  } catch (error) {
    const missing = ['ENOENT', 'ENOTDIR'].includes(errorCode(error) ?? '');
    throw new WorkspaceError(`The folder "${root}" ${missing ? 'does not exist' : 'cannot be read'}.`);
  }
  if (!found.isDirectory()) throw new WorkspaceError(`"${root}" is a file; expected a folder to check.`);
  try {
    await access(root, constants.R_OK | constants.X_OK);
  } catch {
    throw new WorkspaceError(`The folder "${root}" cannot be read: permission denied.`);
  }
}

/** A folder that git itself ignores has no files for git; whoever names it wants it checked. */
async function list(folder: string): Promise<readonly string[]> {
  const listed = await listWithGit(folder);
  const files = listed && listed.length > 0 ? listed : await walk(folder);
  return files.sort(byCodeUnit);
}

const byCodeUnit = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0);
