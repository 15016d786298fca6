/** The TLS settings that one file declares, for a file that is named and not found: `check --what-if reg=FILE`. */
import { VOCABULARY } from './catalog/vocabulary.ts';
import { readText } from './discover/discover.ts';
import { SourceText } from './discover/text/source-text.ts';
import type { TlsPolicyDeclaration } from './model/declaration.ts';

/** `file` decides, by its name, which readers look at the text. */
export function settingsOfFile(file: string, text: string): readonly TlsPolicyDeclaration[] {
  return readText(new SourceText(file, text), VOCABULARY).filter((one) => one.kind === 'tls-policy');
}
