/** `setup.cfg` of setuptools ("Configuring setuptools using setup.cfg files"): lists hang below their key, or stand behind it with `;`. */
import type { Declaration } from '../../../model/declaration.ts';
import type { Vocabulary } from '../../../model/vocabulary.ts';
import type { Reader } from '../../reader.ts';
import type { SourceText } from '../../text/source-text.ts';
import { runtimeDeclaration } from '../runtime-declaration.ts';
import { declareRequirements } from './declare-requirements.ts';

export const setupCfg: Reader = {
  id: 'setup-cfg',
  matches: (path) => /(?:^|\/)setup\.cfg$/.test(path),
  read(source, vocabulary) {
    return [...valuesOf(source.text)].flatMap((value) => declared(source, vocabulary, value));
  },
};

/** One line of a value. */
interface Value {
  readonly section: string;
  readonly key: string;
  /** It stands behind its key, not below. */
  readonly inline: boolean;
  readonly start: number;
  readonly end: number;
}

const SECTION = /^\[([^\]\n]+)\]/;
const KEY = /^([\w.-]+)[ \t]*[=:][ \t]*/;

function* valuesOf(text: string): Generator<Value> {
  let section = '';
  let key = '';
  let next = 0;
  for (const raw of text.split('\n')) {
    const start = next;
    next += raw.length + 1;
    const line = raw.trimEnd();
    if (/^\s*(?:[#;]|$)/.test(line)) continue;
    const header = SECTION.exec(line)?.[1];
    const assigned = KEY.exec(line);
    if (header !== undefined) [section, key] = [header, ''];
    else if (assigned) key = assigned[1] ?? '';
    else if (!/^[ \t]/.test(line)) continue;
    const from = header === undefined ? (assigned?.[0].length ?? 0) : line.length;
    if (from < line.length)
      yield { section, key, inline: assigned !== null, start: start + from, end: start + line.length };
  }
}

const LISTS = new Set(['install_requires', 'setup_requires', 'tests_require']);

function declared(source: SourceText, vocabulary: Vocabulary, value: Value): Declaration[] {
  const { section, key, inline, start, end } = value;
  if (section === 'options' && key === 'python_requires' && inline) {
    const version = source.text.slice(start, end);
    return [runtimeDeclaration(source, { platform: 'python', version, lowerBound: true, start, end })];
  }
  const isList = section === 'options.extras_require' || (section === 'options' && LISTS.has(key));
  if (!isList) return [];
  // Below its key a `;` begins a marker.
  return (inline ? pieces(source.text, start, end) : [[start, end] as const]).flatMap(([from, to]) =>
    declareRequirements(source, vocabulary, from, to),
  );
}

/** The places between one `;` and the next. */
function pieces(text: string, start: number, end: number): readonly (readonly [number, number])[] {
  let next = start;
  return text
    .slice(start, end)
    .split(';')
    .map((piece) => {
      const from = next;
      next += piece.length + 1;
      return [from, from + piece.length] as const;
    });
}
