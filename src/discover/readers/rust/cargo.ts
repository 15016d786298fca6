/** `Cargo.toml` and `Cargo.lock` (The Cargo Book, "Specifying Dependencies"): crates, and the features that decide the TLS stack. */
import type { DriverDeclaration } from '../../../model/declaration.ts';
import type { Vocabulary } from '../../../model/vocabulary.ts';
import type { Reader } from '../../reader.ts';
import type { SourceText } from '../../text/source-text.ts';
import {
  entriesOf,
  get,
  itemsOf,
  readToml,
  type TomlEntry,
  type TomlValue,
  textOf,
} from '../../text/toml-tree.ts';
import { driverDeclaration } from '../driver-declaration.ts';

const TABLES = ['dependencies', 'dev-dependencies', 'build-dependencies'];
/** Crates that speak to several databases: the feature says which. */
const NEEDS_FEATURE: Readonly<Record<string, string>> = { sqlx: 'mssql' };

export const cargoToml: Reader = {
  id: 'cargo-toml',
  matches: (path) => /(?:^|\/)Cargo\.toml$/.test(path),
  read(source, vocabulary) {
    const root = readToml(source);
    const targets = [...entriesOf(get(root, 'target')).values()].map(({ value }) => value);
    const uses = [root, ...targets].flatMap((at) => TABLES.map((name) => get(at, name)));
    return [
      ...uses.flatMap((table) => cratesIn(source, vocabulary, table, 'uses')),
      ...cratesIn(source, vocabulary, get(root, 'workspace', 'dependencies'), 'pins'),
    ];
  },
};

function cratesIn(
  source: SourceText,
  vocabulary: Vocabulary,
  table: TomlValue | undefined,
  role: DriverDeclaration['role'],
): DriverDeclaration[] {
  return [...entriesOf(table).values()].flatMap((entry) => crateOf(source, vocabulary, entry, role));
}

function crateOf(
  source: SourceText,
  vocabulary: Vocabulary,
  { key, value }: TomlEntry,
  role: DriverDeclaration['role'],
): DriverDeclaration[] {
  const name = textOf(get(value, 'package'))?.value ?? key.value;
  const features = featuresOf(value);
  const needed = NEEDS_FEATURE[name];
  if (needed !== undefined && !features?.includes(needed)) return [];
  const version = textOf(value) ?? textOf(get(value, 'version'));
  const place = version ?? key;
  return driverDeclaration(source, vocabulary, {
    ecosystem: 'cargo',
    package: name,
    version: version === null ? null : range(version.value),
    role,
    start: place.start,
    end: place.end,
  }).map((declared) => (features === null ? declared : { ...declared, features }));
}

/** A bare version means "compatible with", as a caret does. */
function range(written: string): string {
  return /^\s*\d[\w.+-]*\s*$/.test(written) ? `^${written.trim()}` : written;
}

/** As written, with `default` unless it is switched off; `null` where nothing is written of them. */
function featuresOf(value: TomlValue): readonly string[] | null {
  const list = get(value, 'features');
  const switched = get(value, 'default-features') ?? get(value, 'default_features');
  const off = switched && 'kind' in switched && switched.kind === 'boolean' && switched.value === false;
  if (list === undefined && !off) return null;
  const named = itemsOf(list).flatMap((item) => textOf(item)?.value ?? []);
  return off ? named : ['default', ...named];
}

export const cargoLock: Reader = {
  id: 'cargo-lock',
  matches: (path) => /(?:^|\/)Cargo\.lock$/.test(path),
  read(source, vocabulary) {
    return itemsOf(get(readToml(source), 'package')).flatMap((entry) => {
      const name = textOf(get(entry, 'name'));
      const version = textOf(get(entry, 'version'));
      // sqlx is locked with every database; only its manifest says which is used.
      if (!name || !version || name.value in NEEDS_FEATURE) return [];
      return driverDeclaration(source, vocabulary, {
        ecosystem: 'cargo',
        package: name.value,
        version: version.value,
        role: 'pins',
        start: version.start,
        end: version.end,
      });
    });
  },
};
