/** Walking the tree of jsonc-parser. */
import type { Node } from 'jsonc-parser';

/** The value under a key of an object, of several the last, as JSON parsers have it; `undefined` when there is none. */
export function member(node: Node | undefined, key: string): Node | undefined {
  return entriesOf(node).findLast(([name]) => name === key)?.[1];
}

/** Keys and values of an object; none for anything else. */
export function entriesOf(node: Node | undefined): readonly (readonly [string, Node])[] {
  if (node?.type !== 'object') return [];
  return (node.children ?? []).flatMap(({ children }) => {
    const [key, value] = children ?? [];
    return key && value ? [[String(key.value), value] as const] : [];
  });
}

/** Between the quotes. */
export function stringRange({ offset, length }: Node): { start: number; end: number } {
  return { start: offset + 1, end: offset + length - 1 };
}
