/** Opens the folder to check and loads its policy file. */
import { readFile } from 'node:fs/promises';
import { relative, resolve } from 'node:path';
import { labProfiles } from '../lab/profiles.ts';
import { DEFAULT_POLICY, type Policy, type PolicyProblem } from '../model/policy.ts';
import type { Requirement } from '../model/requirement.ts';
import type { Workspace } from '../model/workspace.ts';
import type { KnownNames } from '../policy/known-names.ts';
import { loadPack, packFile } from '../policy/load-pack.ts';
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
  const loaded = found.file === null ? { policy: DEFAULT_POLICY } : loadPolicy(found.file, found.text, KNOWN);
  if ('problems' in loaded) return { complaint: loaded.problems.map(problemLine), exit: EXIT.USAGE };
  const packs = await withPackFiles(loaded.policy, workspace);
  return 'complaint' in packs ? packs : { workspace, policy: packs.policy, policyText: found.text };
}

/** Packs that are files of the checked folder; what else is unknown stays so, and is said. */
async function withPackFiles(
  policy: Policy,
  workspace: Workspace,
): Promise<{ readonly policy: Policy } | Complaint> {
  const requirements: Requirement[] = [];
  for (const { value, span } of policy.unknownPacks) {
    const file = packFile(value);
    if (file === null) continue;
    const read = await workspace.read(file);
    if ('problem' in read) {
      const place = `${span.file}:${span.line}:${span.column}`;
      return { complaint: [`${place}: the policy pack \`${value}\`: ${read.problem}`], exit: EXIT.USAGE };
    }
    const pack = loadPack(value, file, read.text, KNOWN);
    if ('problems' in pack) return { complaint: pack.problems.map(problemLine), exit: EXIT.USAGE };
    requirements.push(...pack.requirements);
  }
  const unknownPacks = policy.unknownPacks.filter(({ value }) => packFile(value) === null);
  return { policy: { ...policy, requirements: [...policy.requirements, ...requirements], unknownPacks } };
}

const KNOWN: KnownNames = {
  rules: RULES.map(({ meta }) => meta.id),
  labProfiles: labProfiles().map(({ name }) => name),
  suites: SUITES.map(({ name }) => name),
};

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
