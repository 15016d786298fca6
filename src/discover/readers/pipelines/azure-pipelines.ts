/** Azure Pipelines: container resources, jobs at every level, variables, tasks and scripts (YAML schema reference). */
import type { Endpoint } from '../../../model/connection.ts';
import type { ConnectionDeclaration, Declaration, ServerDeclaration } from '../../../model/declaration.ts';
import type { Vocabulary } from '../../../model/vocabulary.ts';
import type { Reader } from '../../reader.ts';
import type { SourceText } from '../../text/source-text.ts';
import { YamlTree } from '../../text/yaml-tree.ts';
import { declareServer } from '../containers/declare-image.ts';
import { connectionsIn, imageIn, publishedPorts, SQL_SERVER_PORT } from '../containers/services.ts';
import { declareJob, runnerOf, runtimesOfImages, withoutRepeats } from './job.ts';
import { filled, type PlacedValue, type Values } from './placeholders.ts';
import { scriptIn } from './script.ts';
import { runtimeSetUp, SETUP_TASKS } from './tool-setup.ts';

export const azurePipelines: Reader = {
  id: 'azure-pipelines',
  matches: (path) =>
    /(?:^|\/)(?:azure-pipelines?(?:[._-][^/]*)?\.ya?ml|\.?azure-?pipelines\/(?:[^/]+\/){0,4}[^/]+\.ya?ml)$/i.test(
      path,
    ),
  read(source, vocabulary) {
    const tree = new YamlTree(source);
    return withoutRepeats(new Pipeline(source, tree, vocabulary).declarations());
  },
};

/** `$(tag)`, `${{ variables.tag }}`, `${{ parameters.tag }}`, `$[ variables.tag ]`; parameters have no one value here. */
const VARIABLE =
  /\$\(([\w.-]+)\)|\$(?:\{\{|\[)\s{0,20}variables(?:\.([\w.-]+)|\['([\w.-]+)'\])\s{0,20}(?:\}\}|\])/g;
/** `${{ if … }}:` stands where an item of a list would. */
const CONDITION = /^\$\{\{/;
const SCRIPTS = ['script', 'bash', 'pwsh', 'powershell'];
const MAX_DEPTH = 6;

class Pipeline {
  readonly #source: SourceText;
  readonly #tree: YamlTree;
  readonly #vocabulary: Vocabulary;
  readonly #resources: ReadonlyMap<string, unknown>;

  constructor(source: SourceText, tree: YamlTree, vocabulary: Vocabulary) {
    this.#source = source;
    this.#tree = tree;
    this.#vocabulary = vocabulary;
    this.#resources = new Map(
      this.#items(tree.get(tree.root, 'resources', 'containers')).flatMap((resource) => {
        const name = tree.text(tree.get(resource, 'container'))?.value;
        return name === undefined ? [] : [[name, resource] as const];
      }),
    );
  }

  declarations(): Declaration[] {
    const tree = this.#tree;
    const globals = this.#variables(tree.root);
    const stages = [tree.root, ...this.#items(tree.get(tree.root, 'stages'))];
    const jobs = stages.flatMap((stage) => [stage, ...this.#items(tree.get(stage, 'jobs'))]);
    return [
      ...[...this.#resources].flatMap(([name, resource]) => this.#server(resource, name, globals)),
      ...jobs.flatMap((job) => this.#job(job, globals)),
    ];
  }

  #job(job: unknown, globals: Values): Declaration[] {
    const tree = this.#tree;
    const variables = new Map([...globals, ...this.#variables(job)]);
    const steps = this.#items(tree.get(job, 'steps'));
    const container = tree.get(job, 'container');
    const named = tree.text(container)?.value ?? '';
    const image = this.#image(
      this.#resources.has(named)
        ? tree.get(this.#resources.get(named), 'image')
        : (tree.get(container, 'image') ?? container),
      variables,
    );
    const pool = [tree.get(job, 'pool', 'vmImage'), tree.get(tree.root, 'pool', 'vmImage')].find((node) =>
      tree.text(node),
    );
    const services = [...tree.entries(tree.get(job, 'services'))].flatMap(([alias, service]) =>
      this.#server(this.#resources.get(tree.text(service)?.value ?? '') ?? service, alias, variables),
    );
    return declareJob({
      servers: services,
      connections: [...this.#connections(job), ...steps.flatMap((step) => this.#environment(step))],
      runtimes: [
        ...(image.length > 0
          ? runtimesOfImages(this.#source, image, this.#vocabulary)
          : this.#image(pool, variables).flatMap((label) => runnerOf(this.#source, label, this.#vocabulary))),
        ...steps.flatMap((step) => this.#setUp(step, variables)),
      ],
      scripts: steps.flatMap((step) =>
        SCRIPTS.map((key) =>
          scriptIn(this.#source, tree, tree.get(step, key), this.#vocabulary, this.#source.folder, (word) =>
            filled(word, VARIABLE, variables),
          ),
        ),
      ),
    });
  }

  #setUp(step: unknown, variables: Values) {
    const task = this.#tree.text(this.#tree.get(step, 'task'))?.value ?? '';
    const setup = SETUP_TASKS.find(({ name }) => name.test(task));
    if (!setup) return [];
    const versions = this.#image(this.#tree.get(step, 'inputs', setup.input), variables);
    return versions.map((version) => runtimeSetUp(this.#source, setup, version));
  }

  #image(node: unknown, variables: Values): PlacedValue[] {
    const text = imageIn(this.#tree, node);
    return text ? filled(text, VARIABLE, variables) : [];
  }

  /** A service, known on the job's network by its name and on the machine by its published port. */
  #server(resource: unknown, name: string, variables: Values): ServerDeclaration[] {
    const tree = this.#tree;
    const published = publishedPorts(tree, tree.get(resource, 'ports'), SQL_SERVER_PORT);
    const endpoints: Endpoint[] = [
      { host: name, port: SQL_SERVER_PORT, instance: null },
      ...published.map((port) => ({ host: 'localhost', port, instance: null })),
    ];
    return this.#image(tree.get(resource, 'image'), variables).flatMap(
      (image) => declareServer(this.#source, image, this.#vocabulary, endpoints) ?? [],
    );
  }

  /** A map, or a list of `{ name, value }`. */
  #variables(node: unknown): Values {
    const tree = this.#tree;
    const variables = tree.get(node, 'variables');
    const named = this.#items(variables).flatMap((item) => {
      const name = tree.text(tree.get(item, 'name'))?.value;
      const value = tree.text(tree.get(item, 'value'));
      return name === undefined || !value ? [] : [[name, [value]] as const];
    });
    const entries = [...tree.entries(variables)].flatMap(([name, node]) => {
      const value = tree.text(node);
      return value ? [[name, [value]] as const] : [];
    });
    return new Map([...entries, ...named]);
  }

  #connections(job: unknown): ConnectionDeclaration[] {
    const variables = this.#tree.get(job, 'variables');
    return [variables, ...this.#items(variables)].flatMap((node) => this.#environmentIn(node));
  }

  #environment(step: unknown): ConnectionDeclaration[] {
    return [this.#tree.get(step, 'env'), this.#tree.get(step, 'inputs')].flatMap((node) =>
      this.#environmentIn(node),
    );
  }

  #environmentIn(node: unknown): ConnectionDeclaration[] {
    return this.#tree.entries(node).size === 0
      ? []
      : connectionsIn(this.#source, this.#tree, node, this.#source.folder);
  }

  /** Items of a list, those below its conditions too. */
  #items(node: unknown, depth = 0): readonly unknown[] {
    return this.#tree.items(node).flatMap((item) => {
      const nested = [...this.#tree.entries(item)].filter(([key]) => CONDITION.test(key));
      if (nested.length === 0 || depth > MAX_DEPTH) return [item];
      return nested.flatMap(([, inner]) => this.#items(inner, depth + 1));
    });
  }
}
