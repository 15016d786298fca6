/** `yarn.lock`, classic (version 1) and Berry (YAML): exact versions of every package that is installed. */
import type { Reader } from '../../reader.ts';
import { driverDeclaration } from '../driver-declaration.ts';

/** `"@scope/name@range", name@npm:range:` begins an entry; its version stands two blanks deep. */
const ENTRY =
  /^"?((?:@[\w.-]+\/)?[\w.-]+)@(?:npm:((?:@[\w.-]+\/)?[\w.-]+)@(?=\d|[\^~<>=*v]))?[^\n]*:[ \t]*\r?$/m;
const VERSION = /^ {2}"?version"?:? "?([\w.+-]+)"?[ \t]*\r?$/dm;

export const yarnLock: Reader = {
  id: 'yarn-lock',
  matches: (path) => /(?:^|\/)yarn\.lock$/.test(path),
  read(source, vocabulary) {
    let start = 0;
    return source.text.split(/(?<=\n)(?=\S)/).flatMap((block) => {
      const at = start;
      start += block.length;
      const head = ENTRY.exec(block.slice(0, block.indexOf('\n') + 1));
      const version = head && VERSION.exec(block);
      const place = version?.indices?.[1];
      // A package of the workspace itself has no version of the registry.
      if (!head || !version || !place || version[1] === '0.0.0-use.local') return [];
      return driverDeclaration(source, vocabulary, {
        ecosystem: 'npm',
        package: head[2] ?? head[1] ?? '',
        version: version[1] ?? null,
        role: 'pins',
        start: at + place[0],
        end: at + place[1],
      });
    });
  },
};
