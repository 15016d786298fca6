/**
 * Ansible tasks that write the registry or run a DSC resource.
 * https://docs.ansible.com/ansible/latest/collections/ansible/windows/win_regedit_module.html and win_dsc_module.html
 */
import type { Declaration } from '../../../model/declaration.ts';
import type { Vocabulary } from '../../../model/vocabulary.ts';
import type { Reader } from '../../reader.ts';
import type { SourceText } from '../../text/source-text.ts';
import { YamlTree } from '../../text/yaml-tree.ts';
import { type DscProperty, declareDscResource } from './dsc-resource.ts';
import { declareRegistryValues } from './schannel.ts';

const REGEDIT = /^(?:ansible\.windows\.|community\.windows\.)?win_regedit$/;
const DSC = /^(?:ansible\.windows\.)?win_dsc$/;

export const ansibleRegistry: Reader = {
  id: 'ansible-registry',
  matches: (path) => /\.ya?ml$/i.test(path),
  read(source, vocabulary) {
    if (!/win_(?:regedit|dsc)\b/.test(source.text)) return [];
    const tree = new YamlTree(source);
    return modulesOf(tree).flatMap(({ module, settings }) =>
      REGEDIT.test(module)
        ? regedit(source, vocabulary, tree, settings)
        : dsc(source, vocabulary, tree, settings),
    );
  },
};

/** Every task's module with its arguments, in blocks and handlers too. Not a function that calls itself. */
function modulesOf(tree: YamlTree): readonly { module: string; settings: unknown }[] {
  const found: { module: string; settings: unknown }[] = [];
  const open: unknown[] = [tree.root];
  while (open.length > 0) {
    const node = open.pop();
    const entries = [...tree.entries(node)];
    for (const [module, settings] of entries)
      if (REGEDIT.test(module) || DSC.test(module)) found.push({ module, settings });
    open.push(...[...entries.map(([, value]) => value), ...tree.items(node)].toReversed());
  }
  return found;
}

function regedit(
  source: SourceText,
  vocabulary: Vocabulary,
  tree: YamlTree,
  settings: unknown,
): Declaration[] {
  const first = (...names: string[]) =>
    names.map((name) => tree.text(tree.get(settings, name))).find((text) => text !== null);
  const key = first('path', 'key');
  const name = first('name', 'entry', 'value');
  const data = property(tree, tree.get(settings, 'data'));
  if (!key || !name || !data || first('state')?.value === 'absent') return [];
  return declareRegistryValues(source, vocabulary, [
    {
      key: key.value,
      name: name.value,
      data: data.data,
      place: data,
      keyPlace: key,
    },
  ]);
}

function dsc(source: SourceText, vocabulary: Vocabulary, tree: YamlTree, settings: unknown): Declaration[] {
  const properties = new Map<string, DscProperty>();
  for (const [name, value] of tree.entries(settings)) {
    const known = property(tree, value);
    if (known) properties.set(name.toLowerCase(), known);
  }
  const type = tree.text(tree.get(settings, 'resource_name'))?.value;
  return type === undefined ? [] : declareDscResource(source, vocabulary, type, properties);
}

/** A scalar or a list; the place of a list runs from its first item to its last. */
function property(tree: YamlTree, node: unknown): DscProperty | null {
  const text = tree.text(node);
  if (text && text.end > text.start) {
    const isTruth = /^(?:true|yes)$/i.test(text.value) && text.start === text.outer.start;
    const data = text.value.includes('{{') ? null : isTruth ? '$true' : text.value;
    return { data, start: text.start, end: text.end };
  }
  const items = tree.items(node).flatMap((item) => tree.text(item) ?? []);
  const [first, last] = [items[0], items.at(-1)];
  if (!first || !last) return null;
  return { data: items.map(({ value }) => value), start: first.start, end: last.end };
}
