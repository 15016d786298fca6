/** Releases of Java as people write them ("JEP 223", and before it `1.8.0_292`). */
import type { RuntimeDeclaration } from '../../../model/declaration.ts';
import type { SourceText } from '../../text/source-text.ts';
import { runtimeDeclaration } from '../runtime-declaration.ts';

/** `17`, `1.8`, `8u292`, `1.8.0_292`, `17.0.9+9`, a vendor before (`temurin-17`, `openjdk64-11.0.2`) or behind (`17.0.9-tem`). */
export const JAVA_VERSION =
  /^(?:[a-z][a-z0-9_]{0,30}?(?:-[a-z]{1,20})?-)?(\d+(?:\.\d+)*(?:[u_]\d+)?)(?:[-+.][\w.+-]*)?$/di;

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
