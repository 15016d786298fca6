/**
 * Gradle build scripts, Groovy and Kotlin ("Declaring dependencies" of the Gradle manual): a program, of which only the
 * literals are read. A version may be a variable of the same file.
 */
import type { Declaration } from '../../../model/declaration.ts';
import type { Vocabulary } from '../../../model/vocabulary.ts';
import type { Reader } from '../../reader.ts';
import { plain } from '../../text/decoded.ts';
import type { SourceText } from '../../text/source-text.ts';
import { driverDeclaration } from '../driver-declaration.ts';
import { catalogAccessors } from './gradle-accessors.ts';
import { gradleJava } from './gradle-java.ts';
import { isManaged, managedBlocks } from './gradle-managed.ts';
import { jarsIn } from './jar-names.ts';
import { javaOptions } from './java-options.ts';
import {
  literalsOf,
  resolved,
  type Variables,
  variablesOf,
  type Written,
  withoutComments,
} from './script-text.ts';
import { BOOT_PLUGIN, BOOT_PLUGIN_LIBRARY, bootPlugin, versionProperty } from './spring-boot.ts';

/** `group:name`, `group:name:version`, with a classifier or `@ext` behind; `!!` makes the version strict. */
const NOTATION = /^([\w.-]+:[\w.-]+)(?::([^:@\s!]+)(?:!!)?)?(?::[\w.-]+)?(?:@\w+)?$/;
/** `group: 'a', name: 'b', version: 'c'`, and `group = "a"` in Kotlin, on one line or several. */
const MAP =
  /\bgroup\s*[:=]\s*(["'])([\w.-]+)\1\s*,\s*name\s*[:=]\s*(["'])([\w.-]+)\3(?:\s*,\s*version\s*[:=]\s*(["'])([^"'\n]+)\5)?/dg;
/** `id 'org.springframework.boot' version '2.7.0'`, `id("…") version "…"`, `version springBootVersion`. */
const PLUGIN =
  /\bid[ \t]{0,9}\(?[ \t]{0,9}["']([\w.-]+)["'][ \t]{0,9}\)?[ \t]{0,9}\.?version[ \t]{0,9}\(?[ \t]{0,9}(?:["']([^"'\n]+)["']|([A-Za-z_][\w.]{0,100}))/dg;

const BUILD_SOURCES = /(?:^|\/)(?:buildSrc|build-logic)\/(?:.*\/)?[^/]+\.(?:kt|java|groovy)$/;

export const gradle: Reader = {
  id: 'gradle',
  matches: (path) => /\.gradle(?:\.kts)?$/.test(path) || BUILD_SOURCES.test(path),
  read(source, vocabulary) {
    if (BUILD_SOURCES.test(source.file)) return centralVersions(source, vocabulary);
    const code = withoutComments(source.text);
    const variables = variablesOf(code);
    const blocks = managedBlocks(code);
    const isManagedAt = (at: number) => isManaged(at, code, blocks);
    const literals = literalsOf(code);
    return [
      ...[...literals.flatMap(notation), ...maps(code)].flatMap((found) =>
        declared(source, vocabulary, found, variables, isManagedAt(found.name.start)),
      ),
      ...catalogAccessors(source, vocabulary, code, isManagedAt),
      ...plugins(source, vocabulary, code, variables),
      ...[...variables].flatMap(([name, value]) =>
        value ? versionProperty(source, vocabulary, name, value) : [],
      ),
      ...gradleJava(source, code),
      ...literals.flatMap(({ text, start }) => {
        const value = plain(source, start, start + text.length);
        return [...jarsIn(source, vocabulary, value), ...javaOptions(source, value)];
      }),
    ];
  },
};

/** Programs of the build itself: constants that build scripts take their dependencies from. They fix versions for the build. */
function centralVersions(source: SourceText, vocabulary: Vocabulary): Declaration[] {
  const scope = source.folder.replace(/(?:^|\/)(?:buildSrc|build-logic)(?:\/.*)?$/, '');
  const code = withoutComments(source.text);
  const variables = variablesOf(code);
  return literalsOf(code)
    .flatMap(notation)
    .flatMap((found) => declared(source, vocabulary, found, variables, true))
    .map((found) => ({ ...found, scope }));
}

interface Dependency {
  readonly name: Written;
  readonly version: Written | null;
}

function notation({ text, start }: Written): Dependency[] {
  const [, name, version] = NOTATION.exec(text) ?? [];
  if (name === undefined) return [];
  const at = start + name.length + 1;
  return [
    { name: { text: name, start }, version: version === undefined ? null : { text: version, start: at } },
  ];
}

function maps(code: string): readonly Dependency[] {
  return [...code.matchAll(MAP)].flatMap((match) => {
    const [, , group, , name, , version] = match;
    const [nameAt, versionAt] = [match.indices?.[4], match.indices?.[6]];
    if (!group || !name || !nameAt) return [];
    const written = version && versionAt ? { text: version, start: versionAt[0] } : null;
    return [{ name: { text: `${group}:${name}`, start: nameAt[0] }, version: written }];
  });
}

function declared(
  source: SourceText,
  vocabulary: Vocabulary,
  { name, version }: Dependency,
  variables: Variables,
  managed: boolean,
): Declaration[] {
  const settled = version && resolved(version, variables);
  // A map's name is written without its group.
  const shown = name.text.slice(
    source.text.startsWith(name.text, name.start) ? 0 : name.text.indexOf(':') + 1,
  );
  const { text, start } = settled ?? { text: shown, start: name.start };
  const place = { version: settled?.text ?? null, start, end: start + text.length };
  if (name.text === BOOT_PLUGIN_LIBRARY) return bootPlugin(source, vocabulary, place);
  return driverDeclaration(source, vocabulary, {
    ecosystem: 'maven',
    package: name.text,
    role: managed ? 'pins' : 'uses',
    ...place,
  });
}

function plugins(
  source: SourceText,
  vocabulary: Vocabulary,
  code: string,
  variables: Variables,
): Declaration[] {
  return [...code.matchAll(PLUGIN)].flatMap(({ 1: id, 2: literal, 3: variable = '', indices }) => {
    const at = indices?.[2] ?? indices?.[3];
    if (id !== BOOT_PLUGIN || !at) return [];
    const name = variable.slice(variable.lastIndexOf('.') + 1);
    const written =
      literal === undefined ? variables.get(name) : resolved({ text: literal, start: at[0] }, variables);
    const start = written?.start ?? at[0];
    const end = written ? start + written.text.length : at[1];
    return bootPlugin(source, vocabulary, { version: written?.text ?? null, start, end });
  });
}
