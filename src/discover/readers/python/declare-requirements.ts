/** The drivers among the requirements of a piece of a file (PEP 508), one per line. */
import type { DriverDeclaration } from '../../../model/declaration.ts';
import type { Vocabulary } from '../../../model/vocabulary.ts';
import type { SourceText } from '../../text/source-text.ts';
import { driverDeclaration } from '../driver-declaration.ts';
import { requirementsIn } from './python-requirement.ts';

/** From `from` to `to`, where the file has them as they are, without escapes. */
export function declareRequirements(
  source: SourceText,
  vocabulary: Vocabulary,
  from: number,
  to: number,
): DriverDeclaration[] {
  return requirementsIn(source.text.slice(from, to)).flatMap(({ name, version, start, end }) =>
    driverDeclaration(source, vocabulary, {
      ecosystem: 'pypi',
      package: name,
      version,
      role: 'uses',
      start: from + start,
      end: from + end,
    }),
  );
}
