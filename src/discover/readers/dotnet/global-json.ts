/** `global.json` (.NET, "global.json overview"): the SDK that builds, which brings a runtime of its own version. */
import type { Reader } from '../../reader.ts';
import { member, readJson, stringRange } from '../../text/json-tree.ts';
import { runtimeDeclaration } from '../runtime-declaration.ts';

export const globalJson: Reader = {
  id: 'global-json',
  matches: (path) => /(?:^|\/)global\.json$/i.test(path),
  read(source) {
    const version = member(member(readJson(source), 'sdk'), 'version');
    const written = version?.type === 'string' ? String(version.value) : '';
    const [runtime] = /^\d+\.\d+/.exec(written) ?? [];
    if (!version || runtime === undefined) return [];
    // An SDK builds for older runtimes too; what runs is at least one that it can build for.
    return [
      runtimeDeclaration(source, {
        platform: 'dotnet',
        version: runtime,
        lowerBound: true,
        ...stringRange(version),
      }),
    ];
  },
};
