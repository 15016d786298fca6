/** A requirement as Python's packaging writes it: a name, extras, version specifiers, a marker (PEP 508, PEP 440). */

/** Name, extras, then the version specifiers up to a marker, hash, comment or the end of the line. */
const REQUIREMENT =
  /^[ \t\uFEFF]*([A-Za-z0-9][\w.-]*)[ \t]*(?:\[[^\]\n]*\])?[ \t]*(\(?[=<>~!][^;#\n\\]*)?/dgm;

export interface Requirement {
  /** As written. */
  readonly name: string;
  /** One version, or specifiers as written; `null` when there are none. */
  readonly version: string | null;
  /** Offsets of the version in the text, else of the name. */
  readonly start: number;
  readonly end: number;
}

/** The requirements of a text that has one per line. */
export function requirementsIn(text: string): Requirement[] {
  return [...text.matchAll(REQUIREMENT)].flatMap((match): Requirement[] => {
    const [, name, specifier] = match;
    const nameAt = match.indices?.[1];
    const specifierAt = match.indices?.[2];
    if (!name || !nameAt) return [];
    if (!specifier || !specifierAt) return [{ name, version: null, start: nameAt[0], end: nameAt[1] }];
    const { text: version, start } = versionOf(specifier.trimEnd(), specifierAt[0]);
    return [{ name, version, start, end: start + version.length }];
  });
}

/** `==5.2.0` is one version; anything else is a set, and stands as it is written, without the brackets of `(>=4,<5)`. */
export function versionOf(written: string, from: number): { text: string; start: number } {
  const options = written.search(/[ \t]--/);
  const specifier = options < 0 ? written : written.slice(0, options).trimEnd();
  const exact = /^===?[ \t]*([\w.+!-]+)$/.exec(specifier)?.[1];
  if (exact !== undefined) return { text: exact, start: from + specifier.length - exact.length };
  const bracketed = /^\((.*)\)$/.exec(specifier)?.[1];
  return bracketed === undefined ? { text: specifier, start: from } : { text: bracketed, start: from + 1 };
}
