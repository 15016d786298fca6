/** NuGet's `packages.config` of old-style projects. */
import type { Reader } from '../../reader.ts';
import { attribute, descendants, readXml } from '../../text/xml.ts';
import { driverDeclaration } from '../driver-declaration.ts';

export const packagesConfig: Reader = {
  id: 'packages-config',
  matches: (path) => /(?:^|\/)packages\.config$/i.test(path),
  read: (source, vocabulary) =>
    [...descendants(readXml(source))]
      .filter(({ name }) => name.toLowerCase() === 'package')
      .flatMap((element) => {
        const id = attribute(element, 'id');
        const version = attribute(element, 'version');
        if (!id) return [];
        return driverDeclaration(source, vocabulary, {
          ecosystem: 'nuget',
          package: id.value,
          version: version?.value ?? null,
          role: 'uses',
          ...(version ?? id).range,
        });
      }),
};
