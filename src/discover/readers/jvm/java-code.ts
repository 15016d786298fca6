/**
 * Programs and build scripts that set Java's TLS properties themselves: `System.setProperty("jdk.tls.client.protocols", "…")`,
 * `Security.setProperty("jdk.tls.disabledAlgorithms", "…")`, Gradle's `systemProperty '…', '…'`. Only literals are read.
 */
import type { Reader } from '../../reader.ts';
import { fromJsonString, plain } from '../../text/decoded.ts';
import { javaTls, SECURITY_PROPERTIES, SYSTEM_PROPERTIES } from './java-tls.ts';
import { withoutComments } from './script-text.ts';

const WORDS = /["'](?:jdk\.(?:tls|certpath|disabled)\.|https\.protocols|java\.security\.properties)/;
/** Group 1: which kind of property; 2: its name; 3 or 4: its value; 5: an expression in its place. */
const CALL =
  /\b(?:(System|Security)[ \t]{0,9}\.[ \t]{0,9}setProperty|systemProperty)[ \t]{0,9}\(?\s{0,99}["']([\w.]{1,60})["']\s{0,99},\s{0,99}(?:"((?:[^"\\\n]|\\.){0,2000})"|'([^'\n]{0,2000})'|([^\s"')][^"'\n)]{0,100}))/dg;

export const javaCode: Reader = {
  id: 'java-code',
  words: WORDS,
  matches: (path) => /\.(?:java|kts?|scala|groovy|gradle|sbt)$/i.test(path),
  read(source) {
    if (!WORDS.test(source.text)) return [];
    return [...withoutComments(source.text).matchAll(CALL)].flatMap(({ 1: owner, 2: name = '', indices }) => {
      const meaning = (owner === 'Security' ? SECURITY_PROPERTIES : SYSTEM_PROPERTIES).get(name);
      const [, , named, double, single, expression] = indices ?? [];
      const place = double ?? single ?? expression;
      if (!meaning || !named || !place) return [];
      const value = double ? fromJsonString(source, ...place) : plain(source, ...place);
      const setting = javaTls(source, meaning, value, { start: named[0], end: named[1] });
      return expression ? { ...setting, value: null } : setting;
    });
  },
};
