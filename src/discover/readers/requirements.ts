/** pip's requirements and constraints files (pip documentation, "Requirements File Format"; PEP 508). */
import type { Reader } from '../reader.ts';
import { driverDeclaration } from './driver-declaration.ts';

/** Name, extras, then the version specifiers up to a marker, hash, comment or the end of the line. */
const REQUIREMENT =
  /^[ \t\uFEFF]*([A-Za-z0-9][\w.-]*)[ \t]*(?:\[[^\]\n]*\])?[ \t]*(\(?[=<>~!][^;#\n\\]*)?/dgm;

export const requirements: Reader = {
  id: 'requirements',
  matches: (path) =>
    /(?:^|\/)(?:[^/]*requirements[^/]*|constraints[^/]*)\.(?:txt|in)$|(?:^|\/)requirements\/[^/]+\.txt$/i.test(
      path,
    ),
  read(source, vocabulary) {
    const role = /(?:^|\/)constraints[^/]*$/i.test(source.file) ? 'pins' : 'uses';
    return [...source.text.matchAll(REQUIREMENT)].flatMap((match) => {
      const [, name, specifier] = match;
      const nameAt = match.indices?.[1];
      const specifierAt = match.indices?.[2];
      if (!name || !nameAt) return [];
      const version = specifier && specifierAt ? versionOf(specifier.trimEnd(), specifierAt[0]) : null;
      return driverDeclaration(source, vocabulary, {
        ecosystem: 'pypi',
        package: name,
        version: version?.text ?? null,
        role,
        start: version?.start ?? nameAt[0],
        end: version ? version.start + version.text.length : nameAt[1],
      });
    });
  },
};

/** `==5.2.0` is one version; anything else is a set, and stands as it is written, without the brackets of `(>=4,<5)`. */
function versionOf(written: string, from: number): { text: string; start: number } {
  const options = written.search(/[ \t]--/);
  const specifier = options < 0 ? written : written.slice(0, options).trimEnd();
  const exact = /^===?[ \t]*([\w.+!-]+)$/.exec(specifier)?.[1];
  if (exact !== undefined) return { text: exact, start: from + specifier.length - exact.length };
  const bracketed = /^\((.*)\)$/.exec(specifier)?.[1];
  return bracketed === undefined ? { text: specifier, start: from } : { text: bracketed, start: from + 1 };
}
