/**
 * Bicep: servers of Azure SQL and the lowest TLS they take, images with SQL Server inside.
 * https://learn.microsoft.com/azure/templates/microsoft.sql/servers
 */
import type { Declaration } from '../../../model/declaration.ts';
import type { Vocabulary } from '../../../model/vocabulary.ts';
import { declareConnection } from '../../connection-strings/declare.ts';
import type { Reader } from '../../reader.ts';
import { plain } from '../../text/decoded.ts';
import { type HclEntry, type HclValue, readHcl, valuesOf } from '../../text/hcl.ts';
import type { SourceText } from '../../text/source-text.ts';
import { declareAzureServer, declareImageOffer, declareMinimumTls } from './azure-sql.ts';
import type { Written } from './written.ts';

type Names = ReadonlyMap<string, HclValue>;

export const bicep: Reader = {
  id: 'bicep',
  matches: (path) => /\.bicep(?:param)?$/i.test(path),
  read(source, vocabulary) {
    const entries = readHcl(source.text, "'");
    const names: Names = new Map(
      entries.flatMap(({ words: [keyword, name], value }) =>
        /^(?:param|var)$/.test(keyword?.value ?? '') && name?.value ? [[name.value, value] as const] : [],
      ),
    );
    return [
      ...entries.flatMap((entry) => resource(source, vocabulary, entry, names)),
      ...entries.flatMap(({ value }) => connections(source, value)),
      ...(/\.bicepparam$/i.test(source.file) ? parameters(source, names) : []),
    ];
  },
};

function resource(
  source: SourceText,
  vocabulary: Vocabulary,
  { words, value }: HclEntry,
  names: Names,
): Declaration[] {
  const [keyword, , type, modifier] = words;
  const block = value.kind === 'list' ? value.items.at(-1) : value;
  if (!/^(?:resource|module)$/.test(keyword?.value ?? '') || !type?.value || block?.kind !== 'block')
    return [];
  // A resource's version, or that of a module of the public registry: its parameters are the resource's properties.
  const isModule = keyword?.value === 'module';
  const name = type.value.replace(isModule ? /:[^:/]*$/ : /@.*$/s, '');
  const [properties] = valuesOf(block, isModule ? 'params' : 'properties');
  return [
    ...declareAzureServer(source, vocabulary, {
      type: { value: name, start: type.start, end: type.start + name.length },
      name: written(valuesOf(isModule ? properties : block, 'name').at(-1), names),
      minimumTls: written(valuesOf(properties, 'minimalTlsVersion').at(-1), names),
      isReference: modifier?.value === 'existing',
    }),
    ...valuesOf(properties, 'storageProfile')
      .flatMap((profile) => valuesOf(profile, 'imageReference'))
      .flatMap((image) =>
        declareImageOffer(source, vocabulary, written(valuesOf(image, 'offer').at(-1), names)),
      ),
  ];
}

/** The literal, or that of the parameter or variable of this name. */
function written(value: HclValue | undefined, names: Names): Written | null {
  if (!value) return null;
  const known = value.kind === 'word' ? names.get(value.value ?? '') : undefined;
  if (known?.kind === 'text' && known.value !== null) return known;
  return value.kind === 'text' ? value : { value: null, start: value.start, end: value.end };
}

/** A file of parameters: the one that is named like the property it goes to. */
function parameters(source: SourceText, names: Names): Declaration[] {
  return [...names].flatMap(([name, value]) =>
    /minimalTlsVersion$/i.test(name) ? declareMinimumTls(source, written(value, names)) : [],
  );
}

function connections(source: SourceText, value: HclValue): Declaration[] {
  if (value.kind === 'block') return value.entries.flatMap((entry) => connections(source, entry.value));
  if (value.kind === 'list') return value.items.flatMap((item) => connections(source, item));
  const found =
    value.kind === 'text' ? declareConnection(source, plain(source, value.start, value.end)) : null;
  return found && !found.ambiguous ? [found] : [];
}
