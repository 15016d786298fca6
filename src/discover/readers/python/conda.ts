/** conda's `environment.yml` ("Managing environments"; "Package match specifications"), with the list of pip in it. */
import type { Declaration } from '../../../model/declaration.ts';
import type { Vocabulary } from '../../../model/vocabulary.ts';
import type { Reader } from '../../reader.ts';
import type { SourceText } from '../../text/source-text.ts';
import { type YamlText, YamlTree } from '../../text/yaml-tree.ts';
import { driverDeclaration } from '../driver-declaration.ts';
import { runtimeDeclaration } from '../runtime-declaration.ts';
import { declareRequirements } from './declare-requirements.ts';

/** `channel::name`, then `=5.1.0=build`, `==5.1.0`, ` 5.1.* build` or `>=5,<6`. */
const SPECIFICATION =
  /^(?:[^\s:]+::)?([\w.-]+)[ \t]*(?:={0,2}[ \t]*(?=[\w*])([^\s=,|]+)(?:[=\s]\S*)?$|(.+))?/d;

/** An environment without it is another thing's file. */
const LIST = /^dependencies[ \t]*:/m;

export const conda: Reader = {
  id: 'conda',
  words: /dependencies/,
  matches: (path) => /(?:^|\/)[^/]*(?:environment|conda)[^/]*\.ya?ml$/i.test(path),
  read(source, vocabulary) {
    if (!LIST.test(source.text)) return [];
    const tree = new YamlTree(source);
    return tree.items(tree.get(tree.root, 'dependencies')).flatMap((item): Declaration[] => {
      const written = tree.text(item);
      if (written) return condaPackage(source, vocabulary, written);
      return tree.items(tree.get(item, 'pip')).flatMap((requirement) => {
        const text = tree.text(requirement);
        return text ? declareRequirements(source, vocabulary, text.start, text.end) : [];
      });
    });
  },
};

function condaPackage(source: SourceText, vocabulary: Vocabulary, { start, end }: YamlText): Declaration[] {
  const text = source.text.slice(start, end);
  const found = SPECIFICATION.exec(text);
  if (!found) return [];
  const [, name = '', one, range] = found;
  const version = one ?? range ?? null;
  const [from, to] = found.indices?.[2] ?? found.indices?.[3] ?? found.indices?.[1] ?? [0, 0];
  const place = { start: start + from, end: start + to };
  if (name === 'python')
    return [
      runtimeDeclaration(source, { platform: 'python', version, lowerBound: range !== undefined, ...place }),
    ];
  // Python's packages have the names of PyPI there.
  const ecosystem = vocabulary.driverOfPackage('conda', name) ? 'conda' : 'pypi';
  return driverDeclaration(source, vocabulary, { ecosystem, package: name, version, role: 'uses', ...place });
}
