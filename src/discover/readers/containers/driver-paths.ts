/** Programs of a driver that a text names by their full path, such as sqlcmd in a health check: the catalog's rows `path`. */
import type { DriverDeclaration } from '../../../model/declaration.ts';
import type { Vocabulary } from '../../../model/vocabulary.ts';
import type { SourceText } from '../../text/source-text.ts';
import { driverDeclaration } from '../driver-declaration.ts';

/** The first mention of each path between two offsets; `#` at the beginning of a line is a comment in every file of this kind. */
export function driverPaths(
  source: SourceText,
  vocabulary: Vocabulary,
  start = 0,
  end = source.text.length,
): DriverDeclaration[] {
  return vocabulary.packagesOf('path').flatMap((path) => {
    const at = mention(source.text, path, start, end);
    if (at === null) return [];
    const place = { start: at, end: at + path.length };
    return driverDeclaration(source, vocabulary, {
      ecosystem: 'path',
      package: path,
      version: null,
      role: 'uses',
      ...place,
    });
  });
}

function mention(text: string, path: string, start: number, end: number): number | null {
  for (let at = text.indexOf(path, start); at >= 0 && at < end; at = text.indexOf(path, at + path.length)) {
    const line = text.slice(Math.max(text.lastIndexOf('\n', at) + 1, at - LONGEST_INDENT), at);
    const isWhole = !/[\w.-]/.test(text[at + path.length] ?? '') && !/\w/.test(text[at - 1] ?? '');
    if (isWhole && !/^[ \t]*#/.test(line)) return at;
  }
  return null;
}

/** Of a longer line only the last part is looked at. */
const LONGEST_INDENT = 1000;

/** A path says no more than the package that brings it, where both are declared. */
export function withoutKnown<T extends { readonly kind: string; readonly driver?: string }>(
  paths: readonly DriverDeclaration[],
  declared: readonly T[],
): DriverDeclaration[] {
  const drivers = new Set(declared.flatMap(({ kind, driver }) => (kind === 'driver' ? [driver] : [])));
  return paths.filter(({ driver }) => !drivers.has(driver));
}
