/** Compose files: the SQL Servers they start, and the connection strings of the services beside them (Compose Specification). */
import type { Endpoint } from '../../../model/connection.ts';
import type { Declaration, DriverDeclaration } from '../../../model/declaration.ts';
import type { Vocabulary } from '../../../model/vocabulary.ts';
import type { Reader } from '../../reader.ts';
import type { SourceText } from '../../text/source-text.ts';
import { YamlTree } from '../../text/yaml-tree.ts';
import { folderWithin } from '../folder-within.ts';
import { declareRuntime, declareServer, declareTools } from './declare-image.ts';
import { driverPaths, withoutKnown } from './driver-paths.ts';
import {
  connectionsIn,
  imageIn,
  optionsIn,
  publishedPorts,
  SQL_SERVER_PORT,
  withDefaults,
} from './services.ts';

export const compose: Reader = {
  id: 'compose',
  matches: (path) => /(?:^|\/)(?:docker-compose[^/]*|compose(?:[._-][^/]*)?)\.ya?ml$/i.test(path),
  read(source, vocabulary) {
    const tree = new YamlTree(source);
    const services = [...tree.entries(tree.get(tree.root, 'services'))];
    const declared = services.flatMap(([name, service]) =>
      serviceOf(source, tree, name, service, vocabulary),
    );
    const paths = services.flatMap(([, service]) => programsOf(source, tree, service, vocabulary));
    return withoutRepeats([...declared, ...withoutKnown(paths, declared)]);
  },
};

function serviceOf(
  source: SourceText,
  tree: YamlTree,
  name: string,
  service: unknown,
  vocabulary: Vocabulary,
): Declaration[] {
  const image = imageIn(tree, tree.get(service, 'image'));
  const server = image && declareServer(source, image, vocabulary, endpointsOf(tree, name, service));
  if (server) return [server];
  const tools = image ? declareTools(source, image, vocabulary) : [];
  const scope = scopeOf(source, tree, service);
  const environment = tree.get(service, 'environment');
  const connections = connectionsIn(source, tree, environment, scope);
  const options = optionsIn(source, tree, environment, scope);
  // What a service runs on says something of this repository only when the service is a client of it.
  const isBuilt = tree.entries(service).has('build');
  const runtime =
    image && !isBuilt && connections.length > 0 ? declareRuntime(source, image, vocabulary) : null;
  return [...(runtime ? [runtime] : []), ...tools, ...connections, ...options];
}

/** sqlcmd in a command, an entry point or a health check. */
function programsOf(
  source: SourceText,
  tree: YamlTree,
  service: unknown,
  vocabulary: Vocabulary,
): DriverDeclaration[] {
  const lines = [
    tree.get(service, 'command'),
    tree.get(service, 'entrypoint'),
    tree.get(service, 'healthcheck', 'test'),
  ].flatMap((node) => [node, ...tree.items(node)]);
  return lines
    .flatMap((node) => tree.text(node) ?? [])
    .flatMap(({ start, end }) => driverPaths(source, vocabulary, start, end));
}

/** Names on the compose network, with the server's own port; and this machine, with the published one. */
function endpointsOf(tree: YamlTree, name: string, service: unknown): Endpoint[] {
  const own = Number(tree.text(tree.get(service, 'environment', 'MSSQL_TCP_PORT'))?.value ?? SQL_SERVER_PORT);
  const port = Number.isInteger(own) ? own : SQL_SERVER_PORT;
  const networks = [...tree.entries(tree.get(service, 'networks')).values()];
  const aliases = networks.flatMap((network) => tree.items(tree.get(network, 'aliases')));
  const named = [tree.get(service, 'container_name'), tree.get(service, 'hostname'), ...aliases];
  const hosts = new Set([name, ...named.flatMap((node) => tree.text(node)?.value ?? [])]);
  const published = publishedPorts(tree, tree.get(service, 'ports'), port);
  return [
    ...[...hosts].map((host) => ({ host, port, instance: null })),
    ...published.map((onHost) => ({ host: 'localhost', port: onHost, instance: null })),
  ];
}

/** The folder that a service is built from, when it lies in this repository; else the compose file's own. */
function scopeOf(source: SourceText, tree: YamlTree, service: unknown): string {
  const build = tree.get(service, 'build');
  const context = withDefaults((tree.text(build) ?? tree.text(tree.get(build, 'context')))?.value ?? '.');
  return folderWithin(source.folder, context) ?? source.folder;
}

/** A string in a merged map is written once for all services that take it: once per folder is enough. */
function withoutRepeats(declared: readonly Declaration[]): Declaration[] {
  const keyOf = (one: Declaration) =>
    one.kind === 'driver' ? `${one.ecosystem} ${one.driver}` : `${one.kind} ${one.span.start} ${one.scope}`;
  const first = new Map<string, Declaration>();
  for (const one of declared) if (!first.has(keyOf(one))) first.set(keyOf(one), one);
  return [...first.values()];
}
