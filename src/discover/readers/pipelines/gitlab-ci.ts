/** GitLab CI: services, images, variables and scripts of the file as a whole and of each job (CI/CD YAML syntax reference). */
import type { Endpoint } from '../../../model/connection.ts';
import type { Declaration } from '../../../model/declaration.ts';
import type { Vocabulary } from '../../../model/vocabulary.ts';
import type { Reader } from '../../reader.ts';
import type { SourceText } from '../../text/source-text.ts';
import { YamlTree } from '../../text/yaml-tree.ts';
import { declareServer } from '../containers/declare-image.ts';
import { connectionsIn, imageIn, SQL_SERVER_PORT } from '../containers/services.ts';
import { declareJob, runtimesOfImages, withoutRepeats } from './job.ts';
import { filled, type PlacedValue, type Values } from './placeholders.ts';
import { scriptIn } from './script.ts';

export const gitlabCi: Reader = {
  id: 'gitlab-ci',
  matches: (path) =>
    /(?:^|\/)(?:\.gitlab-ci\.ya?ml|[^/]+\.gitlab-ci\.ya?ml|\.gitlab\/ci\/[^/]+\.ya?ml)$/i.test(path),
  read(source, vocabulary) {
    const tree = new YamlTree(source);
    const root = tree.entries(tree.root);
    const globals = variablesOf(tree, root.get('variables'));
    // What stands at the top, or below `default`, is as good as a job.
    const jobs = [tree.root, ...[...root].filter(([name]) => !NO_JOB.has(name)).map(([, job]) => job)];
    return withoutRepeats(jobs.flatMap((job) => jobOf(source, tree, job, globals, vocabulary)));
  },
};

const NO_JOB = new Set([
  'after_script',
  'before_script',
  'cache',
  'image',
  'include',
  'services',
  'spec',
  'stages',
  'variables',
  'workflow',
]);

/** `$TAG`, `${TAG}`. */
const VARIABLE = /\$(?:([A-Za-z_]\w*)|\{(\w+)\})/g;

function jobOf(
  source: SourceText,
  tree: YamlTree,
  job: unknown,
  globals: Values,
  vocabulary: Vocabulary,
): Declaration[] {
  const variables = new Map([...globals, ...variablesOf(tree, tree.get(job, 'variables'))]);
  const imageOf = (node: unknown): PlacedValue[] => {
    const image = imageIn(tree, node) ?? imageIn(tree, tree.get(node, 'name'));
    return image ? filled(image, VARIABLE, variables) : [];
  };
  const services = tree
    .items(tree.get(job, 'services'))
    .flatMap((service) =>
      imageOf(service).flatMap(
        (image) => declareServer(source, image, vocabulary, endpointsOf(tree, service, image.value)) ?? [],
      ),
    );
  const script = ['before_script', 'script', 'after_script'].map((key) =>
    scriptIn(source, tree, tree.get(job, key), vocabulary, source.folder, (word) =>
      filled(word, VARIABLE, variables),
    ),
  );
  return declareJob({
    servers: services,
    connections: connectionsIn(source, tree, tree.get(job, 'variables'), source.folder),
    runtimes: runtimesOfImages(source, imageOf(tree.get(job, 'image')), vocabulary),
    scripts: script,
  });
}

/** `KEY: value`, or `KEY: { value: … }`. */
function variablesOf(tree: YamlTree, node: unknown): Values {
  return new Map(
    [...tree.entries(node)].flatMap(([name, value]) => {
      const text = tree.text(value) ?? tree.text(tree.get(value, 'value'));
      return text ? [[name, [text]] as const] : [];
    }),
  );
}

/** Its aliases, else the two names that the image gives it. https://docs.gitlab.com/ci/services/#accessing-the-services */
function endpointsOf(tree: YamlTree, service: unknown, image: string): Endpoint[] {
  const aliases = tree.text(tree.get(service, 'alias'))?.value.split(/[\s,]+/) ?? [];
  const path = image.replace(/(?::[^/]*|@.*)$/, '');
  const names = [...aliases, path.replaceAll('/', '__'), path.replaceAll('/', '-')];
  return [...new Set(names)]
    .filter((name) => /^[\w.-]+$/.test(name))
    .map((host) => ({ host, port: SQL_SERVER_PORT, instance: null }));
}
