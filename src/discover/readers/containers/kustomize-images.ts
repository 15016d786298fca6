/** `images:` of a kustomization: what an image is replaced by. https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/images */
import type { Declaration } from '../../../model/declaration.ts';
import type { Vocabulary } from '../../../model/vocabulary.ts';
import type { SourceText } from '../../text/source-text.ts';
import type { YamlTree } from '../../text/yaml-tree.ts';
import { declareServer } from './declare-image.ts';

/** Only the SQL Servers among them: what the others run is said by the manifests that they belong to. */
export function declareKustomizeImages(
  source: SourceText,
  tree: YamlTree,
  vocabulary: Vocabulary,
): Declaration[] {
  return tree.items(tree.get(tree.root, 'images')).flatMap((image) => {
    const name = tree.text(tree.get(image, 'newName')) ?? tree.text(tree.get(image, 'name'));
    const tag = tree.text(tree.get(image, 'newTag'));
    if (!name || !tag) return [];
    const value = `${name.value}:${tag.value}`;
    return declareServer(source, { value, start: tag.start, end: tag.end }, vocabulary) ?? [];
  });
}
