/** What several of Python's TOML files share: tables of packages by name, and the version of Python itself. */
import type { DriverDeclaration, RuntimeDeclaration } from '../../../model/declaration.ts';
import type { Vocabulary } from '../../../model/vocabulary.ts';
import type { SourceText } from '../../text/source-text.ts';
import { entriesOf, get, itemsOf, type TomlText, type TomlValue, textOf } from '../../text/toml-tree.ts';
import { driverDeclaration } from '../driver-declaration.ts';
import { versionOf } from './python-requirement.ts';

/**
 * A table of packages as Poetry and Pipenv write it: `name = "^4.0"`, `name = { version = "^4.0" }`, and in Poetry a list of
 * such tables, one per platform or Python.
 */
export function packagesIn(
  source: SourceText,
  vocabulary: Vocabulary,
  table: TomlValue | undefined,
): DriverDeclaration[] {
  return [...entriesOf(table).values()].flatMap(({ key, value }) => {
    const items = itemsOf(value);
    return (items.length > 0 ? items : [value]).flatMap((one) => {
      const written = textOf(one) ?? textOf(get(one, 'version'));
      return driverDeclaration(source, vocabulary, {
        ecosystem: 'pypi',
        package: key.value,
        role: 'uses',
        ...(written?.value ? placed(source, written) : { version: null, start: key.start, end: key.end }),
      });
    });
  });
}

/** A specifier with its place: the version alone after `==`, else all of it. */
function placed(source: SourceText, written: TomlText): { version: string; start: number; end: number } {
  const { text: version, start } = versionOf(written.value, written.start);
  // With escapes in it the offsets are not those of the value.
  return isPlain(source, written)
    ? { version, start, end: start + version.length }
    : { version, start: written.start, end: written.end };
}

/** True when the file has the text as it is, without escapes. */
export function isPlain(source: SourceText, { value, start, end }: TomlText): boolean {
  return source.text.slice(start, end) === value;
}

/** The Python that a file asks for; `lowerBound` for a range. */
export function pythonVersion(
  source: SourceText,
  value: TomlValue | undefined,
  lowerBound: boolean,
): RuntimeDeclaration[] {
  const written = textOf(value);
  if (!written?.value) return [];
  const { value: version, start, end } = written;
  return [
    {
      kind: 'runtime',
      span: source.span(start, end),
      text: source.text.slice(start, end),
      scope: source.folder,
      platform: 'python',
      version,
      lowerBound,
      stack: null,
    },
  ];
}
