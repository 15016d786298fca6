/** Pipenv's `Pipfile` and `Pipfile.lock`. */
import type { Node } from 'jsonc-parser';
import type { DriverDeclaration } from '../../../model/declaration.ts';
import type { Vocabulary } from '../../../model/vocabulary.ts';
import type { Reader } from '../../reader.ts';
import { fromJsonString } from '../../text/decoded.ts';
import { entriesOf as jsonEntriesOf, member, readJson, stringRange } from '../../text/json-tree.ts';
import type { SourceText } from '../../text/source-text.ts';
import { entriesOf, get, readToml } from '../../text/toml-tree.ts';
import { driverDeclaration } from '../driver-declaration.ts';
import { versionOf } from './python-requirement.ts';
import { packagesIn, pythonVersion } from './python-toml.ts';

/** Every other table is a category of packages: `packages`, `dev-packages`, and those of the project's own. */
const NOT_PACKAGES = new Set(['source', 'requires', 'scripts', 'pipenv', 'pipfile']);

export const pipfile: Reader = {
  id: 'pipfile',
  matches: (path) => /(?:^|\/)Pipfile$/.test(path),
  read(source, vocabulary) {
    const root = readToml(source);
    const requires = get(root, 'requires');
    const full = pythonVersion(source, get(requires, 'python_full_version'), false);
    return [
      ...(full.length > 0 ? full : pythonVersion(source, get(requires, 'python_version'), false)),
      ...[...entriesOf(root)]
        .filter(([category]) => !NOT_PACKAGES.has(category))
        .flatMap(([, { value }]) => packagesIn(source, vocabulary, value)),
    ];
  },
};

/** Fixes versions, as `"==4.0.39"`; that makes no one a client. */
export const pipfileLock: Reader = {
  id: 'pipfile-lock',
  matches: (path) => /(?:^|\/)Pipfile\.lock$/.test(path),
  read(source, vocabulary) {
    return jsonEntriesOf(readJson(source))
      .filter(([category]) => category !== '_meta')
      .flatMap(([, packages]) => jsonEntriesOf(packages))
      .flatMap(([name, entry]) => locked(source, vocabulary, name, member(entry, 'version')));
  },
};

function locked(
  source: SourceText,
  vocabulary: Vocabulary,
  name: string,
  node: Node | undefined,
): DriverDeclaration[] {
  if (node?.type !== 'string') return [];
  const { start, end } = stringRange(node);
  const written = fromJsonString(source, start, end);
  const version = versionOf(written.text, 0);
  if (version.text === '') return [];
  return driverDeclaration(source, vocabulary, {
    ecosystem: 'pypi',
    package: name,
    version: version.text,
    role: 'pins',
    start: written.sourceOffset(version.start),
    end: written.sourceOffset(version.start + version.text.length),
  });
}
