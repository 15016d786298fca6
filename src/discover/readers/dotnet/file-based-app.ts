/** File-based apps of .NET 10 ("File-based apps"): `#:package Name@Version` and `#:property` lines before the code of a `.cs` file. */
import type { Declaration } from '../../../model/declaration.ts';
import type { Reader } from '../../reader.ts';
import { driverDeclaration } from '../driver-declaration.ts';
import { frameworkDeclaration, frameworkOfMoniker } from './framework.ts';

/** Directives, a shebang, comments and blank lines; the first other line ends them. */
const HEAD = /^\uFEFF?(?:[ \t]*(?:#[:!][^\n]*|\/\/[^\n]*)?(?:\r?\n|$))*/;
const PACKAGE = /^#:package[ \t]+([\w.-]+)(?:[@ \t]+([^\s@]+))?/dgm;
const FRAMEWORK = /^#:property[ \t]+TargetFramework[ \t=]+([\w.-]+)/dgim;

export const fileBasedApp: Reader = {
  id: 'file-based-app',
  words: /#:(?:package|property)\s/,
  matches: (path) => /\.cs$/i.test(path),
  read(source, vocabulary) {
    const head = HEAD.exec(source.text.slice(0, MAX_HEAD))?.[0] ?? '';
    const packages = [...head.matchAll(PACKAGE)].flatMap(({ 1: name = '', 2: version, indices }) => {
      const [start = 0, end = 0] = indices?.[version === undefined ? 1 : 2] ?? [];
      return driverDeclaration(source, vocabulary, {
        ecosystem: 'nuget',
        package: name,
        version: version ?? null,
        role: 'uses',
        start,
        end,
      });
    });
    const frameworks = [...head.matchAll(FRAMEWORK)].flatMap(
      ({ 1: moniker = '', indices }): Declaration[] => {
        const [start = 0, end = 0] = indices?.[1] ?? [];
        return frameworkDeclaration(source, frameworkOfMoniker(moniker), start, end);
      },
    );
    return [...packages, ...frameworks];
  },
};

/** Longer heads are no directives; this bounds the expression's work. */
const MAX_HEAD = 20_000;
