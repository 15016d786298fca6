/** `DESCRIPTION` ("Writing R Extensions", Package Dependencies) and `renv.lock` (renv, "Lockfiles"). */
import type { Reader } from '../../reader.ts';
import { entriesOf, member, readJson, stringRange } from '../../text/json-tree.ts';
import { driverDeclaration } from '../driver-declaration.ts';

/** A field with its continuation lines, which begin with a blank. */
const FIELD = /^(?:Depends|Imports|Suggests|LinkingTo|Enhances):([^\n]*(?:\n[ \t]+\S[^\n]*)*)/dgm;
/** `name`, `name (>= 1.2)`. */
const PACKAGE = /([A-Za-z][\w.]*)[ \t\r\n]*(?:\([ \t]*((?:>=|<=|==|>|<)[ \t]*[\d.-]+)[ \t]*\))?/dg;

export const rDescription: Reader = {
  id: 'r-description',
  matches: (path) => /(?:^|\/)DESCRIPTION$/.test(path),
  read(source, vocabulary) {
    return [...source.text.matchAll(FIELD)].flatMap(({ 1: list = '', indices }) => {
      const at = indices?.[1]?.[0] ?? 0;
      return [...list.matchAll(PACKAGE)].flatMap(({ 1: name = '', 2: range, indices: places }) => {
        const [start = 0, end = 0] = (range === undefined ? places?.[1] : places?.[2]) ?? [];
        return driverDeclaration(source, vocabulary, {
          ecosystem: 'cran',
          package: name,
          version: range?.replace(/[ \t]+/g, '') ?? null,
          role: 'uses',
          start: at + start,
          end: at + end,
        });
      });
    });
  },
};

export const renvLock: Reader = {
  id: 'renv-lock',
  matches: (path) => /(?:^|\/)renv\.lock$/.test(path),
  read(source, vocabulary) {
    return entriesOf(member(readJson(source), 'Packages')).flatMap(([name, node]) => {
      const version = member(node, 'Version');
      if (version?.type !== 'string') return [];
      return driverDeclaration(source, vocabulary, {
        ecosystem: 'cran',
        package: name,
        version: String(version.value),
        role: 'pins',
        ...stringRange(version),
      });
    });
  },
};
