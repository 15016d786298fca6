/** `pyproject.toml`: the project's own metadata (PEP 621), dependency groups (PEP 735) and Poetry's tables. */
import type { DriverDeclaration } from '../../../model/declaration.ts';
import type { Vocabulary } from '../../../model/vocabulary.ts';
import type { Reader } from '../../reader.ts';
import type { SourceText } from '../../text/source-text.ts';
import { entriesOf, get, itemsOf, readToml, type TomlValue, textOf } from '../../text/toml-tree.ts';
import { driverDeclaration } from '../driver-declaration.ts';
import { requirementsIn } from './python-requirement.ts';
import { isPlain, packagesIn, pythonVersion } from './python-toml.ts';

export const pyproject: Reader = {
  id: 'pyproject',
  matches: (path) => /(?:^|\/)pyproject\.toml$/.test(path),
  read(source, vocabulary) {
    const root = readToml(source);
    const project = get(root, 'project');
    const poetry = get(root, 'tool', 'poetry');
    const lists = [
      get(project, 'dependencies'),
      ...valuesOf(get(project, 'optional-dependencies')),
      ...valuesOf(get(root, 'dependency-groups')),
    ];
    const tables = [
      get(poetry, 'dependencies'),
      get(poetry, 'dev-dependencies'),
      ...valuesOf(get(poetry, 'group')).map((group) => get(group, 'dependencies')),
    ];
    return [
      ...pythonVersion(source, get(project, 'requires-python'), true),
      ...pythonVersion(source, get(poetry, 'dependencies', 'python'), true),
      ...lists.flatMap((list) => listed(source, vocabulary, list)),
      ...tables.flatMap((table) => packagesIn(source, vocabulary, table)),
    ];
  },
};

const valuesOf = (table: TomlValue | undefined) => [...entriesOf(table).values()].map(({ value }) => value);

/** An array of PEP 508 strings; a group's `{ include-group = "…" }` names no package. */
function listed(
  source: SourceText,
  vocabulary: Vocabulary,
  list: TomlValue | undefined,
): DriverDeclaration[] {
  return itemsOf(list).flatMap((item) => {
    const written = textOf(item);
    const [requirement] = written ? requirementsIn(written.value) : [];
    if (!written || !requirement) return [];
    const { name, version, start, end } = requirement;
    // With escapes in it the offsets are not those of the value.
    const place = isPlain(source, written)
      ? { start: written.start + start, end: written.start + end }
      : { start: written.start, end: written.end };
    return driverDeclaration(source, vocabulary, {
      ecosystem: 'pypi',
      package: name,
      version,
      role: 'uses',
      ...place,
    });
  });
}
