// What readers find in files, as lines that people compare: one per declaration, with its place.
import { VOCABULARY } from '../../src/catalog/vocabulary.ts';
import { discover } from '../../src/discover/discover.ts';
import type { Declaration } from '../../src/model/declaration.ts';
import type { Workspace } from '../../src/model/workspace.ts';
import { declarationWords } from '../../src/report/declaration-words.ts';
import { declarationResult } from '../../src/report/report-of.ts';

/** `3:12-3:18 driver tedious 16.0.0 (npm tedious)`; the folder it speaks for, where that is not the file's own. */
export function lineOf(declaration: Declaration): string {
  const { line, column, endLine, endColumn, file } = declaration.span;
  const own = file.includes('/') ? file.slice(0, file.lastIndexOf('/')) : '';
  const scope = declaration.scope === own ? '' : ` [for /${declaration.scope}]`;
  const text = declaration.kind === 'unreadable' ? '' : ` ${JSON.stringify(declaration.text)}`;
  return `${line}:${column}-${endLine}:${endColumn} ${declarationWords(declarationResult(declaration))}${scope}${text}`;
}

/** Every declaration of these files, by path. */
export async function declarationsOfFiles(
  workspace: Workspace,
): Promise<ReadonlyMap<string, readonly Declaration[]>> {
  const { declarations } = await discover(workspace, VOCABULARY, { exclude: [] });
  const files = [...(await workspace.list())].sort();
  return new Map(files.map((path) => [path, declarations.filter(({ span }) => span.file === path)]));
}

/** Nothing is claimed: no declaration, or only ones that say what is not known. */
export function claimsNothing(declaration: Declaration): boolean {
  switch (declaration.kind) {
    case 'connection':
      return declaration.endpoint === null;
    case 'driver':
    case 'runtime':
      return declaration.version === null;
    case 'server':
      return declaration.server === null;
    case 'tls-policy':
      return declaration.value === null;
    case 'unreadable':
      return true;
  }
}
