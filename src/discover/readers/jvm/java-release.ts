/** Releases of Java as compilers take them: `11`, and `1.8` before 9 ("javac", --release and -source). */
import type { RuntimeDeclaration } from '../../../model/declaration.ts';
import type { SourceText } from '../../text/source-text.ts';
import { runtimeDeclaration } from '../runtime-declaration.ts';

interface Level {
  /** `11`, `1.8`, `VERSION_11`, `VERSION_1_8`. */
  readonly text: string;
  readonly start: number;
}

/** `null` when it is no release of Java; `lowerBound` for a compiler's level. */
export function javaLevel(
  source: SourceText,
  { text, start }: Level,
  lowerBound: boolean,
): RuntimeDeclaration | null {
  const version = /^(?:VERSION_)?(?:1[._])?(\d{1,2})$/.exec(text)?.[1];
  return version === undefined
    ? null
    : runtimeDeclaration(source, { platform: 'jdk', version, lowerBound, start, end: start + text.length });
}
