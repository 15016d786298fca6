/** `runtimeconfig.template.json` and `*.runtimeconfig.json` (.NET, "Runtime configuration settings"): switches of the client. */
import type { Reader } from '../../reader.ts';
import { entriesOf, member, readJson } from '../../text/json-tree.ts';
import { switchDeclaration } from './switches.ts';

export const runtimeConfig: Reader = {
  id: 'runtime-config',
  matches: (path) => /(?:^|\/)(?:runtimeconfig\.template|[^/]+\.runtimeconfig)\.json$/i.test(path),
  read(source) {
    const root = readJson(source);
    const properties = [
      member(root, 'configProperties'),
      member(member(root, 'runtimeOptions'), 'configProperties'),
    ];
    return properties.flatMap((node) =>
      entriesOf(node).flatMap(([name, { offset, length, type }]) => {
        const quotes = type === 'string' ? 1 : 0;
        return switchDeclaration(source, name, offset + quotes, offset + length - quotes);
      }),
    );
  },
};
