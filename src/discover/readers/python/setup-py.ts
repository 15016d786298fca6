/**
 * `setup.py` of setuptools ("Dependencies management"): the texts that stand as such in the lists of requirements. The
 * program is not run: what is computed, joined or read from a file declares nothing.
 */
import type { Declaration } from '../../../model/declaration.ts';
import type { Vocabulary } from '../../../model/vocabulary.ts';
import type { Reader } from '../../reader.ts';
import type { SourceText } from '../../text/source-text.ts';
import { runtimeDeclaration } from '../runtime-declaration.ts';
import { declareRequirements } from './declare-requirements.ts';
import { type PythonToken, pythonTokens } from './python-tokens.ts';

const LISTS = new Set(['install_requires', 'extras_require', 'setup_requires', 'tests_require']);

export const setupPy: Reader = {
  id: 'setup-py',
  words: /(?:install|setup|python)_requires|(?:extras|tests)_require/,
  matches: (path) => /(?:^|\/)setup\.py$/.test(path),
  read(source, vocabulary) {
    const tokens = pythonTokens(source.text);
    return tokens.flatMap((token, index): Declaration[] => {
      if (!isMark(tokens[index + 1], '=', ':')) return [];
      const value = tokens[index + 2];
      if (token.text === 'python_requires') return pythonOf(source, value);
      return LISTS.has(token.text) ? listed(source, vocabulary, tokens, index + 2) : [];
    });
  },
};

const isMark = (token: PythonToken | undefined, ...marks: readonly string[]): boolean =>
  token?.kind === 'mark' && marks.includes(token.text);

function pythonOf(source: SourceText, value: PythonToken | undefined): Declaration[] {
  if (value?.kind !== 'text' || value.text === '') return [];
  const { text: version, start, end } = value;
  return [runtimeDeclaration(source, { platform: 'python', version, lowerBound: true, start, end })];
}

/** The texts of the list, or of the lists of the dictionary, that begins at `from`. */
function listed(
  source: SourceText,
  vocabulary: Vocabulary,
  tokens: readonly PythonToken[],
  from: number,
): Declaration[] {
  const found: Declaration[] = [];
  /** For each open bracket: is it that of a list, and no call or index? */
  const open: boolean[] = [];
  for (let index = from; index < tokens.length; index += 1) {
    const token = tokens[index];
    const before = tokens[index - 1];
    if (!token) break;
    if (isMark(token, '[', '(', '{')) {
      const plain = isMark(before, '=', ':', ',', '[', '(', '{');
      open.push(plain && open.at(-1) !== false);
    } else if (isMark(token, ']', ')', '}')) open.pop();
    else if (token.kind === 'text' && open.at(-1) && isElement(before, tokens[index + 1]))
      found.push(...declareRequirements(source, vocabulary, token.start, token.end));
    if (open.length === 0) break;
  }
  return found;
}

/** Alone between its commas or brackets; a key is none. */
const isElement = (before: PythonToken | undefined, after: PythonToken | undefined): boolean =>
  isMark(before, '[', '(', '{', ',', ':') && isMark(after, ']', ')', '}', ',');
