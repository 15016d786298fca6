/** `ivy.xml` (Apache Ivy, "ivy file"): `<dependency org= name= rev=>`. */
import type { Reader } from '../../reader.ts';
import { attribute, descendants, readXml } from '../../text/xml.ts';
import { driverDeclaration } from '../driver-declaration.ts';

export const ivy: Reader = {
  id: 'ivy',
  matches: (path) => /(?:^|\/)ivy[^/]*\.xml$/i.test(path),
  read(source, vocabulary) {
    const elements = [...descendants(readXml(source))];
    return elements.flatMap((element) => {
      const module = attribute(element, 'name') ?? attribute(element, 'module');
      const revision = attribute(element, 'rev');
      const isOverride = element.name === 'override';
      if ((element.name !== 'dependency' && !isOverride) || !module) return [];
      // Without an organisation it is the file's own.
      const org = attribute(element, 'org')?.value ?? '';
      const resolved = revision && !/\$\{|^latest\./.test(revision.value) ? revision.value : null;
      return driverDeclaration(source, vocabulary, {
        ecosystem: 'maven',
        package: `${org}:${module.value}`,
        version: resolved,
        role: isOverride ? 'pins' : 'uses',
        ...(revision && revision.value !== '' ? revision.range : module.range),
      });
    });
  },
};
