/** Options of a Java virtual machine, as they stand in JAVA_TOOL_OPTIONS, in scripts and in files of options ("The java Command"). */
import type { TlsPolicyDeclaration } from '../../../model/declaration.ts';
import type { DecodedText } from '../../text/decoded.ts';
import type { SourceText } from '../../text/source-text.ts';
import { javaTls, SYSTEM_PROPERTIES } from './java-tls.ts';

/** Variables of the environment that hold such options: the launcher's own, then those of servers and build tools. */
export const JAVA_VARIABLES: ReadonlySet<string> = new Set([
  'JAVA_TOOL_OPTIONS',
  'JDK_JAVA_OPTIONS',
  '_JAVA_OPTIONS',
  'JAVA_OPTS',
  'JAVA_OPTIONS',
  'JAVA_ARGS',
  'JAVA_OPTS_APPEND',
  'JVM_OPTS',
  'JVM_ARGS',
  'CATALINA_OPTS',
  'JETTY_OPTS',
  'MAVEN_OPTS',
  'GRADLE_OPTS',
  'SBT_OPTS',
]);

/** `-Dname=value`, quoted as a whole, before the name or behind the `=`; `==` puts a file in the place of Java's own. */
const OPTION = /(?<=^|[\s"'=[,(])-D["']?([A-Za-z][\w.]*)==?(?:\\?"([^"\\\n]*)|'([^'\n]*)|([^\s"'\\]*))/dg;

/**
 * What the options set about TLS. `decoded` is the value of such a variable, or a line of options. A security property
 * (`jdk.tls.disabledAlgorithms`) has no effect here and is passed over.
 */
export function javaOptions(source: SourceText, decoded: DecodedText): TlsPolicyDeclaration[] {
  return [...decoded.text.matchAll(OPTION)].flatMap(({ 1: name = '', indices }) => {
    const meaning = SYSTEM_PROPERTIES.get(name);
    const [, named, ...values] = indices ?? [];
    const place = values.find((value) => value !== undefined);
    if (!meaning || !named || !place || place[0] === place[1]) return [];
    return javaTls(source, meaning, decoded.slice(...place), { start: named[0], end: named[1] });
  });
}
