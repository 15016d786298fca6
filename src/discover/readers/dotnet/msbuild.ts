/** MSBuild projects, and the central files `Directory.Packages.props` and `Directory.Build.props`. */
import type { Declaration } from '../../../model/declaration.ts';
import type { Vocabulary } from '../../../model/vocabulary.ts';
import type { Reader } from '../../reader.ts';
import type { SourceText } from '../../text/source-text.ts';
import { attribute, child, descendants, type Element, type Range, readXml } from '../../text/xml.ts';
import { driverDeclaration } from '../driver-declaration.ts';
import { frameworkDeclaration, frameworkOfMoniker, frameworkOfVersion } from './framework.ts';
import { switchDeclaration } from './switches.ts';

export const msbuild: Reader = {
  id: 'msbuild',
  matches: (path) =>
    /(?:\.(?:cs|vb|fs|sql)proj|(?:^|\/)Directory\.(?:Packages|Build)\.(?:props|targets))$/i.test(path),
  read(source, vocabulary) {
    const elements = [...descendants(readXml(source))];
    const properties = propertiesOf(elements);
    return elements.flatMap((element) => [
      ...packageOf(source, vocabulary, element, properties),
      ...assemblyOf(source, vocabulary, element),
      ...frameworksOf(source, element, properties),
      ...switchOf(source, element),
    ]);
  },
};

interface Written {
  readonly value: string;
  readonly range: Range;
}

/** Properties by lower-case name; the last one wins, those with a condition only where there is no other. */
function propertiesOf(elements: readonly Element[]): ReadonlyMap<string, Written> {
  const written = elements
    .filter(({ name }) => name.toLowerCase() === 'propertygroup')
    .flatMap((group) =>
      group.children.map((property) => ({
        name: property.name.toLowerCase(),
        value: property.text,
        range: property.textRange,
        isConditional: isConditional(group) || isConditional(property),
      })),
    );
  const inOrder = [
    ...written.filter((one) => one.isConditional),
    ...written.filter((one) => !one.isConditional),
  ];
  return new Map(inOrder.map(({ name, value, range }) => [name, { value, range }]));
}

const isConditional = (element: Element) => attribute(element, 'Condition') !== undefined;

const ITEMS: Readonly<Record<string, 'uses' | 'pins'>> = {
  packagereference: 'uses',
  packageversion: 'pins',
  globalpackagereference: 'uses',
};

function packageOf(
  source: SourceText,
  vocabulary: Vocabulary,
  item: Element,
  properties: ReadonlyMap<string, Written>,
): Declaration[] {
  const role = ITEMS[item.name.toLowerCase()];
  const include = attribute(item, 'Include');
  const name = include ?? attribute(item, 'Update');
  if (role === undefined || !name) return [];
  const written = versionOf(item);
  const { value, range } = written ? resolved(written, properties) : { value: null, range: name.range };
  return driverDeclaration(source, vocabulary, {
    ecosystem: 'nuget',
    package: name.value,
    version: value,
    // An update says something of a reference that is made elsewhere.
    role: include ? role : 'pins',
    start: range.start,
    end: range.end,
  });
}

function versionOf(item: Element): Written | null {
  for (const key of ['VersionOverride', 'Version']) {
    const inline = attribute(item, key);
    if (inline?.value.trim()) return withoutBlanks(inline);
    const nested = child(item, key);
    if (nested?.text) return { value: nested.text, range: nested.textRange };
  }
  return null;
}

function withoutBlanks({ value, range }: Written): Written {
  const start = range.start + value.length - value.trimStart().length;
  return { value: value.trim(), range: { start, end: range.end - (value.length - value.trimEnd().length) } };
}

function assemblyOf(source: SourceText, vocabulary: Vocabulary, item: Element): Declaration[] {
  const include = attribute(item, 'Include');
  if (item.name.toLowerCase() !== 'reference' || !include) return [];
  const name = include.value.replace(/,.*$/s, '').trimEnd();
  const unpacked = versionInPath(source, child(item, 'HintPath'), name);
  const { start } = include.range;
  return driverDeclaration(source, vocabulary, {
    ecosystem: 'nuget',
    package: name,
    version: unpacked?.value ?? null,
    role: 'uses',
    ...(unpacked?.range ?? { start, end: start + name.length }),
  });
}

/**
 * The version in `..\packages\Name.1.2.3\lib\…`, the folder that NuGet unpacks to. That in the assembly's name is the
 * assembly's own, which counts differently.
 */
function versionInPath(source: SourceText, path: Element | undefined, name: string): Written | null {
  if (!path) return null;
  const written = source.text.slice(path.textRange.start, path.textRange.end).replaceAll('\\', '/');
  const folder = written.indexOf(`/${name}.`);
  const at = folder + name.length + 2;
  const value = folder < 0 ? undefined : /^\d+\.\d[^/]*(?=\/)/.exec(written.slice(at))?.[0];
  const start = path.textRange.start + at;
  return value === undefined ? null : { value, range: { start, end: start + value.length } };
}

/** `$(Name)` of the same file: the version stands where the property does. */
function resolved(
  written: Written,
  properties: ReadonlyMap<string, Written>,
  depth = 5,
): { value: string | null; range: Range } {
  const name = /^\$\(([\w.-]+)\)$/.exec(written.value)?.[1];
  if (name === undefined)
    return { value: written.value.includes('$(') ? null : written.value, range: written.range };
  const property = properties.get(name.toLowerCase());
  return property && depth > 0
    ? resolved(property, properties, depth - 1)
    : { value: null, range: written.range };
}

function frameworksOf(
  source: SourceText,
  { name, text, textRange, children }: Element,
  properties: ReadonlyMap<string, Written>,
): Declaration[] {
  if (children.length > 0) return [];
  switch (name.toLowerCase()) {
    case 'targetframeworkversion': {
      const { value, range } = resolved({ value: text, range: textRange }, properties);
      return frameworkDeclaration(source, frameworkOfVersion(value ?? ''), range.start, range.end);
    }
    case 'targetframework':
    case 'targetframeworks':
      return listOf(source, textRange)
        .flatMap((item) => listOf(source, resolved(item, properties).range))
        .flatMap(({ value, range }) =>
          frameworkDeclaration(source, frameworkOfMoniker(value), range.start, range.end),
        );
    default:
      return [];
  }
}

/** `<RuntimeHostConfigurationOption Include="Switch.…" Value="true" />`. */
function switchOf(source: SourceText, item: Element): Declaration[] {
  const [name, value] = [attribute(item, 'Include'), attribute(item, 'Value')];
  if (item.name.toLowerCase() !== 'runtimehostconfigurationoption' || !name || !value) return [];
  return switchDeclaration(source, name.value, value.range.start, value.range.end);
}

/** `net472; net8.0` */
function listOf(source: SourceText, { start, end }: Range): Written[] {
  return [...source.text.slice(start, end).matchAll(/[^;\s]+/g)].map(({ 0: value, index }) => {
    const at = start + index;
    return { value, range: { start: at, end: at + value.length } };
  });
}
