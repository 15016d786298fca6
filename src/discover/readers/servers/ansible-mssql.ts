/** Variables of the Ansible role `microsoft.sql.server`, wherever they are set. https://github.com/linux-system-roles/mssql */
import type { Declaration } from '../../../model/declaration.ts';
import type { Vocabulary } from '../../../model/vocabulary.ts';
import type { Reader } from '../../reader.ts';
import type { SourceText } from '../../text/source-text.ts';
import { type YamlText, YamlTree } from '../../text/yaml-tree.ts';
import { serverDeclaration } from '../server-declaration.ts';
import { declareNetworkSetting } from './mssql-network.ts';

const NAMES = /^[ \t]*(?:-[ \t]+)?["']?mssql_(?:version|tls_version|tls_force)["']?[ \t]*:/m;

export const ansibleMssql: Reader = {
  id: 'ansible-mssql',
  words: NAMES,
  matches: (path) => /\.ya?ml$/i.test(path),
  read(source, vocabulary) {
    if (!NAMES.test(source.text)) return [];
    const tree = new YamlTree(source);
    const found: Declaration[] = [];
    const open: unknown[] = [tree.root];
    while (open.length > 0) {
      const node = open.pop();
      const entries = tree.entries(node);
      found.push(...variables(source, vocabulary, tree, entries));
      open.push(...[...entries.values(), ...tree.items(node)].toReversed());
    }
    return found;
  },
};

/** The role leaves TLS alone when it is told to. */
function variables(
  source: SourceText,
  vocabulary: Vocabulary,
  tree: YamlTree,
  entries: ReadonlyMap<string, unknown>,
): Declaration[] {
  const of = (name: string) => tree.text(entries.get(name));
  const [version, protocol, force] = [of('mssql_version'), of('mssql_tls_version'), of('mssql_tls_force')];
  const isOff = /^(?:false|no)$/i.test(of('mssql_tls_enable')?.value ?? '');
  return [
    ...(version
      ? serverDeclaration(source, vocabulary, {
          where: 'ansible-role',
          name: version.value,
          ...placeOf(version),
        })
      : []),
    ...(protocol && !isOff ? declareNetworkSetting(source, 'tlsprotocols', writtenOf(protocol)) : []),
    ...(force && !isOff ? declareNetworkSetting(source, 'forceencryption', writtenOf(force)) : []),
  ];
}

const placeOf = ({ start, end }: YamlText) => ({ start, end });
const writtenOf = (text: YamlText) => ({
  value: text.value.replace(/^yes$/i, 'true').replace(/^no$/i, 'false'),
  ...placeOf(text),
});
