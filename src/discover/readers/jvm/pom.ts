/** Maven's `pom.xml`. A version given by a property of the same file stands where the property does. */
import type { Declaration } from '../../../model/declaration.ts';
import type { Vocabulary } from '../../../model/vocabulary.ts';
import type { Reader } from '../../reader.ts';
import type { SourceText } from '../../text/source-text.ts';
import { child, type Element, type Range, readXml } from '../../text/xml.ts';
import { driverDeclaration } from '../driver-declaration.ts';
import { javaLevel } from './java-release.ts';
import { versionProperty } from './spring-boot.ts';

export const pom: Reader = {
  id: 'pom',
  matches: (path) => /(?:^|\/)(?:pom\.xml|[^/]+\.pom)$/i.test(path),
  read(source, vocabulary) {
    const project = readXml(source);
    const properties = propertiesOf(project);
    const declared = (elements: readonly Element[], role: 'uses' | 'pins') =>
      elements.flatMap((element) => artifact(source, vocabulary, element, properties, role));
    return [
      // A parent manages versions; what it manages is used only where a dependency says so.
      ...declared(childrenOf(project, 'parent'), 'pins'),
      ...scopesOf(project).flatMap((scope) => [
        ...declared(dependenciesOf(scope), 'uses'),
        ...declared(childrenOf(scope, 'dependencyManagement').flatMap(dependenciesOf), 'pins'),
        ...declared(pluginsOf(scope).flatMap(dependenciesOf), 'uses'),
      ]),
      ...overrides(source, vocabulary, project),
      ...javaOf(source, project, properties),
    ];
  },
};

/** Properties of a parent's that stand in for its own versions; to an imported bill of materials they say nothing. */
function overrides(source: SourceText, vocabulary: Vocabulary, project: Element): Declaration[] {
  if (childrenOf(project, 'parent').length === 0) return [];
  return scopesOf(project)
    .flatMap((scope) => childrenOf(scope, 'properties').flatMap(({ children }) => children))
    .flatMap(({ name, text, textRange }) =>
      versionProperty(source, vocabulary, name, { text, start: textRange.start }),
    );
}

interface Written {
  readonly value: string;
  readonly range: Range;
}

/** Elements may stand several times: a merge leaves two `<dependencies>` where Maven would take one. */
const childrenOf = (of: Element, ...path: readonly string[]): readonly Element[] =>
  path.reduce<readonly Element[]>(
    (elements, step) => elements.flatMap(({ children }) => children.filter(({ name }) => name === step)),
    [of],
  );

/** The project and its profiles. */
const scopesOf = (project: Element) => [project, ...childrenOf(project, 'profiles', 'profile')];
const dependenciesOf = (of: Element) => childrenOf(of, 'dependencies', 'dependency');
const pluginsOf = (scope: Element) => childrenOf(scope, 'build', 'plugins', 'plugin');

/** The project's own come before those of its profiles. */
function propertiesOf(project: Element): ReadonlyMap<string, Written> {
  const written = ({ text, textRange }: Element): Written => ({ value: text, range: textRange });
  const parent = childrenOf(project, 'parent', 'version')[0];
  const version = childrenOf(project, 'version')[0] ?? parent;
  const named = (element: Element | undefined, ...names: readonly string[]) =>
    names.flatMap((name) => (element ? [[name, written(element)] as const] : []));
  const entries = scopesOf(project)
    .toReversed()
    .flatMap((scope) => childrenOf(scope, 'properties').flatMap(({ children }) => children));
  return new Map([
    ...named(version, 'project.version', 'pom.version', 'version'),
    ...named(parent, 'project.parent.version', 'parent.version'),
    ...entries.map((entry) => [entry.name, written(entry)] as const),
  ]);
}

function artifact(
  source: SourceText,
  vocabulary: Vocabulary,
  element: Element,
  properties: ReadonlyMap<string, Written>,
  role: 'uses' | 'pins',
): Declaration[] {
  const group = child(element, 'groupId');
  const name = child(element, 'artifactId');
  if (!group || !name) return [];
  const version = child(element, 'version');
  const { value, range } = version?.text
    ? resolved({ value: version.text, range: version.textRange }, properties)
    : { value: null, range: name.textRange };
  return driverDeclaration(source, vocabulary, {
    ecosystem: 'maven',
    package: `${group.text}:${name.text}`,
    version: value,
    role,
    ...range,
  });
}

function resolved(
  written: Written,
  properties: ReadonlyMap<string, Written>,
  depth = 5,
): { value: string | null; range: Range } {
  const name = /^\$\{([^${}]+)\}$/.exec(written.value)?.[1];
  if (name === undefined)
    return { value: written.value.includes('${') ? null : written.value, range: written.range };
  const property = properties.get(name.trim());
  return property && depth > 0
    ? resolved(property, properties, depth - 1)
    : { value: null, range: written.range };
}

/** What the compiler takes first comes first; Spring's parent hands `java.version` to `maven.compiler.release`. */
const COMPILER_LEVELS = ['release', 'target', 'source'];
const JAVA_LEVELS = [
  'maven.compiler.release',
  'maven.compiler.target',
  'java.version',
  'maven.compiler.source',
];

/** A toolchain is the machine itself ("Maven Toolchains Plugin"); a compiler's level is a lower bound of it. */
function javaOf(
  source: SourceText,
  project: Element,
  properties: ReadonlyMap<string, Written>,
): Declaration[] {
  const configured = (artifact: string, ...path: readonly string[]) =>
    pluginsOf(project)
      .filter((plugin) => child(plugin, 'artifactId')?.text === artifact)
      .flatMap((plugin) => childrenOf(plugin, 'configuration', ...path))
      .map(({ text, textRange }): Written => ({ value: text, range: textRange }));
  const toolchains = configured('maven-toolchains-plugin', 'toolchains', 'jdk', 'version');
  const levels = [
    ...COMPILER_LEVELS.flatMap((name) => configured('maven-compiler-plugin', name)),
    ...JAVA_LEVELS.flatMap((name) => properties.get(name) ?? []),
  ];
  for (const written of [...toolchains, ...levels]) {
    const { value, range } = resolved(written, properties);
    const lowerBound = !toolchains.includes(written);
    const level = value && javaLevel(source, { text: value, start: range.start }, lowerBound);
    if (level) return [level];
  }
  return [];
}
