/** The Java of a Gradle build ("Toolchains for JVM projects"); without a toolchain, the level that its compiler is held to. */
import type { RuntimeDeclaration } from '../../../model/declaration.ts';
import type { SourceText } from '../../text/source-text.ts';
import { javaLevel } from './java-release.ts';

/** What counts first comes first; group 1 is the version. Only a toolchain is a machine that runs something. */
const LEVELS: readonly { readonly written: RegExp; readonly lowerBound: boolean }[] = [
  { written: /\bJavaLanguageVersion\.of\(\s*["']?(\d{1,2})\b/d, lowerBound: false },
  { written: /\bjvmToolchain\(\s*(\d{1,2})\b/d, lowerBound: false },
  { written: /\b(?:options\.release[ \t]*=[ \t]*|release\.set\([ \t]*)(\d{1,2})\b/d, lowerBound: true },
  {
    written:
      /\btargetCompatibility\s*(?:=\s*|\s)["']?(?:JavaVersion\.)?(VERSION_\d(?:_?\d)?|(?:1\.)?\d{1,2})\b/d,
    lowerBound: true,
  },
  {
    written:
      /\bsourceCompatibility\s*(?:=\s*|\s)["']?(?:JavaVersion\.)?(VERSION_\d(?:_?\d)?|(?:1\.)?\d{1,2})\b/d,
    lowerBound: true,
  },
  { written: /\bjvmTarget\s*=\s*["']((?:1\.)?\d{1,2})["']/d, lowerBound: true },
];

/** `code` is the text without its comments. */
export function gradleJava(source: SourceText, code: string): RuntimeDeclaration[] {
  for (const { written, lowerBound } of LEVELS) {
    const found = written.exec(code);
    const start = found?.indices?.[1]?.[0];
    const level =
      start === undefined ? null : javaLevel(source, { text: found?.[1] ?? '', start }, lowerBound);
    if (level) return [level];
  }
  return [];
}
