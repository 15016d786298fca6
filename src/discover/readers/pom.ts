/** Maven's `pom.xml`. A version given by a property of the same file stands where the property does. */
import type { Declaration } from '../../model/declaration.ts';
import type { Vocabulary } from '../../model/vocabulary.ts';
import type { Reader } from '../reader.ts';
import type { SourceText } from '../text/source-text.ts';
import { child, type Element, type Range, readXml } from '../text/xml.ts';
import { driverDeclaration } from './driver-declaration.ts';

export const pom: Reader = {
  id: 'pom',
  matches: (path) => /(?:^|\/)(?:pom\.xml|[^/]+\.pom)$/i.test(path),
  read(source, vocabulary) {
    const project = readXml(source);
    const properties = propertiesOf(project);
    return [
      ...artifacts(
        source,
        vocabulary,
        [project].flatMap((one) => child(one, 'parent') ?? []),
        properties,
        'uses',
      ),
      ...scopesOf(project).flatMap((scope) => [
        ...artifacts(source, vocabulary, dependenciesOf(scope), properties, 'uses'),
        ...artifacts(
          source,
          vocabulary,
          dependenciesOf(child(scope, 'dependencyManagement')),
          properties,
          'pins',
        ),
      ]),
      ...javaLevel(source, properties),
    ];
  },
};

interface Written {
  readonly value: string;
  readonly range: Range;
}

/** The project and its profiles. */
const scopesOf = (project: Element): readonly Element[] => [
  project,
  ...(child(project, 'profiles')?.children ?? []),
];

const dependenciesOf = (of: Element | undefined): readonly Element[] =>
  (of && child(of, 'dependencies')?.children.filter(({ name }) => name === 'dependency')) ?? [];

function propertiesOf(project: Element): ReadonlyMap<string, Written> {
  const written = ({ text, textRange }: Element): Written => ({ value: text, range: textRange });
  const entries = scopesOf(project).flatMap((scope) => child(scope, 'properties')?.children ?? []);
  const version = child(project, 'version') ?? child(child(project, 'parent') ?? project, 'version');
  return new Map([
    ...(version
      ? [['project.version', written(version)] as const, ['version', written(version)] as const]
      : []),
    ...entries.map((entry) => [entry.name, written(entry)] as const),
  ]);
}

function artifacts(
  source: SourceText,
  vocabulary: Vocabulary,
  elements: readonly Element[],
  properties: ReadonlyMap<string, Written>,
  role: 'uses' | 'pins',
): Declaration[] {
  return elements.flatMap((element) => {
    const group = child(element, 'groupId');
    const artifact = child(element, 'artifactId');
    if (!group || !artifact) return [];
    const version = child(element, 'version');
    const { value, range } = version
      ? resolved({ value: version.text, range: version.textRange }, properties)
      : { value: null, range: artifact.textRange };
    return driverDeclaration(source, vocabulary, {
      ecosystem: 'maven',
      package: `${group.text}:${artifact.text}`,
      version: value,
      role,
      start: range.start,
      end: range.end,
    });
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

const JAVA_LEVELS = [
  'maven.compiler.release',
  'maven.compiler.target',
  'java.version',
  'maven.compiler.source',
];

/** The compiler's level is a lower bound of the runtime. */
function javaLevel(source: SourceText, properties: ReadonlyMap<string, Written>): Declaration[] {
  for (const name of JAVA_LEVELS) {
    const property = properties.get(name);
    if (!property) continue;
    const { value, range } = resolved(property, properties);
    const version = value && /^(?:1\.)?(\d+)$/.exec(value)?.[1];
    if (!version) continue;
    return [
      {
        kind: 'runtime',
        span: source.span(range.start, range.end),
        text: source.text.slice(range.start, range.end),
        scope: source.folder,
        platform: 'jdk',
        version,
        lowerBound: true,
        stack: null,
      },
    ];
  }
  return [];
}
