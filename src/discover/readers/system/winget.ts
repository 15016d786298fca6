/**
 * WinGet's configuration files (a document of DSC, `resources` of type `…/WinGetPackage`) and lists of `winget export`
 * ("WinGet Configuration file schema", "winget import").
 */
import type { Node } from 'jsonc-parser';
import type { Declaration } from '../../../model/declaration.ts';
import type { Vocabulary } from '../../../model/vocabulary.ts';
import type { Reader } from '../../reader.ts';
import { member, readJson, stringRange } from '../../text/json-tree.ts';
import type { SourceText } from '../../text/source-text.ts';
import { YamlTree } from '../../text/yaml-tree.ts';
import { driverDeclaration } from '../driver-declaration.ts';

const CONFIGURATION = /(?:^|\/)(?:[^/]*winget[^/]*\.ya?ml|[^/]+\.dsc\.ya?ml|[^/]+\.winget)$/i;
const EXPORT = /(?:^|\/)[^/]*winget[^/]*\.json$/i;
const PACKAGE = /(?:^|\/)WinGetPackage$/i;

export const winget: Reader = {
  id: 'winget',
  matches: (path) => CONFIGURATION.test(path) || EXPORT.test(path),
  read(source, vocabulary) {
    const { file, text } = source;
    if (EXPORT.test(file)) return text.includes('PackageIdentifier') ? exported(source, vocabulary) : [];
    return /WinGetPackage/i.test(text) ? configured(source, vocabulary) : [];
  },
};

interface Written {
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

/** Version 0.2 has the list under `properties`, version 3 at the root. */
function configured(source: SourceText, vocabulary: Vocabulary): Declaration[] {
  const yaml = new YamlTree(source);
  const lists = [yaml.get(yaml.root, 'properties', 'resources'), yaml.get(yaml.root, 'resources')];
  return lists
    .flatMap((list) => yaml.items(list))
    .flatMap((resource) => {
      const type = yaml.text(yaml.get(resource, 'resource')) ?? yaml.text(yaml.get(resource, 'type'));
      if (!type || !PACKAGE.test(type.value)) return [];
      return ['settings', 'properties'].flatMap((at) =>
        declared(
          source,
          vocabulary,
          yaml.text(yaml.get(resource, at, 'id')),
          yaml.text(yaml.get(resource, at, 'version')),
        ),
      );
    });
}

function exported(source: SourceText, vocabulary: Vocabulary): Declaration[] {
  const sources = member(readJson(source), 'Sources')?.children ?? [];
  return sources
    .flatMap((one) => member(one, 'Packages')?.children ?? [])
    .flatMap((one) =>
      declared(source, vocabulary, textOf(member(one, 'PackageIdentifier')), textOf(member(one, 'Version'))),
    );
}

const textOf = (node: Node | undefined): Written | null =>
  node?.type === 'string' ? { value: String(node.value), ...stringRange(node) } : null;

function declared(
  source: SourceText,
  vocabulary: Vocabulary,
  id: Written | null,
  version: Written | null,
): Declaration[] {
  if (!id) return [];
  const exact = version && /^\d/.test(version.value) ? version : null;
  const { start, end } = exact ?? id;
  return driverDeclaration(source, vocabulary, {
    ecosystem: 'winget',
    package: id.value,
    version: exact?.value ?? null,
    role: 'uses',
    start,
    end,
  });
}
