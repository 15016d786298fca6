/** `java.security` and the files that `-Djava.security.properties=` puts over it (comments of the JDK's own file). */
import type { Reader } from '../../reader.ts';
import { propertiesOf } from '../../text/properties.ts';
import { javaTls, SECURITY_PROPERTIES } from './java-tls.ts';

export const javaSecurity: Reader = {
  id: 'java-security',
  words: /jdk\.(?:tls|certpath|disabled)\.|security\.useSystemPropertiesFile/,
  matches: (path) => /(?:^|\/)[^/]*(?:java\.security[^/]*|\.security|\.properties)$/i.test(path),
  read: (source) =>
    propertiesOf(source).flatMap(({ key, value, start, end }) => {
      const meaning = SECURITY_PROPERTIES.get(key);
      return meaning ? [javaTls(source, meaning, value, { start, end })] : [];
    }),
};
