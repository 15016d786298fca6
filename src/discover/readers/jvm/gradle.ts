/**
 * Gradle build scripts, Groovy and Kotlin ("Declaring dependencies" of the Gradle manual): a program, of which only the
 * literals are read. A version may be a variable of the same file.
 */
import type { Declaration } from '../../../model/declaration.ts';
import type { Vocabulary } from '../../../model/vocabulary.ts';
import type { Reader } from '../../reader.ts';
import type { SourceText } from '../../text/source-text.ts';
import { driverDeclaration } from '../driver-declaration.ts';

/**
 * A text, with its quotes, or a comment: whichever begins first, so that `//` in a text is no comment. One that is never
 * closed goes to the end, or each of many would be searched for its own.
 */
const TEXT_OR_COMMENT =
  /"""[\s\S]*?(?:"""|$)|'''[\s\S]*?(?:'''|$)|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/g;
/** `group:name`, `group:name:version`, with a classifier or `@ext` behind. */
const NOTATION = /^([\w.-]+:[\w.-]+)(?::([^:@\s]+))?(?::[\w.-]+)?(?:@\w+)?$/;
/** `group: 'a', name: 'b', version: 'c'`, and `group = "a"` in Kotlin, on one line or several. */
const MAP =
  /\bgroup\s*[:=]\s*(["'])([\w.-]+)\1\s*,\s*name\s*[:=]\s*(["'])([\w.-]+)\3(?:\s*,\s*version\s*[:=]\s*(["'])([^"'\n]+)\5)?/dg;
/** `def x = '1'`, `val x: String = "1"`, `ext.x = '1'`, `x = '1'`, `extra["x"] = "1"`. */
const VARIABLE =
  /(?:\b|\[["'])([A-Za-z_]\w*)(?:["']\])?(?:[ \t]*:[ \t]*\w+)?[ \t]*=[ \t]*(["'])([^"'\n$]+)\2/dg;
/** `$x`, `${x}`, `${rootProject.ext.x}`: the last name is the variable's. */
const REFERENCE = /^\$(?:\{(?:\w+\.)*(\w+)\}|(\w+))$/;

interface Written {
  readonly text: string;
  readonly start: number;
}

export const gradle: Reader = {
  id: 'gradle',
  matches: (path) => /\.gradle(?:\.kts)?$/.test(path),
  read(source, vocabulary) {
    const code = withoutComments(source.text);
    const variables = variablesOf(code);
    return [...notations(code), ...maps(code)].flatMap((found) =>
      declared(source, vocabulary, found, variables),
    );
  },
};

/** Blanks of the same length, so that places stay what they are. */
function withoutComments(text: string): string {
  return text.replace(TEXT_OR_COMMENT, (found) =>
    found.startsWith('/') ? found.replace(/[^\n]/g, ' ') : found,
  );
}

interface Dependency {
  readonly name: Written;
  readonly version: Written | null;
}

function notations(code: string): readonly Dependency[] {
  return [...code.matchAll(TEXT_OR_COMMENT)].flatMap((match) => {
    const quotes = /^("""|'''|["'])/.exec(match[0])?.[1]?.length ?? 1;
    const text = match[0].slice(quotes, -quotes);
    const [, name, version] = NOTATION.exec(text) ?? [];
    if (name === undefined) return [];
    const start = match.index + quotes;
    const at = start + name.length + 1;
    return [
      { name: { text: name, start }, version: version === undefined ? null : { text: version, start: at } },
    ];
  });
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

/** The first assignment of a name counts; what is assigned twice is left open. */
function variablesOf(code: string): ReadonlyMap<string, Written | null> {
  const variables = new Map<string, Written | null>();
  for (const match of code.matchAll(VARIABLE)) {
    const [, name, , value] = match;
    const at = match.indices?.[3];
    if (name === undefined || value === undefined || !at) continue;
    const before = variables.get(name);
    const known = before === undefined || before?.text === value;
    variables.set(name, known ? (before ?? { text: value, start: at[0] }) : null);
  }
  return variables;
}

function declared(
  source: SourceText,
  vocabulary: Vocabulary,
  { name, version }: Dependency,
  variables: ReadonlyMap<string, Written | null>,
): Declaration[] {
  const settled = version && resolved(version, variables);
  // A map's name is written without its group.
  const shown = name.text.slice(
    source.text.startsWith(name.text, name.start) ? 0 : name.text.indexOf(':') + 1,
  );
  const place = settled ?? { text: shown, start: name.start };
  return driverDeclaration(source, vocabulary, {
    ecosystem: 'maven',
    package: name.text,
    version: settled?.text ?? null,
    role: 'uses',
    start: place.start,
    end: place.start + place.text.length,
  });
}

/** `null` for a version that stands in another file, or that is computed. */
function resolved(version: Written, variables: ReadonlyMap<string, Written | null>): Written | null {
  if (!version.text.includes('$')) return version;
  const [, braced, bare] = REFERENCE.exec(version.text) ?? [];
  return variables.get(braced ?? bare ?? '') ?? null;
}
