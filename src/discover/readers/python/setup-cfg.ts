/** `setup.cfg` of setuptools ("Configuring setuptools using setup.cfg files"): lists hang below their key, or stand behind it with `;`. */
import type { Declaration } from '../../../model/declaration.ts';
import type { Reader } from '../../reader.ts';
import { runtimeDeclaration } from '../runtime-declaration.ts';
import { declareRequirements } from './declare-requirements.ts';

const SECTION = /^\[([^\]\n]+)\]/;
const KEY = /^([\w.-]+)[ \t]*[=:][ \t]*/;
const LISTS = new Set(['install_requires', 'setup_requires', 'tests_require']);

export const setupCfg: Reader = {
  id: 'setup-cfg',
  matches: (path) => /(?:^|\/)setup\.cfg$/.test(path),
  read(source, vocabulary) {
    const found: Declaration[] = [];
    let section = '';
    let key = '';
    let lineStart = 0;
    for (const raw of source.text.split('\n')) {
      const start = lineStart;
      lineStart += raw.length + 1;
      const line = raw.trimEnd();
      if (/^\s*[#;]/.test(line)) continue;
      const header = SECTION.exec(line);
      const assigned = KEY.exec(line);
      if (header) [section, key] = [header[1] ?? '', ''];
      else if (assigned) key = assigned[1] ?? '';
      else if (!/^[ \t]/.test(line)) continue;
      const from = start + (assigned?.[0].length ?? 0);
      const to = start + line.length;
      if (header || from >= to) continue;
      if (section === 'options.extras_require' || (section === 'options' && LISTS.has(key))) {
        for (const [begin, end] of assigned ? pieces(source.text, from, to) : [[from, to] as const])
          found.push(...declareRequirements(source, vocabulary, begin, end));
      } else if (section === 'options' && key === 'python_requires' && assigned)
        found.push(
          runtimeDeclaration(source, {
            platform: 'python',
            version: source.text.slice(from, to),
            lowerBound: true,
            start: from,
            end: to,
          }),
        );
    }
    return found;
  },
};

/** A list on the line of its key is parted by `;`. */
function pieces(text: string, from: number, to: number): readonly (readonly [number, number])[] {
  let start = from;
  return text
    .slice(from, to)
    .split(';')
    .map((piece) => {
      const begin = start;
      start += piece.length + 1;
      return [begin, begin + piece.length] as const;
    });
}
