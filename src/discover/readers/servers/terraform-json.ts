/** Terraform's JSON syntax as the blocks of its native one: `resource.TYPE.NAME` is a block with three words. */
import type { Node } from 'jsonc-parser';
import type { HclEntry, HclText, HclValue } from '../../text/hcl.ts';
import { readJson, stringRange } from '../../text/json-tree.ts';
import type { SourceText } from '../../text/source-text.ts';

/** Blocks of the language by the number of their labels. */
const LABELS: Readonly<Record<string, number>> = { resource: 2, data: 2, variable: 1 };
const MAX_DEPTH = 60;

/** @throws {Unreadable} */
export function readTerraformJson(source: SourceText): readonly HclEntry[] {
  return propertiesOf(readJson(source)).flatMap(({ key, node }) =>
    labelled([key], node, LABELS[key.value ?? ''] ?? 0),
  );
}

function labelled(words: readonly HclText[], node: Node, labels: number): HclEntry[] {
  if (labels === 0) return [{ words, value: asValue(node, 0) }];
  return propertiesOf(node).flatMap(({ key, node: inner }) => labelled([...words, key], inner, labels - 1));
}

function propertiesOf(node: Node): readonly { readonly key: HclText; readonly node: Node }[] {
  if (node.type !== 'object') return [];
  return (node.children ?? []).flatMap(({ children }) => {
    const [key, value] = children ?? [];
    return key && value ? [{ key: text(key), node: value }] : [];
  });
}

function asValue(node: Node, depth: number): HclValue {
  const place = { start: node.offset, end: node.offset + node.length };
  if (node.type === 'string') return text(node);
  if (depth < MAX_DEPTH && node.type === 'object') {
    const entries = propertiesOf(node).flatMap(({ key, node: inner }) =>
      // A block that may be repeated is a list of objects.
      (inner.type === 'array' && inner.children?.every(({ type }) => type === 'object')
        ? inner.children
        : [inner]
      ).map((one) => ({ words: [key], value: asValue(one, depth + 1) })),
    );
    return { kind: 'block', entries, ...place };
  }
  if (depth < MAX_DEPTH && node.type === 'array')
    return { kind: 'list', items: (node.children ?? []).map((one) => asValue(one, depth + 1)), ...place };
  return { kind: 'word', value: String(node.value), ...place };
}

function text(node: Node): HclText {
  const value = String(node.value);
  return { kind: 'text', value: /[$%]\{/.test(value) ? null : value, ...stringRange(node) };
}
