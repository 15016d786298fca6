/** mise's `mise.toml` ("Configuration", `[tools]`): runtimes by name, as a version, a list of them, or a table with one. */
import type { Reader } from '../../reader.ts';
import { entriesOf, get, itemsOf, readToml, textOf } from '../../text/toml-tree.ts';
import { runtimeOf, TOOLS } from './version-files.ts';

export const mise: Reader = {
  id: 'mise',
  matches: (path) => /(?:^|\/)(?:\.?mise(?:\.[\w-]+)?|\.?mise\/config)\.toml$/.test(path),
  read(source) {
    return [...entriesOf(get(readToml(source), 'tools'))].flatMap(([tool, { value }]) => {
      const platform = TOOLS[tool.replace(/^core:/, '')];
      // Of several versions the first counts.
      const [first = value] = itemsOf(value);
      const version = textOf(first) ?? textOf(get(first, 'version'));
      return platform && version?.value ? [runtimeOf(source, platform, version.start, version.end)] : [];
    });
  },
};
