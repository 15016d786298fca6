/** `Brewfile` of Homebrew Bundle: Ruby, of which the lines `brew "name"` are read ("brew bundle"). */
import type { Reader } from '../../reader.ts';
import { declareInstalled } from '../containers/declare-installed.ts';
import { packageIn } from '../containers/installed-packages.ts';

const BREW = /^[ \t\uFEFF]*brew[ \t(]+(?:"([^"\n]*)"|'([^'\n]*)')/dgm;

export const brewfile: Reader = {
  id: 'brewfile',
  matches: (path) => /(?:^|\/)\.?brewfile(?:\.[\w-]+)?$/i.test(path) && !/\.lock/.test(path),
  read(source, vocabulary) {
    return [...source.text.matchAll(BREW)].flatMap((match) => {
      const [start] = match.indices?.[1] ?? match.indices?.[2] ?? [0];
      const named = packageIn(match[1] ?? match[2] ?? '', 'brew', vocabulary.packagesOf);
      if (!named) return [];
      const place = { start: start + named.at[0], end: start + named.at[1] };
      return declareInstalled(source, vocabulary, named, place);
    });
  },
};
