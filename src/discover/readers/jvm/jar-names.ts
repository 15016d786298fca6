/** Files of JDBC drivers by their names, in the words of the catalog's `jar` rows. */
import type { DriverDeclaration } from '../../../model/declaration.ts';
import type { Vocabulary } from '../../../model/vocabulary.ts';
import type { DecodedText } from '../../text/decoded.ts';
import type { SourceText } from '../../text/source-text.ts';
import { driverDeclaration } from '../driver-declaration.ts';

export interface NamedJar {
  /** The catalog's name of it. */
  readonly package: string;
  /** As the name gives it: `12.4.0.jre11`; `null` where it gives none. */
  readonly version: string | null;
  /** Of the version, else of the name. */
  readonly start: number;
  readonly end: number;
}

/** The whole name, and not the middle of another; a path, `!/` or a separator may stand around it. */
const JAR =
  /(?<![\w.-])(?:mssql-jdbc-(\d[\w.]*?)(?:-preview|-SNAPSHOT)?|jtds-(\d[\w.]*?)(?:-[a-z]{1,20})?|(sqljdbc(?:4[12]?)?))\.jar(?![\w.-])/dgi;
/** Longer texts are no path. */
const LONGEST = 1000;

/** Every jar of a driver that a path, a class path or a URL names. Those of sources and documentation are no driver. */
export function jarsNamed(text: string): readonly NamedJar[] {
  if (text.length > LONGEST) return [];
  return [...text.matchAll(JAR)].flatMap((match) => {
    const [whole, mssql, jtds, old] = match;
    const place = match.indices?.[1] ?? match.indices?.[2];
    const [start, end] = place ?? [match.index, match.index + whole.length];
    if (/-(?:sources|javadoc)\.jar$/i.test(whole)) return [];
    const name = mssql
      ? 'mssql-jdbc-<version>.jre<N>.jar'
      : jtds
        ? 'jtds-1.x.jar'
        : `${old}.jar`.toLowerCase();
    return [{ package: name, version: mssql ?? jtds ?? null, start, end }];
  });
}

/** As declarations. */
export function jarsIn(
  source: SourceText,
  vocabulary: Vocabulary,
  decoded: DecodedText,
): DriverDeclaration[] {
  return jarsNamed(decoded.text).flatMap((jar) =>
    driverDeclaration(source, vocabulary, {
      ...jar,
      ecosystem: 'jar',
      role: 'uses',
      start: decoded.sourceOffset(jar.start),
      end: decoded.sourceOffset(jar.end),
    }),
  );
}
