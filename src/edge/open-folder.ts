/** Opens the folder to check and loads its policy file. */
import { readFile } from 'node:fs/promises';
import { relative, resolve } from 'node:path';
import { labProfiles } from '../lab/profiles.ts';
import { DEFAULT_POLICY, type Policy, type PolicyProblem } from '../model/policy.ts';
import type { Workspace } from '../model/workspace.ts';
import { loadPolicy, policyFileNames } from '../policy/load-policy.ts';
import { RULES } from '../rules/rules.ts';
import { SUITES } from '../tls/cipher-suites.ts';
import { openWorkspace, WorkspaceError } from '../workspace/workspace.ts';
import { EXIT } from './exit.ts';

/** A folder with its policy, loaded. */
export interface OpenFolder {
  readonly workspace: Workspace;
  readonly policy: Policy;
  readonly policyText: string;
}

/** Nothing could be checked: sentences for people, and why it ended. */
export interface Complaint {
  readonly complaint: readonly string[];
  readonly exit: number;
}

export interface FolderOptions {
  /** Folder to check. */
  readonly path: string;
  /** Policy file outside the usual places; `null`: look for one. */
  readonly policyFile: string | null;
}

export async function openFolder(options: FolderOptions): Promise<OpenFolder | Complaint> {
  let workspace: Workspace;
  try {
    workspace = await openWorkspace(options.path);
  } catch (error) {
    if (error instanceof WorkspaceError) return { complaint: [error.message], exit: EXIT.UNABLE };
    throw error;
  }
  const found = await policyText(workspace, options);
  if ('complaint' in found) return found;
  const loaded = found.file === null ? { policy: DEFAULT_POLICY } : load(found.file, found.text);
  if ('problems' in loaded) return { complaint: loaded.problems.map(problemLine), exit: EXIT.USAGE };
  return { workspace, policy: loaded.policy, policyText: found.text };
}

function load(file: string, text: string) {
  return loadPolicy(file, text, {
    rules: RULES.map(({ meta }) => meta.id),
    labProfiles: labProfiles().map(({ name }) => name),
    suites: SUITES.map(({ name }) => name),
  });
}

type PolicyText = { readonly file: string | null; readonly text: string };

async function policyText(
  workspace: Workspace,
  { path, policyFile }: FolderOptions,
): Promise<PolicyText | Complaint> {
  if (policyFile !== null) {
    const file = relative(resolve(path), resolve(policyFile)).replaceAll('\\', '/');
    try {
      return { file, text: await readFile(policyFile, 'utf8') };
    } catch {
      return { complaint: [`The policy file "${policyFile}" cannot be read.`], exit: EXIT.USAGE };
    }
  }
  const files = new Set(await workspace.list());
  const file = policyFileNames.find((name) => files.has(name));
  if (file === undefined) return { file: null, text: '' };
  const read = await workspace.read(file);
  return 'text' in read
    ? { file, text: read.text }
    : { complaint: [`${file}: ${read.problem}`], exit: EXIT.USAGE };
}

const problemLine = ({ file, line, column, message }: PolicyProblem) =>
  `${file}:${line}:${column}: ${message}`;
