/** `poetry.lock` and `uv.lock`: every `[[package]]` has its version fixed; that makes no one a client. */
import type { Reader } from '../../reader.ts';
import { get, itemsOf, readToml, textOf } from '../../text/toml-tree.ts';
import { driverDeclaration } from '../driver-declaration.ts';

export const poetryLock: Reader = {
  id: 'poetry-lock',
  matches: (path) => /(?:^|\/)(?:poetry|uv)\.lock$/.test(path),
  read(source, vocabulary) {
    return itemsOf(get(readToml(source), 'package')).flatMap((locked) => {
      const name = textOf(get(locked, 'name'));
      const version = textOf(get(locked, 'version'));
      if (!name || !version?.value) return [];
      return driverDeclaration(source, vocabulary, {
        ecosystem: 'pypi',
        package: name.value,
        version: version.value,
        role: 'pins',
        start: version.start,
        end: version.end,
      });
    });
  },
};
