// `version: 1` of a policy file and of a pack.
import { isScalar } from 'yaml';
import type { Fields, PolicyReader } from './policy-reader.ts';
import { quote } from './problems.ts';

export function checkVersion(reader: PolicyReader, keys: Fields): void {
  const field = keys.get('version');
  if (!field) {
    reader.problems.add(reader.root.start, 'the policy file has no `version`; expected `version: 1`');
    return;
  }
  const { node, start } = field;
  if (isScalar(node) && node.value === 1) return;
  const at = isScalar(node) && node.value !== null ? (node.range?.[0] ?? start) : start;
  reader.problems.add(at, () =>
    isScalar(node) && typeof node.value === 'number'
      ? `unknown version ${quote(node.source ?? String(node.value))}; expected \`version: 1\``
      : '`version` is not a number; expected `version: 1`',
  );
}
