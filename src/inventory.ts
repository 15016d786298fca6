/** What a repository declares, listed: the first half of the pipeline, without any judgement or network. */
import picomatch from 'picomatch';
import { VOCABULARY } from './catalog/vocabulary.ts';
import { discover } from './discover/discover.ts';
import { explainFile } from './discover/explain.ts';
import { SourceText } from './discover/text/source-text.ts';
import type { FileExplanation, Inventory } from './model/inventory.ts';
import type { Policy } from './model/policy.ts';
import type { Workspace } from './model/workspace.ts';
import { policyConnections } from './policy-connections.ts';
import { inventoryOf } from './resolve/inventory.ts';
import { resolve } from './resolve/resolve.ts';

export interface InventoryInput {
  readonly workspace: Workspace;
  readonly policy: Policy;
  /** Text of the policy file, `''` without one. */
  readonly policyText: string;
}

export interface Listed {
  readonly inventory: Inventory;
  readonly filesRead: number;
}

export async function inventory({ workspace, policy, policyText }: InventoryInput): Promise<Listed> {
  const { declarations, filesRead } = await discover(workspace, VOCABULARY, {
    exclude: policy.exclude,
    policyFile: policy.file,
  });
  const connections = policyConnections(policy, new SourceText(policy.file ?? '', policyText));
  const resolution = resolve(declarations, policy, connections, (glob, path) =>
    picomatch(glob, { dot: true })(path),
  );
  return { inventory: inventoryOf(declarations, resolution), filesRead };
}

/** `path` is relative to the checked folder, with `/`. */
export function explain({ workspace, policy }: InventoryInput, path: string): Promise<FileExplanation> {
  return explainFile(workspace, VOCABULARY, path, policy.exclude);
}
