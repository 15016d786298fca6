/** NuGet's `packages.lock.json` ("Locking dependencies"): exact versions, by target framework. */
import type { Reader } from '../../reader.ts';
import { entriesOf, member, readJson, stringRange } from '../../text/json-tree.ts';
import { driverDeclaration } from '../driver-declaration.ts';

export const packagesLock: Reader = {
  id: 'packages-lock',
  matches: (path) => /(?:^|\/)packages(?:\.[^/]+)?\.lock\.json$/i.test(path),
  read(source, vocabulary) {
    const frameworks = entriesOf(member(readJson(source), 'dependencies'));
    return frameworks.flatMap(([, packages]) =>
      entriesOf(packages).flatMap(([name, entry]) => {
        const version = member(entry, 'resolved');
        if (version?.type !== 'string') return [];
        return driverDeclaration(source, vocabulary, {
          ecosystem: 'nuget',
          package: name,
          version: String(version.value),
          role: 'pins',
          ...stringRange(version),
        });
      }),
    );
  },
};
