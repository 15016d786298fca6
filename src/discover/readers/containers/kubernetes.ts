/**
 * Kubernetes manifests: the SQL Servers of their containers under the names of the services beside them, the connection
 * strings of environments, config maps and secrets; and the images of a kustomization (Kubernetes API reference).
 */
import type { Endpoint } from '../../../model/connection.ts';
import type { Declaration } from '../../../model/declaration.ts';
import type { Vocabulary } from '../../../model/vocabulary.ts';
import type { Reader } from '../../reader.ts';
import type { SourceText } from '../../text/source-text.ts';
import { YamlTree } from '../../text/yaml-tree.ts';
import { WORDS } from '../source/source-code.ts';
import { declareRuntime, declareServer, declareTools } from './declare-image.ts';
import { driverPaths } from './driver-paths.ts';
import { declareKustomizeImages } from './kustomize-images.ts';
import { imageIn, SQL_SERVER_PORT } from './services.ts';
import { connectionsOfMap, connectionsOfScalar, mapsBelow } from './yaml-texts.ts';

const MANIFEST = /^apiVersion[ \t]*:/m;
const KIND = /^kind[ \t]*:/m;
const KUSTOMIZATION = /(?:^|\/)kustomization\.ya?ml$/i;

export const kubernetes: Reader = {
  id: 'kubernetes',
  matches: (path) => /\.ya?ml$/i.test(path) && !/(?:^|\/)templates\//.test(path),
  words: WORDS,
  read(source, vocabulary) {
    const isManifest = MANIFEST.test(source.text) && KIND.test(source.text);
    const isKustomization = KUSTOMIZATION.test(source.file);
    if ((!isManifest && !isKustomization) || !WORDS.test(source.text)) return [];
    const { trees, problems } = YamlTree.documents(source);
    const manifests = trees.flatMap((tree) => manifestsIn(tree, tree.root));
    const services = manifests.flatMap(serviceOf);
    const found = [
      ...trees.flatMap((tree) => declareKustomizeImages(source, tree, vocabulary)),
      ...manifests.flatMap((manifest) => declarationsOf(source, manifest, services, vocabulary)),
    ];
    const [problem] = problems;
    if (problem && found.length === 0) throw problem;
    return found;
  },
};

interface Manifest {
  readonly tree: YamlTree;
  readonly node: unknown;
  readonly kind: string;
}

/** A list holds manifests; that of one page is as deep as people write them. */
function manifestsIn(tree: YamlTree, node: unknown, depth = 0): readonly Manifest[] {
  const kind = tree.text(tree.get(node, 'kind'))?.value;
  if (kind === undefined || !tree.text(tree.get(node, 'apiVersion'))) return [];
  if (!kind.endsWith('List') || depth > 3) return [{ tree, node, kind }];
  return tree.items(tree.get(node, 'items')).flatMap((item) => manifestsIn(tree, item, depth + 1));
}

interface Service {
  /** Labels that a pod must have. */
  readonly selector: readonly (readonly [string, string])[];
  readonly hosts: readonly string[];
  readonly ports: readonly number[];
}

function serviceOf({ tree, node, kind }: Manifest): Service[] {
  const name = tree.text(tree.get(node, 'metadata', 'name'))?.value;
  const selector = [...textsOf(tree, tree.get(node, 'spec', 'selector'))];
  if (kind !== 'Service' || name === undefined || selector.length === 0) return [];
  const namespace = tree.text(tree.get(node, 'metadata', 'namespace'))?.value;
  const ports = tree.items(tree.get(node, 'spec', 'ports')).map((port) => ({
    own: Number(tree.text(tree.get(port, 'port'))?.value),
    target: tree.text(tree.get(port, 'targetPort'))?.value,
  }));
  return [
    {
      selector,
      hosts:
        namespace === undefined
          ? [name]
          : [name, `${name}.${namespace}`, `${name}.${namespace}.svc.cluster.local`],
      // A port is known by a name as well; without a target it is its own.
      ports: ports.filter(({ own, target }) => own > 0 && Number(target ?? own) !== 0).map(({ own }) => own),
    },
  ];
}

function textsOf(tree: YamlTree, node: unknown): ReadonlyMap<string, string> {
  return new Map(
    [...tree.entries(node)].flatMap(([key, value]) => {
      const text = tree.text(value)?.value;
      return text === undefined ? [] : [[key, text] as const];
    }),
  );
}

function declarationsOf(
  source: SourceText,
  { tree, node, kind }: Manifest,
  services: readonly Service[],
  vocabulary: Vocabulary,
): Declaration[] {
  if (kind === 'ConfigMap') return connectionsOfMap(source, tree, tree.get(node, 'data'));
  // `data` of a secret is encoded, and read by nobody.
  if (kind === 'Secret') return connectionsOfMap(source, tree, tree.get(node, 'stringData'));
  const labels = tree.get(node, 'spec', 'template', 'metadata', 'labels');
  const endpoints = endpointsOf(textsOf(tree, labels ?? tree.get(node, 'metadata', 'labels')), services);
  return [...mapsBelow(node)].flatMap((map) =>
    ['containers', 'initContainers']
      .flatMap((key) => tree.items(tree.get(map, key)))
      .flatMap((container) => containerOf(source, tree, container, endpoints, vocabulary)),
  );
}

function endpointsOf(labels: ReadonlyMap<string, string>, services: readonly Service[]): readonly Endpoint[] {
  return services
    .filter(({ selector }) => selector.every(([key, value]) => labels.get(key) === value))
    .flatMap(({ hosts, ports }) =>
      (ports.length > 0 ? ports : [SQL_SERVER_PORT]).flatMap((port) =>
        hosts.map((host) => ({ host, port, instance: null })),
      ),
    );
}

function containerOf(
  source: SourceText,
  tree: YamlTree,
  container: unknown,
  endpoints: readonly Endpoint[],
  vocabulary: Vocabulary,
): Declaration[] {
  const image = imageIn(tree, tree.get(container, 'image'));
  if (!image) return [];
  const server = declareServer(source, image, vocabulary, endpoints);
  const programs = ['command', 'args']
    .flatMap((key) => tree.items(tree.get(container, key)))
    .flatMap((word) => tree.text(word) ?? [])
    .flatMap(({ start, end }) => driverPaths(source, vocabulary, start, end));
  if (server) return [server, ...programs];
  const connections = tree
    .items(tree.get(container, 'env'))
    .flatMap((variable) => connectionsOfScalar(source, tree, tree.get(variable, 'value')));
  const runtime = connections.length > 0 ? declareRuntime(source, image, vocabulary) : null;
  const tools = declareTools(source, image, vocabulary);
  const known = new Set(tools.map(({ driver }) => driver));
  return [
    ...(runtime ? [runtime] : []),
    ...tools,
    ...programs.filter(({ driver }) => !known.has(driver)),
    ...connections,
  ];
}
