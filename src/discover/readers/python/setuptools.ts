/**
 * `setup.cfg` and `setup.py` (Setuptools, "Dependencies Management"): `install_requires`, `extras_require` and what else lists
 * requirements, as far as they are literals. No program is run.
 */
import type { DriverDeclaration } from '../../../model/declaration.ts';
import type { Vocabulary } from '../../../model/vocabulary.ts';
import type { Reader } from '../../reader.ts';
import type { SourceText } from '../../text/source-text.ts';
import { driverDeclaration } from '../driver-declaration.ts';
import { withoutComments } from '../source/without-comments.ts';
import { requirementsIn } from './python-requirement.ts';

/** A key of a section that lists requirements, with its continuation lines. */
const LISTS =
  /^(?:install_requires|setup_requires|tests_require)[ \t]*[=:]((?:[^\n]*)(?:\n[ \t]+[^\n]*|\n[ \t]*(?=\n))*)/dgm;
const EXTRAS = /^\[options\.extras_require\][^\n]*\n((?:(?!\[)[^\n]*(?:\n|$))*)/dgm;
/** `name =` at the beginning of an extra. */
const EXTRA_NAME = /^[\w.-]+[ \t]*=/;

export const setupCfg: Reader = {
  id: 'setup-cfg',
  matches: (path) => /(?:^|\/)setup\.cfg$/.test(path),
  read: (source, vocabulary) =>
    [...source.text.matchAll(LISTS), ...source.text.matchAll(EXTRAS)].flatMap(({ 1: list = '', indices }) => {
      let start = indices?.[1]?.[0] ?? 0;
      return list.split('\n').flatMap((line) => {
        const at = start;
        start += line.length + 1;
        const code = line.replace(/#.*$/, '').replace(EXTRA_NAME, (name) => ' '.repeat(name.length));
        return requirementAt(source, vocabulary, code, at);
      });
    }),
};

const ARGUMENT = /\b(?:install_requires|extras_require|setup_requires|tests_require)\s*=\s*([[{(])/g;
const TEXT = /(["'])((?:\\.|(?!\1)[^\\\n])*)\1/dg;
/** Longer lists are not looked through. */
const REACH = 10_000;
const CLOSING: Readonly<Record<string, string>> = { '[': ']', '{': '}', '(': ')' };

export const setupPy: Reader = {
  id: 'setup-py',
  matches: (path) => /(?:^|\/)setup\.py$/.test(path),
  read(source, vocabulary) {
    const code = withoutComments(source);
    return [...code.matchAll(ARGUMENT)].flatMap(({ 0: whole, 1: opening = '', index }) => {
      const from = index + whole.length;
      const list = code.slice(from, closingOf(code, from, opening));
      return [...list.matchAll(TEXT)].flatMap(({ 2: text = '', indices }) =>
        requirementAt(source, vocabulary, text, from + (indices?.[2]?.[0] ?? 0)),
      );
    });
  },
};

/** Where the bracket closes that opened before `from`; brackets in texts count too, which people balance. */
function closingOf(code: string, from: number, opening: string): number {
  let depth = 1;
  const end = Math.min(code.length, from + REACH);
  for (let at = from; at < end; at += 1) {
    if (code[at] === opening) depth += 1;
    if (code[at] === CLOSING[opening]) depth -= 1;
    if (depth === 0) return at;
  }
  return end;
}

function requirementAt(
  source: SourceText,
  vocabulary: Vocabulary,
  text: string,
  at: number,
): DriverDeclaration[] {
  return requirementsIn(text).flatMap(({ name, version, start, end }) =>
    driverDeclaration(source, vocabulary, {
      ecosystem: 'pypi',
      package: name,
      version,
      role: 'uses',
      start: at + start,
      end: at + end,
    }),
  );
}
