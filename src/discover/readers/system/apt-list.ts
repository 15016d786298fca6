/**
 * Files that list Debian packages, one on each line: `packages.txt` of Streamlit, `Aptfile` of Heroku's buildpack (also
 * files `*.deb` by their address), `apt.txt` of repo2docker.
 */
import type { Reader } from '../../reader.ts';
import { packageIn } from '../containers/installed-packages.ts';
import { driverDeclaration } from '../driver-declaration.ts';

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
