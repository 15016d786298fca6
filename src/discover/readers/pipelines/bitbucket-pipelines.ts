/** Bitbucket Pipelines: services by name, and the steps that take them (bitbucket-pipelines.yml configuration reference). */
import type { Declaration, ServerDeclaration } from '../../../model/declaration.ts';
import type { Vocabulary } from '../../../model/vocabulary.ts';
import type { Reader } from '../../reader.ts';
import type { SourceText } from '../../text/source-text.ts';
import { YamlTree } from '../../text/yaml-tree.ts';
import { declareServer } from '../containers/declare-image.ts';
import { connectionsIn, imageIn, SQL_SERVER_PORT } from '../containers/services.ts';
import { declareJob, runtimesOfImages, withoutRepeats } from './job.ts';
import { scriptIn } from './script.ts';

export const bitbucketPipelines: Reader = {
  id: 'bitbucket-pipelines',
  matches: (path) => /(?:^|\/)bitbucket-pipelines\.ya?ml$/i.test(path),
  read(source, vocabulary) {
    const tree = new YamlTree(source);
    const services = [...tree.entries(tree.get(tree.root, 'definitions', 'services'))];
    const started = services.flatMap(([name, service]) => {
      const image = imageOf(tree, tree.get(service, 'image'));
      const server = image && declareServer(source, image, vocabulary, LOCAL);
      return server ? [[name, server] as const] : [];
    });
    const connections = services.flatMap(([, service]) =>
      connectionsIn(source, tree, tree.get(service, 'variables'), source.folder),
    );
    const servers = new Map(started);
    const steps = stepsIn(tree, [
      tree.get(tree.root, 'pipelines'),
      tree.get(tree.root, 'definitions', 'steps'),
    ]);
    return withoutRepeats([
      ...servers.values(),
      ...connections,
      ...steps.flatMap((step) => stepOf(source, tree, step, servers, vocabulary)),
    ]);
  },
};

/** Services are reached at localhost. https://support.atlassian.com/bitbucket-cloud/docs/databases-and-service-containers */
const LOCAL = [{ host: 'localhost', port: SQL_SERVER_PORT, instance: null }];

const imageOf = (tree: YamlTree, node: unknown) =>
  imageIn(tree, node) ?? imageIn(tree, tree.get(node, 'name'));

function stepOf(
  source: SourceText,
  tree: YamlTree,
  step: unknown,
  services: ReadonlyMap<string, ServerDeclaration>,
  vocabulary: Vocabulary,
): Declaration[] {
  const taken = tree
    .items(tree.get(step, 'services'))
    .flatMap((name) => services.get(tree.text(name)?.value ?? '') ?? []);
  const image = imageOf(tree, tree.get(step, 'image')) ?? imageOf(tree, tree.get(tree.root, 'image'));
  return declareJob({
    servers: taken,
    connections: [],
    runtimes: runtimesOfImages(source, image ? [image] : [], vocabulary),
    scripts: [scriptIn(source, tree, tree.get(step, 'script'), vocabulary, source.folder)],
  });
}

/** Below branches, stages and `parallel:`, as deep as people write them. */
function stepsIn(tree: YamlTree, nodes: readonly unknown[], depth = 0): readonly unknown[] {
  if (depth > MAX_DEPTH) return [];
  return nodes.flatMap((written) => {
    const node = tree.resolved(written);
    if (tree.items(tree.get(node, 'script')).length > 0) return [node];
    return stepsIn(tree, [...tree.items(node), ...tree.entries(node).values()], depth + 1);
  });
}

const MAX_DEPTH = 10;
