/** The JVM: every reader of this family. */
import type { Reader } from '../../reader.ts';
import { clojure } from './clojure.ts';
import { gradle } from './gradle.ts';
import { gradleLockfile } from './gradle-lockfile.ts';
import { ivy } from './ivy.ts';
import { javaCode } from './java-code.ts';
import { javaOptionsFiles } from './java-options-files.ts';
import { javaProperties } from './java-properties.ts';
import { javaSecurity } from './java-security.ts';
import { javaXml } from './java-xml.ts';
import { pom } from './pom.ts';
import { sbt } from './sbt.ts';
import { springYaml } from './spring-yaml.ts';
import { systemProperties } from './system-properties.ts';
import { versionCatalog } from './version-catalog.ts';

export const JVM: readonly Reader[] = [
  pom,
  gradle,
  gradleLockfile,
  versionCatalog,
  sbt,
  clojure,
  ivy,
  javaProperties,
  springYaml,
  javaXml,
  javaSecurity,
  javaOptionsFiles,
  systemProperties,
  javaCode,
];
