/** MSBuild projects, and the central files `Directory.Packages.props` and `Directory.Build.props`. */
import type { Declaration } from '../../model/declaration.ts';
import type { Vocabulary } from '../../model/vocabulary.ts';
import type { Reader } from '../reader.ts';
import type { SourceText } from '../text/source-text.ts';
import { attribute, child, descendants, type Element, type Range, readXml } from '../text/xml.ts';
import { driverDeclaration } from './driver-declaration.ts';
import { frameworkDeclaration, frameworkOfMoniker, frameworkOfVersion } from './framework.ts';

export const msbuild: Reader = {
  id: 'msbuild',
  matches: (path) =>
    /(?:\.(?:cs|vb|fs|sql)proj|(?:^|\/)Directory\.(?:Packages|Build)\.(?:props|targets))$/i.test(path),
  read(source, vocabulary) {
    const elements = [...descendants(readXml(source))];
    const properties = propertiesOf(elements);
    return elements.flatMap((element) => [
      ...packageOf(source, vocabulary, element, properties),
      ...frameworksOf(source, element),
    ]);
  },
};

interface Written {
  readonly value: string;
  readonly range: Range;
}

/** Properties by lower-case name; the last one wins. */
function propertiesOf(elements: readonly Element[]): ReadonlyMap<string, Written> {
  const groups = elements.filter(({ name }) => name.toLowerCase() === 'propertygroup');
  return new Map(
    groups.flatMap(({ children }) =>
      children.map(
        ({ name, text, textRange }) => [name.toLowerCase(), { value: text, range: textRange }] as const,
      ),
    ),
  );
}

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
  const name = attribute(item, 'Include') ?? attribute(item, 'Update');
  if (role === undefined || !name) return [];
  const written = versionOf(item);
  const { value, range } = written ? resolved(written, properties) : { value: null, range: name.range };
  return driverDeclaration(source, vocabulary, {
    ecosystem: 'nuget',
    package: name.value,
    version: value,
    role,
    start: range.start,
    end: range.end,
  });
}

function versionOf(item: Element): Written | null {
  for (const key of ['VersionOverride', 'Version']) {
    const inline = attribute(item, key);
    if (inline) return { value: inline.value.trim(), range: inline.range };
    const nested = child(item, key);
    if (nested) return { value: nested.text, range: nested.textRange };
  }
  return null;
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

function frameworksOf(source: SourceText, { name, text, textRange, children }: Element): Declaration[] {
  if (children.length > 0) return [];
  switch (name.toLowerCase()) {
    case 'targetframeworkversion':
      return frameworkDeclaration(source, frameworkOfVersion(text), textRange.start, textRange.end);
    case 'targetframework':
    case 'targetframeworks': {
      const raw = source.text.slice(textRange.start, textRange.end);
      return [...raw.matchAll(/[^;\s]+/g)].flatMap((match) => {
        const start = textRange.start + match.index;
        return frameworkDeclaration(source, frameworkOfMoniker(match[0]), start, start + match[0].length);
      });
    }
    default:
      return [];
  }
}
