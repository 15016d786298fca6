/**
 * Ansible tasks that write the registry or run a DSC resource.
 * https://docs.ansible.com/ansible/latest/collections/ansible/windows/win_regedit_module.html and win_dsc_module.html
 */
import type { Declaration } from '../../../model/declaration.ts';
import type { Vocabulary } from '../../../model/vocabulary.ts';
import type { Reader } from '../../reader.ts';
import type { SourceText } from '../../text/source-text.ts';
import { YamlTree } from '../../text/yaml-tree.ts';
import { filledIn, type Turn, turnsOf } from './ansible-loop.ts';
import { type DscProperty, declareDscResource } from './dsc-resource.ts';
import { declareRegistryValues } from './schannel.ts';

const REGEDIT = /^(?:ansible\.windows\.|community\.windows\.)?win_regedit$/;
const DSC = /^(?:ansible\.windows\.)?win_dsc$/;

const MODULES = /win_(?:regedit|dsc)\b/;

export const ansibleRegistry: Reader = {
  id: 'ansible-registry',
  words: MODULES,
  matches: (path) => /\.ya?ml$/i.test(path),
  read(source, vocabulary) {
    if (!MODULES.test(source.text)) return [];
    const tree = new YamlTree(source);
    return modulesOf(tree).flatMap(({ module, settings, task }) =>
      turnsOf(tree, task).flatMap((turn) =>
        REGEDIT.test(module)
          ? regedit(source, vocabulary, tree, settings, turn)
          : dsc(source, vocabulary, tree, settings, turn),
      ),
    );
  },
};

interface Task {
  readonly module: string;
  readonly settings: unknown;
  readonly task: unknown;
}

/** Every task's module with its arguments, in blocks and handlers too. Not a function that calls itself. */
function modulesOf(tree: YamlTree): readonly Task[] {
  const found: Task[] = [];
  const open: unknown[] = [tree.root];
  while (open.length > 0) {
    const task = open.pop();
    const entries = [...tree.entries(task)];
    for (const [module, settings] of entries)
      if (REGEDIT.test(module) || DSC.test(module)) found.push({ module, settings, task });
    open.push(...[...entries.map(([, value]) => value), ...tree.items(task)].toReversed());
  }
  return found;
}

function regedit(
  source: SourceText,
  vocabulary: Vocabulary,
  tree: YamlTree,
  settings: unknown,
  turn: Turn,
): Declaration[] {
  const first = (...names: string[]) =>
    names.map((name) => tree.text(tree.get(settings, name))).find((text) => text !== null);
  const [key, name] = [first('path', 'key'), first('name', 'entry', 'value')];
  const data = property(tree, tree.get(settings, 'data'), turn);
  if (!key || !name || !data || first('state')?.value === 'absent') return [];
  return declareRegistryValues(source, vocabulary, [
    {
      key: filledIn(key, turn).value,
      name: filledIn(name, turn).value,
      data: data.data,
      place: data,
      keyPlace: filledIn(key, turn),
    },
  ]);
}

function dsc(
  source: SourceText,
  vocabulary: Vocabulary,
  tree: YamlTree,
  settings: unknown,
  turn: Turn,
): Declaration[] {
  const properties = new Map<string, DscProperty>();
  for (const [name, value] of tree.entries(settings)) {
    const known = property(tree, value, turn);
    if (known) properties.set(name.toLowerCase(), known);
  }
  const type = tree.text(tree.get(settings, 'resource_name'))?.value;
  return type === undefined ? [] : declareDscResource(source, vocabulary, type, properties);
}

/** A scalar or a list; the place of a list runs from its first item to its last. */
function property(tree: YamlTree, node: unknown, turn: Turn): DscProperty | null {
  const written = tree.text(node);
  if (written && written.end > written.start) {
    const text = filledIn(written, turn);
    const isTruth = /^(?:true|yes)$/i.test(text.value) && text.start === text.outer.start;
    const data = text.value.includes('{{') ? null : isTruth ? '$true' : text.value;
    return { data, start: text.start, end: text.end };
  }
  const items = tree.items(node).flatMap((item) => tree.text(item) ?? []);
  const [first, last] = [items[0], items.at(-1)];
  if (!first || !last) return null;
  return { data: items.map(({ value }) => value), start: first.start, end: last.end };
}
