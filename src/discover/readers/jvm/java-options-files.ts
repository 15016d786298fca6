/**
 * Files that give a Java virtual machine its options: `.mvn/jvm.config`, `.jvmopts`, `*.vmoptions`, line by line; scripts
 * and `.env` files, in the variables that hold options; `gradle.properties`.
 */
import type { TlsPolicyDeclaration } from '../../../model/declaration.ts';
import type { Reader } from '../../reader.ts';
import { plain } from '../../text/decoded.ts';
import { propertiesOf } from '../../text/properties.ts';
import type { SourceText } from '../../text/source-text.ts';
import { JAVA_VARIABLES, javaOptions } from './java-options.ts';
import { javaTls, SYSTEM_PROPERTIES } from './java-tls.ts';

const OPTIONS =
  /(?:^|\/)(?:\.mvn\/(?:jvm|maven)\.config|\.jvmopts|\.sbtopts|jvm\.options|[^/]+\.vmoptions)$/i;
/** Tomcat's and WildFly's scripts of settings, and files of variables. */
const VARIABLES =
  /(?:^|\/)(?:setenv\.(?:sh|bat|cmd)|(?:standalone|domain)\.conf(?:\.bat|\.ps1)?|\.env(?:\.[^/]+)?|[^/]+\.env)$/i;
const GRADLE = /(?:^|\/)gradle\.properties$/;

export const javaOptionsFiles: Reader = {
  id: 'java-options',
  words: /(?:jdk\.tls|https\.protocols|java\.security\.properties)/,
  matches: (path) => OPTIONS.test(path) || VARIABLES.test(path) || GRADLE.test(path),
  read(source) {
    if (GRADLE.test(source.file)) return gradleProperties(source);
    const lines = OPTIONS.test(source.file) ? source.text.matchAll(LINE) : assignments(source.text);
    return [...lines].flatMap(({ indices }) => {
      const place = indices?.[1];
      return place ? javaOptions(source, plain(source, ...place)) : [];
    });
  },
};

const LINE = /^(?![ \t\uFEFF]*#)([^\n]+)/dgm;
/** `export NAME="…"`, `set "NAME=…"`, `$env:NAME = …`, with the lines in its quotes and those that continue it; up to a ` #`. */
const ASSIGNMENT =
  /^[ \t\uFEFF]*(?:export[ \t]+|set[ \t]+|\$env:)?"?(\w+)[ \t]*\+?=((?:"(?:[^"\\]|\\[\s\S])*"|'[^']*')?(?:[^\\^\n#]|\\[\s\S]|\^\r?\n|\^|(?<![ \t])#)*)/dgim;

function* assignments(text: string) {
  for (const { 1: name = '', indices } of text.matchAll(ASSIGNMENT)) {
    const place = indices?.[2];
    if (place && JAVA_VARIABLES.has(name.toUpperCase())) yield { indices: [place, place] };
  }
}

/** `org.gradle.jvmargs` for the build's own machine, `systemProp.x` for one property of it. */
function gradleProperties(source: SourceText): TlsPolicyDeclaration[] {
  return propertiesOf(source).flatMap(({ key, value, start, end }) => {
    if (/^org\.gradle\.jvmargs$/.test(key)) return javaOptions(source, value);
    const meaning = SYSTEM_PROPERTIES.get(/^systemProp\.(.+)$/.exec(key)?.[1] ?? '');
    return meaning && value.text !== '' ? [javaTls(source, meaning, value, { start, end })] : [];
  });
}
