/**
 * GitHub workflows: the SQL Servers of a job's services, scripts and actions, the connection strings of its steps, and what
 * a job that has either runs on (workflow syntax reference). A matrix counts as far as its values are literals.
 */
import type { Endpoint } from '../../../model/connection.ts';
import type { Declaration, ServerDeclaration } from '../../../model/declaration.ts';
import type { Vocabulary } from '../../../model/vocabulary.ts';
import type { Reader } from '../../reader.ts';
import type { SourceText } from '../../text/source-text.ts';
import { YamlTree } from '../../text/yaml-tree.ts';
import { declareServer } from '../containers/declare-image.ts';
import { connectionsIn, imageIn, publishedPorts, SQL_SERVER_PORT } from '../containers/services.ts';
import { folderWithin } from '../folder-within.ts';
import { declareJob, runnerOf, runtimesOfImages, withoutRepeats } from './job.ts';
import { filled, type PlacedValue, type Values } from './placeholders.ts';
import { scriptIn } from './script.ts';
import { declareSqlServerAction } from './sql-server-actions.ts';
import { runtimeSetUp, SETUP_ACTIONS } from './tool-setup.ts';

export const workflow: Reader = {
  id: 'workflow',
  matches: (path) => /^\.github\/workflows\/[^/]+\.ya?ml$/i.test(path),
  read(source, vocabulary) {
    const tree = new YamlTree(source);
    const folder = workingDirectory(tree, tree.get(tree.root, 'defaults', 'run')) ?? '';
    const jobs = [...tree.entries(tree.get(tree.root, 'jobs')).values()];
    return withoutRepeats([
      ...connectionsIn(source, tree, tree.get(tree.root, 'env'), folder),
      ...jobs.flatMap((job) => jobOf(source, tree, job, folder, vocabulary)),
    ]);
  },
};

/** `${{ matrix.os }}`, `${{ matrix.db.image }}`. */
const MATRIX = /\$\{\{\s{0,20}matrix\.([\w.-]+)\s{0,20}\}\}/g;

function jobOf(
  source: SourceText,
  tree: YamlTree,
  job: unknown,
  outer: string,
  vocabulary: Vocabulary,
): Declaration[] {
  const folder = workingDirectory(tree, tree.get(job, 'defaults', 'run')) ?? outer;
  const matrix = matrixOf(tree, tree.get(job, 'strategy', 'matrix'));
  const each = (node: unknown): PlacedValue[] => {
    const text = imageIn(tree, node);
    return text ? filled(text, MATRIX, matrix) : [];
  };
  const services = [...tree.entries(tree.get(job, 'services'))].flatMap(([name, service]) =>
    each(tree.get(service, 'image')).flatMap(
      (image) => declareServer(source, image, vocabulary, endpointsOf(tree, name, service)) ?? [],
    ),
  );
  const container = each(tree.get(job, 'container')).concat(each(tree.get(job, 'container', 'image')));
  const runners = labelsOf(tree, tree.get(job, 'runs-on')).flatMap(each);
  const isWindows = runners.some(({ value }) => /^windows/i.test(value));
  const steps = tree.items(tree.get(job, 'steps')).map((step) => ({
    step,
    folder: workingDirectory(tree, step) ?? folder,
    uses: imageIn(tree, tree.get(step, 'uses')),
    input: (name: string) =>
      inputOf(source, tree, tree.get(step, 'with', name)).flatMap((one) => filled(one, MATRIX, matrix)),
  }));
  const installed = steps.flatMap(({ uses, input }) =>
    uses ? declareSqlServerAction(source, uses, input, isWindows, vocabulary) : [],
  );
  const isServer = (one: Declaration): one is ServerDeclaration => one.kind === 'server';
  return [
    ...installed.filter((one) => !isServer(one)).map((one) => ({ ...one, scope: folder })),
    ...declareJob({
      servers: [...services, ...installed.filter(isServer)],
      connections: [
        ...connectionsIn(source, tree, tree.get(job, 'env'), folder),
        ...steps.flatMap(({ step, folder }) => connectionsIn(source, tree, tree.get(step, 'env'), folder)),
      ],
      // In a container the machine below it does not count.
      runtimes: [
        ...(container.length > 0
          ? runtimesOfImages(source, container, vocabulary, folder)
          : runners.flatMap((label) => runnerOf(source, label, vocabulary, folder))),
        ...steps.flatMap(({ uses, input, folder }) => {
          const setup = SETUP_ACTIONS.find(({ name }) => name.test(uses?.value ?? ''));
          return setup
            ? input(setup.input).map((version) => runtimeSetUp(source, setup, version, folder))
            : [];
        }),
      ],
      scripts: steps.map(({ step, folder }) =>
        scriptIn(source, tree, tree.get(step, 'run'), vocabulary, folder, (word) =>
          filled(word, MATRIX, matrix),
        ),
      ),
    }),
  ];
}

/** The lines of a version list are versions of their own. */
function inputOf(source: SourceText, tree: YamlTree, node: unknown): PlacedValue[] {
  const text = tree.text(node);
  if (!text) return [];
  return [...source.text.slice(text.start, text.end).matchAll(/[^\r\n]+/g)].flatMap(({ 0: line, index }) => {
    const value = line.trim();
    const start = text.start + index + line.indexOf(value);
    return value === '' ? [] : [{ value, start, end: start + value.length }];
  });
}

/** By name, those of `include` too; of entries that are maps, `name.key`. */
function matrixOf(tree: YamlTree, matrix: unknown): Values {
  const values = new Map<string, PlacedValue[]>();
  const add = (name: string, node: unknown) => {
    const text = tree.text(node);
    if (text) values.set(name, [...(values.get(name) ?? []), text]);
    for (const [key, inner] of tree.entries(node)) {
      const leaf = tree.text(inner);
      if (leaf) values.set(`${name}.${key}`, [...(values.get(`${name}.${key}`) ?? []), leaf]);
    }
  };
  for (const [name, list] of tree.entries(matrix)) {
    for (const item of tree.items(list)) {
      if (name !== 'include') add(name, item);
      else for (const [key, value] of tree.entries(item)) add(key, value);
    }
  }
  return values;
}

/** `runs-on: label`, a list of labels, or a group with labels. */
function labelsOf(tree: YamlTree, node: unknown): readonly unknown[] {
  const labels = tree.get(node, 'labels');
  return [node, ...tree.items(node), labels, ...tree.items(labels)];
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
