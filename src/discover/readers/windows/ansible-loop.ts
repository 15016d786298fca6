/** Loops of Ansible tasks over literals: https://docs.ansible.com/ansible/latest/playbook_guide/playbooks_loops.html */
import type { YamlText, YamlTree } from '../../text/yaml-tree.ts';

/** What `item` and `item.name` stand for in one turn; nothing, when that is not known. */
export type Turn = ReadonlyMap<string, YamlText>;

const UNKNOWN: readonly Turn[] = [new Map()];
const MAX_TURNS = 100;

/** One turn for a task without a loop, or with one whose items stand elsewhere or are chosen by a condition. */
export function turnsOf(tree: YamlTree, task: unknown): readonly Turn[] {
  const [list] = ['loop', 'with_items']
    .map((key) => tree.items(tree.get(task, key)))
    .filter((one) => one.length);
  const conditions = [tree.get(task, 'when'), ...tree.items(tree.get(task, 'when'))];
  if (!list || list.length > MAX_TURNS) return UNKNOWN;
  if (conditions.some((one) => /\bitem\b/.test(tree.text(one)?.value ?? ''))) return UNKNOWN;
  return list.map((item) => {
    const text = tree.text(item);
    const members = [...tree.entries(item)].flatMap(([name, node]) => {
      const value = tree.text(node);
      return value ? [[`item.${name}`, value] as const] : [];
    });
    return new Map(text ? [['item', text] as const] : members);
  });
}

const REFERENCE = /\{\{\s{0,9}(item(?:\.\w{1,60})?)\s{0,9}\}\}/g;

/** A text that is nothing but a reference stands where its item does. */
export function filledIn(text: YamlText, turn: Turn): YamlText {
  const [only, ...others] = [...text.value.matchAll(REFERENCE)];
  if (!only) return text;
  const item = others.length === 0 && only[0] === text.value ? turn.get(only[1] ?? '') : undefined;
  if (item) return item;
  const value = text.value.replace(REFERENCE, (whole, name: string) => turn.get(name)?.value ?? whole);
  return { ...text, value };
}
