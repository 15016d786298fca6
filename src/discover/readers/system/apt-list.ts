/**
 * Files that list Debian packages, one on each line: `packages.txt` of Streamlit, `Aptfile` of Heroku's buildpack (also
 * files `*.deb` by their address), `apt.txt` of repo2docker.
 */
import type { Reader } from '../../reader.ts';
import { declareInstalled } from '../containers/declare-installed.ts';
import { packageIn } from '../containers/installed-packages.ts';

/** A word and, behind it, nothing but a comment. */
const LINE = /^[ \t\uFEFF]*([^\s#][^\s]*)[ \t]*(?:#.*)?\r?$/dgm;

export const aptList: Reader = {
  id: 'apt-list',
  matches: (path) => /(?:^|\/)(?:(?:apt[-_])?packages\.txt|\.?aptfile|apt\.txt)$/i.test(path),
  read(source, vocabulary) {
    return [...source.text.matchAll(LINE)].flatMap(({ 1: word = '', indices }) => {
      const [start] = indices?.[1] ?? [0];
      const named = packageIn(word, 'apt', vocabulary.packagesOf);
      if (!named) return [];
      const place = { start: start + named.at[0], end: start + named.at[1] };
      return declareInstalled(source, vocabulary, named, place);
    });
  },
};
