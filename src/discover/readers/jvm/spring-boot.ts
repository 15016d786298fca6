/** Spring Boot as the bill of materials of drivers: who writes its version, and the properties that put others over it. */
import type { DriverDeclaration } from '../../../model/declaration.ts';
import type { Vocabulary } from '../../../model/vocabulary.ts';
import type { SourceText } from '../../text/source-text.ts';
import { driverDeclaration } from '../driver-declaration.ts';

/** Plugin of Gradle, and the library that brings it. */
export const BOOT_PLUGIN = 'org.springframework.boot';
export const BOOT_PLUGIN_LIBRARY = 'org.springframework.boot:spring-boot-gradle-plugin';
/** The catalog's name of a build that takes its versions through the plugin. */
const GRADLE_ROW = 'id "org.springframework.boot" + io.spring.dependency-management';

/** Source: spring-boot-dependencies, "Version Properties". */
export const VERSION_PROPERTIES: ReadonlyMap<string, string> = new Map([
  ['mssql-jdbc.version', 'com.microsoft.sqlserver:mssql-jdbc'],
  ['jtds.version', 'net.sourceforge.jtds:jtds'],
  ['r2dbc-mssql.version', 'io.r2dbc:r2dbc-mssql'],
]);

interface Place {
  readonly version: string | null;
  readonly start: number;
  readonly end: number;
}

/** The version of the plugin fixes those of the drivers. */
export function bootPlugin(source: SourceText, vocabulary: Vocabulary, place: Place): DriverDeclaration[] {
  return driverDeclaration(source, vocabulary, {
    ecosystem: 'gradle',
    package: GRADLE_ROW,
    role: 'pins',
    ...place,
  });
}

/** A property that stands in for the version that Spring Boot would take; nothing for other properties. */
export function versionProperty(
  source: SourceText,
  vocabulary: Vocabulary,
  name: string,
  { text, start }: { readonly text: string; readonly start: number },
): DriverDeclaration[] {
  const managed = VERSION_PROPERTIES.get(name);
  if (managed === undefined || !/^\d/.test(text)) return [];
  return driverDeclaration(source, vocabulary, {
    ecosystem: 'maven',
    package: managed,
    version: text,
    role: 'pins',
    start,
    end: start + text.length,
  });
}
