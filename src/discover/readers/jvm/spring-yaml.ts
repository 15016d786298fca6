/**
 * `application*.yml` and `bootstrap*.yml` of Spring, Quarkus and Micronaut ("Externalized Configuration"): every value, in
 * every document (`---`), whichever profile it is for.
 */
import type { Reader } from '../../reader.ts';
import { fromYamlScalar } from '../../text/decoded.ts';
import { SourceText } from '../../text/source-text.ts';
import { type YamlText, YamlTree } from '../../text/yaml-tree.ts';
import { DATA_SOURCE_WORDS, dataSource } from './data-source.ts';

export const springYaml: Reader = {
  id: 'spring-yaml',
  words: DATA_SOURCE_WORDS,
  matches: (path) => /(?:^|\/)(?:application|bootstrap)[^/]*\.ya?ml$/i.test(path),
  read(source, vocabulary) {
    // A template (Helm, Jinja) is no YAML; settings-text reads what is left of it.
    if (!DATA_SOURCE_WORDS.test(source.text) || /\{\{|\{%/.test(source.text)) return [];
    const { trees, problems } = YamlTree.documents(withoutTokens(source));
    const found = trees.flatMap((tree) =>
      scalarsOf(tree).flatMap(({ outer }) =>
        dataSource(source, vocabulary, fromYamlScalar(source, outer.start, outer.end)),
      ),
    );
    const [problem] = problems;
    if (problem && found.length === 0) throw problem;
    return found;
  },
};

/** `@project.version@`, which Maven fills in, is no YAML at the beginning of a value. */
function withoutTokens({ file, text }: SourceText): SourceText {
  return new SourceText(
    file,
    text.replace(/@[\w.-]{1,100}@/g, (token) => 'x'.repeat(token.length)),
  );
}

function scalarsOf(tree: YamlTree): readonly YamlText[] {
  const found: YamlText[] = [];
  const open: unknown[] = [tree.root];
  while (open.length > 0) {
    const node = open.pop();
    const text = tree.text(node);
    if (text) found.push(text);
    else for (const inner of [...tree.items(node), ...tree.entries(node).values()]) open.push(inner);
  }
  return found;
}
