/** Build scripts in Groovy, Kotlin and Scala: programs, of which comments and literals are told apart and nothing is run. */

export interface Written {
  readonly text: string;
  readonly start: number;
}

/**
 * A text, with its quotes, or a comment: whichever begins first, so that `//` in a text is no comment. One that is never
 * closed goes to the end, or each of many would be searched for its own.
 */
const TEXT_OR_COMMENT =
  /"""[\s\S]*?(?:"""|$)|'''[\s\S]*?(?:'''|$)|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/g;

/** Blanks of the same length, so that places stay what they are. */
export function withoutComments(text: string): string {
  return text.replace(TEXT_OR_COMMENT, (found) =>
    found.startsWith('/') ? found.replace(/[^\n]/g, ' ') : found,
  );
}

/** What stands between the quotes of every literal. */
export function literalsOf(code: string): readonly Written[] {
  return [...code.matchAll(TEXT_OR_COMMENT)].map((match) => {
    const quotes = /^("""|'''|["'])/.exec(match[0])?.[1]?.length ?? 1;
    return { text: match[0].slice(quotes, -quotes), start: match.index + quotes };
  });
}

/** `def x = '1'`, `val x: String = "1"`, `ext.x = '1'`, `x = '1'`, `extra["x"] = "1"`, `set('x', "1")`. */
const VARIABLE =
  /(?:(?:\b([A-Za-z_]\w*)|\[["']([\w.-]{1,100})["']\])(?:[ \t]*:[ \t]*\w+)?[ \t]*=|\bset\([ \t]*["']([\w.-]{1,100})["'][ \t]*,)[ \t]*(["'])([^"'\n$]+)\4/dg;
/** `$x`, `${x}`, `${rootProject.ext.x}`: the last name is the variable's. */
const REFERENCE = /^\$(?:\{(?:\w+\.)*(\w+)\}|(\w+))$/;

export type Variables = ReadonlyMap<string, Written | null>;

/** The first assignment of a name counts; what is assigned twice is left open. */
export function variablesOf(code: string): Variables {
  const variables = new Map<string, Written | null>();
  for (const match of code.matchAll(VARIABLE)) {
    const [, assigned, indexed, set, , value] = match;
    const name = assigned ?? indexed ?? set;
    const at = match.indices?.[5];
    if (name === undefined || value === undefined || !at) continue;
    const before = variables.get(name);
    const known = before === undefined || before?.text === value;
    variables.set(name, known ? (before ?? { text: value, start: at[0] }) : null);
  }
  return variables;
}

/** `null` for a version that stands in another file, or that is computed. */
export function resolved(version: Written, variables: Variables): Written | null {
  if (!version.text.includes('$')) return version;
  const [, braced, bare] = REFERENCE.exec(version.text) ?? [];
  return variables.get(braced ?? bare ?? '') ?? null;
}
