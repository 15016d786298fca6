/** `Brewfile` of Homebrew Bundle: Ruby, of which the lines `brew "name"` are read ("brew bundle"). */
import type { Reader } from '../../reader.ts';
import { packageIn } from '../containers/installed-packages.ts';
import { driverDeclaration } from '../driver-declaration.ts';

const BREW = /^[ \t\uFEFF]*brew[ \t(]+(?:"([^"\n]*)"|'([^'\n]*)')/dgm;

export const brewfile: Reader = {
  id: 'brewfile',
  matches: (path) => /(?:^|\/)\.?brewfile(?:\.[\w-]+)?$/i.test(path) && !/\.lock/.test(path),
  read(source, vocabulary) {
    return [...source.text.matchAll(BREW)].flatMap((match) => {
      const [start] = match.indices?.[1] ?? match.indices?.[2] ?? [0];
      const named = packageIn(match[1] ?? match[2] ?? '', 'brew', vocabulary.packagesOf);
      if (!named) return [];
      const { ecosystem, name, version, at } = named;
      return driverDeclaration(source, vocabulary, {
        ecosystem,
        package: name,
        version,
        role: 'uses',
        start: start + at[0],
        end: start + at[1],
      });
    });
  },
};
