/** `gradle.lockfile` ("Locking dependency versions" of the Gradle manual): `group:name:version=configuration,…`. */
import type { Reader } from '../../reader.ts';
import { driverDeclaration } from '../driver-declaration.ts';

const LINE = /^([\w.-]+:[\w.-]+):([^:=\s]+)=/dgm;

export const gradleLockfile: Reader = {
  id: 'gradle-lockfile',
  matches: (path) => /(?:^|\/)(?:buildscript-)?gradle\.lockfile$/.test(path),
  read(source, vocabulary) {
    return [...source.text.matchAll(LINE)].flatMap((match) => {
      const [, name, version] = match;
      const at = match.indices?.[2];
      if (name === undefined || version === undefined || !at) return [];
      const [start, end] = at;
      return driverDeclaration(source, vocabulary, {
        ecosystem: 'maven',
        package: name,
        version,
        role: 'pins',
        start,
        end,
      });
    });
  },
};
