/**
 * `libs.mssql.jdbc`, `Deps.MSSQL_JDBC`: what a version catalog or a class of `buildSrc/` calls a library. The script does not see
 * them, so an accessor counts only when it ends in the name of a driver's artifact, as people call it there.
 */
import type { Declaration } from '../../../model/declaration.ts';
import type { Vocabulary } from '../../../model/vocabulary.ts';
import type { SourceText } from '../../text/source-text.ts';
import { driverDeclaration } from '../driver-declaration.ts';

const ACCESSOR = /\b(?:libs|Libs|Deps|Dependencies)((?:\.[A-Za-z]\w{0,100}){1,8})/dg;
/** Parts of accessors that are no library. */
const OTHERS = /^\.(?:versions|plugins|bundles)\./;
const folded = (name: string) => name.replace(/[._-]/g, '').toLowerCase();

/** `code` has no comments. */
export function catalogAccessors(
  source: SourceText,
  vocabulary: Vocabulary,
  code: string,
  isManagedAt: (at: number) => boolean,
): Declaration[] {
  const accessors = [...code.matchAll(ACCESSOR)];
  if (accessors.length === 0) return [];
  const artifacts = new Map(
    vocabulary.packagesOf('maven').map((name) => [folded(name.slice(name.indexOf(':') + 1)), name]),
  );
  return accessors.flatMap((match) => {
    const path = (match[1] ?? '').replace(/\.get$/, '');
    const at = match.indices?.[0]?.[0];
    if (OTHERS.test(path) || at === undefined) return [];
    const parts = path.slice(1).split('.');
    const name = parts.flatMap((_, index) => artifacts.get(folded(parts.slice(index).join(''))) ?? [])[0];
    if (name === undefined) return [];
    return driverDeclaration(source, vocabulary, {
      ecosystem: 'maven',
      package: name,
      version: null,
      role: isManagedAt(at) ? 'pins' : 'uses',
      start: at,
      end: at + match[0].replace(/\.get$/, '').length,
    });
  });
}
