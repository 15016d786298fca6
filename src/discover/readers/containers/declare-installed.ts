/** A package that a command or a list installs, as a declaration. */
import type { DriverDeclaration } from '../../../model/declaration.ts';
import type { Vocabulary } from '../../../model/vocabulary.ts';
import type { SourceText } from '../../text/source-text.ts';
import { driverDeclaration } from '../driver-declaration.ts';
import { type InstalledPackage, installedPackages } from './installed-packages.ts';
import type { Word } from './shell-words.ts';

/** The place is that of the version, else of the name. */
export function declareInstalled(
  source: SourceText,
  vocabulary: Vocabulary,
  { ecosystem, name, version }: InstalledPackage,
  place: { readonly start: number; readonly end: number },
): DriverDeclaration[] {
  return driverDeclaration(source, vocabulary, { ecosystem, package: name, version, role: 'uses', ...place });
}

/** What a command installs. A word with escapes in it is pointed at as a whole: its offsets are not those of the value. */
export function declareCommand(
  source: SourceText,
  vocabulary: Vocabulary,
  command: readonly Word[],
): DriverDeclaration[] {
  return installedPackages(command, vocabulary.packagesOf).flatMap(({ word, installed }) => {
    const { start, end, value } = word;
    const [from, to] = end - start === value.length ? installed.at : [0, end - start];
    return declareInstalled(source, vocabulary, installed, { start: start + from, end: start + to });
  });
}
