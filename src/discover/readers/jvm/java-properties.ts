/** `*.properties` (java.util.Properties): the data sources of Spring, Quarkus, Flyway, Quartz and the rest; jars of projects. */
import type { Reader } from '../../reader.ts';
import { propertiesOf } from '../../text/properties.ts';
import { dataSource } from './data-source.ts';
import { jarsIn } from './jar-names.ts';
import { versionProperty } from './spring-boot.ts';

/** Properties of a build may stand in for the versions of Spring Boot's plugin. */
const GRADLE = /(?:^|\/)gradle\.properties$/;

export const javaProperties: Reader = {
  id: 'java-properties',
  words: /sql ?server|mssql|jtds|sqljdbc|server\\?\s*=|data\\? source/i,
  matches: (path) => /\.properties$/i.test(path),
  read: (source, vocabulary) =>
    propertiesOf(source).flatMap(({ key, value }) => [
      ...dataSource(source, vocabulary, value),
      ...jarsIn(source, vocabulary, value),
      ...(GRADLE.test(source.file)
        ? versionProperty(source, vocabulary, key, { text: value.text, start: value.sourceOffset(0) })
        : []),
    ]),
};
