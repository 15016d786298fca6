/**
 * Gradle's version catalogs, `gradle/*.versions.toml` ("Version Catalogs"). A catalog names versions that build scripts may
 * take, and most name more than any one project takes: it fixes versions and makes no client by itself.
 */
import type { DriverDeclaration } from '../../../model/declaration.ts';
import type { Vocabulary } from '../../../model/vocabulary.ts';
import type { Reader } from '../../reader.ts';
import type { SourceText } from '../../text/source-text.ts';
import { entriesOf, get, readToml, type TomlText, type TomlValue, textOf } from '../../text/toml-tree.ts';
import { driverDeclaration } from '../driver-declaration.ts';
import { BOOT_PLUGIN, bootPlugin } from './spring-boot.ts';

export const versionCatalog: Reader = {
  id: 'version-catalog',
  matches: (path) => /\.versions\.toml$/.test(path),
  read(source, vocabulary) {
    const root = readToml(source);
    const versions = get(root, 'versions');
    const scope = source.folder.replace(/(?:^|\/)gradle$/, '');
    const valuesOf = (table: string) => [...entriesOf(get(root, table)).values()].map(({ value }) => value);
    return [
      ...valuesOf('libraries').flatMap((value) => library(source, vocabulary, value, versions)),
      ...valuesOf('plugins').flatMap((value) => plugin(source, vocabulary, value, versions)),
      // A catalog speaks for the build, whose folder `gradle` it lies in.
    ].map((found) => ({ ...found, scope }));
  },
};

/** `"group:name:version"`, `{ module = "group:name", version… }`, `{ group = "…", name = "…", version… }`. */
function library(
  source: SourceText,
  vocabulary: Vocabulary,
  value: TomlValue,
  versions: TomlValue | undefined,
): DriverDeclaration[] {
  const short = textOf(value);
  const name = textOf(get(value, 'name'));
  const module = short ?? textOf(get(value, 'module')) ?? name;
  if (!module) return [];
  const group = textOf(get(value, 'group'))?.value;
  const [packageGroup = '', artifact = '', own] = module.value.split(':');
  const version = short ? own && within(module, own) : versionOf(get(value, 'version'), versions);
  const { start, end } = version || module;
  return driverDeclaration(source, vocabulary, {
    ecosystem: 'maven',
    package: module === name ? `${group}:${name.value}` : `${packageGroup}:${artifact}`,
    version: version ? version.value : null,
    role: 'pins',
    start,
    end,
  });
}

/** `{ id = "…", version… }`, `"id:version"`. */
function plugin(
  source: SourceText,
  vocabulary: Vocabulary,
  value: TomlValue,
  versions: TomlValue | undefined,
): DriverDeclaration[] {
  const short = textOf(value);
  const id = short ?? textOf(get(value, 'id'));
  const [name, own] = id?.value.split(':') ?? [];
  if (!id || name !== BOOT_PLUGIN) return [];
  const version = short ? own && within(id, own) : versionOf(get(value, 'version'), versions);
  const { start, end } = version || id;
  return bootPlugin(source, vocabulary, { version: version ? version.value : null, start, end });
}

/** The version at the end of a short notation. */
const within = ({ end }: TomlText, version: string): TomlText => ({
  value: version,
  start: end - version.length,
  end,
});

/** A version, the name of one (`version.ref`), or a rich one: what it prefers is what Gradle takes first. */
function versionOf(value: TomlValue | undefined, versions: TomlValue | undefined): TomlText | null {
  const ref = textOf(get(value, 'ref'));
  const meant = ref ? get(versions, ref.value) : value;
  const parts = [meant, ...['prefer', 'strictly', 'require'].map((part) => get(meant, part))];
  return parts.map(textOf).find((text) => text !== null) ?? null;
}
