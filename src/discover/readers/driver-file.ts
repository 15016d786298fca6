/** The file of a driver that a text of the file names: a library, an installer, an installed program. */
import type { DriverDeclaration } from '../../model/declaration.ts';
import type { Vocabulary } from '../../model/vocabulary.ts';
import type { SourceText } from '../text/source-text.ts';
import { driverDeclaration } from './driver-declaration.ts';

/** `text` stands at `start` as it is written. Nothing when it names no such file. */
export function driverFile(
  source: SourceText,
  vocabulary: Vocabulary,
  { text, start }: { readonly text: string; readonly start: number },
): DriverDeclaration[] {
  const file = vocabulary.fileNamed(text);
  if (!file) return [];
  return driverDeclaration(source, vocabulary, {
    ...file,
    role: 'uses',
    start: start + file.start,
    end: start + file.end,
  });
}
