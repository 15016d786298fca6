/** CircleCI: the images that a job or an executor starts, the first of which runs the steps (configuration reference). */
import type { Endpoint } from '../../../model/connection.ts';
import type { Declaration, ServerDeclaration } from '../../../model/declaration.ts';
import type { Vocabulary } from '../../../model/vocabulary.ts';
import type { Reader } from '../../reader.ts';
import type { SourceText } from '../../text/source-text.ts';
import { YamlTree } from '../../text/yaml-tree.ts';
import { declareServer } from '../containers/declare-image.ts';
import { connectionsIn, imageIn, SQL_SERVER_PORT } from '../containers/services.ts';
import { folderWithin } from '../folder-within.ts';
import { declareJob, runtimesOfImages, withoutRepeats } from './job.ts';
import { scriptIn } from './script.ts';

export const circleci: Reader = {
  id: 'circleci',
  matches: (path) => /(?:^|\/)\.circleci\/[^/]+\.ya?ml$/i.test(path),
  read(source, vocabulary) {
    const tree = new YamlTree(source);
    const jobs = ['executors', 'jobs', 'commands'].flatMap((key) => [
      ...tree.entries(tree.get(tree.root, key)).values(),
    ]);
    return withoutRepeats(jobs.flatMap((job) => jobOf(source, tree, job, vocabulary)));
  },
};

/** Parameters (`<< parameters.tag >>`) stay open: each use of a job may give others. */
function jobOf(source: SourceText, tree: YamlTree, job: unknown, vocabulary: Vocabulary): Declaration[] {
  const executor = tree.text(tree.get(job, 'executor')) ?? tree.text(tree.get(job, 'executor', 'name'));
  const shared = executor ? tree.get(tree.root, 'executors', executor.value) : undefined;
  const containers = [...tree.items(tree.get(job, 'docker')), ...tree.items(tree.get(shared, 'docker'))];
  const project = source.folder.replace(/(?:^|\/)\.circleci$/, '');
  const folder =
    folderWithin(project, tree.text(tree.get(job, 'working_directory'))?.value ?? '.') ?? project;
  const servers = containers.flatMap((container): ServerDeclaration[] => {
    const image = imageIn(tree, tree.get(container, 'image'));
    const server = image && declareServer(source, image, vocabulary, endpointsOf(tree, container));
    return server ? [server] : [];
  });
  const [primary] = containers;
  const image = imageIn(tree, tree.get(primary, 'image'));
  const steps = tree.items(tree.get(job, 'steps')).map((step) => tree.get(step, 'run'));
  const environments = [job, ...containers, ...steps].map((node) => tree.get(node, 'environment'));
  return declareJob({
    servers,
    connections: environments.flatMap((node) => connectionsIn(source, tree, node, folder)),
    runtimes: runtimesOfImages(source, image ? [image] : [], vocabulary, folder),
    scripts: steps.flatMap((run) =>
      [run, tree.get(run, 'command')].map((script) => scriptIn(source, tree, script, vocabulary, folder)),
    ),
  });
}

/** All containers of a job share localhost; a `name` is one more. */
function endpointsOf(tree: YamlTree, container: unknown): Endpoint[] {
  const name = tree.text(tree.get(container, 'name'))?.value;
  return ['localhost', ...(name === undefined ? [] : [name])].map((host) => ({
    host,
    port: SQL_SERVER_PORT,
    instance: null,
  }));
}
