/** GitHub workflows: the SQL Servers of a job's services and the connection strings of its steps (workflow syntax reference). */
import type { Endpoint } from '../../../model/connection.ts';
import type { Declaration } from '../../../model/declaration.ts';
import type { Vocabulary } from '../../../model/vocabulary.ts';
import type { Reader } from '../../reader.ts';
import type { SourceText } from '../../text/source-text.ts';
import { YamlTree } from '../../text/yaml-tree.ts';
import { declareRuntime, declareServer } from '../containers/declare-image.ts';
import { connectionsIn, imageIn, publishedPorts, SQL_SERVER_PORT } from '../containers/services.ts';
import { folderWithin } from '../folder-within.ts';

export const workflow: Reader = {
  id: 'workflow',
  matches: (path) => /^\.github\/workflows\/[^/]+\.ya?ml$/i.test(path),
  read(source, vocabulary) {
    const tree = new YamlTree(source);
    const folder = workingDirectory(tree, tree.get(tree.root, 'defaults', 'run')) ?? '';
    const jobs = [...tree.entries(tree.get(tree.root, 'jobs')).values()];
    return [
      ...connectionsIn(source, tree, tree.get(tree.root, 'env'), folder),
      ...jobs.flatMap((job) => jobOf(source, tree, job, folder, vocabulary)),
    ];
  },
};

function jobOf(
  source: SourceText,
  tree: YamlTree,
  job: unknown,
  outer: string,
  vocabulary: Vocabulary,
): Declaration[] {
  const folder = workingDirectory(tree, tree.get(job, 'defaults', 'run')) ?? outer;
  const servers = [...tree.entries(tree.get(job, 'services'))].flatMap(([name, service]) => {
    const image = imageIn(tree, tree.get(service, 'image'));
    return (image && declareServer(source, image, vocabulary, endpointsOf(tree, name, service))) ?? [];
  });
  const connections = [
    ...connectionsIn(source, tree, tree.get(job, 'env'), folder),
    ...tree.items(tree.get(job, 'steps')).flatMap((step) => {
      return connectionsIn(source, tree, tree.get(step, 'env'), workingDirectory(tree, step) ?? folder);
    }),
  ];
  // A container that only lints says nothing of what the repository's clients run on.
  const isClient = servers.length + connections.length > 0;
  const container = isClient ? containerOf(tree, job) : null;
  const runtime = container && declareRuntime(source, container, vocabulary, folder);
  return [...(runtime ? [runtime] : []), ...servers, ...connections];
}

function containerOf(tree: YamlTree, job: unknown) {
  const container = tree.get(job, 'container');
  return imageIn(tree, container) ?? imageIn(tree, tree.get(container, 'image'));
}

/** By its name for a job in a container, through the published port for one on the runner. */
function endpointsOf(tree: YamlTree, name: string, service: unknown): Endpoint[] {
  const published = publishedPorts(tree, tree.get(service, 'ports'), SQL_SERVER_PORT);
  return [
    { host: name, port: SQL_SERVER_PORT, instance: null },
    ...published.map((port) => ({ host: 'localhost', port, instance: null })),
  ];
}

function workingDirectory(tree: YamlTree, node: unknown): string | null {
  const folder = tree.text(tree.get(node, 'working-directory'))?.value;
  return folder === undefined ? null : folderWithin('', folder);
}
