/**
 * sbt: `*.sbt` and the Scala of `project/` ("Library dependencies"): `"group" % "name" % "version"`. A program, of which only
 * the literals are read; a version may be a `val` of the same file.
 */
import type { Declaration } from '../../../model/declaration.ts';
import type { Reader } from '../../reader.ts';
import { plain } from '../../text/decoded.ts';
import type { SourceText } from '../../text/source-text.ts';
import { driverDeclaration } from '../driver-declaration.ts';
import { dataSource } from './data-source.ts';
import { jarsIn } from './jar-names.ts';
import { javaOptions } from './java-options.ts';
import { javaLevel } from './java-release.ts';
import { literalsOf, variablesOf, type Written, withoutComments } from './script-text.ts';

const MODULE =
  /"([\w.-]+)"[ \t]*%{1,3}[ \t]*"([\w.-]+)"[ \t]*%[ \t]*(?:"([^"\n]+)"|([A-Za-z_][\w.]{0,100})(?![\w.(])|(?=[A-Za-z_(]))/dg;

export const sbt: Reader = {
  id: 'sbt',
  matches: (path) => /\.sbt$|(?:^|\/)project\/[^/]+\.scala$/.test(path),
  read(source, vocabulary) {
    const code = withoutComments(source.text);
    const variables = variablesOf(code);
    return [
      ...[...code.matchAll(MODULE)].flatMap(
        ({ 1: group, 2: name, 3: literal, 4: variable, indices, index }) => {
          const at = indices?.[3];
          const nameAt = indices?.[2];
          const last = variable?.slice(variable.lastIndexOf('.') + 1) ?? '';
          const written: Written | null | undefined =
            literal !== undefined && at ? { text: literal, start: at[0] } : variables.get(last);
          const place = written ?? { text: name ?? '', start: nameAt?.[0] ?? index };
          return driverDeclaration(source, vocabulary, {
            ecosystem: 'maven',
            package: `${group}:${name}`,
            version: written?.text ?? null,
            role: isOverride(code, index) ? 'pins' : 'uses',
            start: place.start,
            end: place.start + place.text.length,
          });
        },
      ),
      ...compilerLevel(source, code),
      ...literalsOf(code).flatMap(({ text, start }): readonly Declaration[] => {
        const value = plain(source, start, start + text.length);
        return [
          ...dataSource(source, vocabulary, value),
          ...jarsIn(source, vocabulary, value),
          ...javaOptions(source, value),
        ];
      }),
    ];
  },
};

/** `dependencyOverrides += …`: only fixes the version. */
const isOverride = (code: string, at: number) =>
  /\bdependencyOverrides\b[^\n"]*$/.test(code.slice(Math.max(0, at - 80), at));

/** `javacOptions ++= Seq("-source", "1.8", "-target", "1.8")`, `scalacOptions += "-release:11"`. */
const LEVEL = /"(?:--?release|-target|-source)(?::|"[ \t]*,[ \t]*")(?:jvm-)?((?:1\.)?\d{1,2})"/d;

function compilerLevel(source: SourceText, code: string): Declaration[] {
  const found = LEVEL.exec(code);
  const start = found?.indices?.[1]?.[0];
  const level = start === undefined ? null : javaLevel(source, { text: found?.[1] ?? '', start }, true);
  return level ? [level] : [];
}
