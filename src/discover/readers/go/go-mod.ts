/** `go.mod` ("Go Modules Reference", go.mod files): what a module requires, and which Go builds it. */
import type { Declaration, TlsPolicyDeclaration } from '../../../model/declaration.ts';
import type { Vocabulary } from '../../../model/vocabulary.ts';
import type { Reader } from '../../reader.ts';
import type { SourceText } from '../../text/source-text.ts';
import { driverDeclaration } from '../driver-declaration.ts';
import { runtimeDeclaration } from '../runtime-declaration.ts';
import { godebugSettings } from './godebug.ts';

export const goMod: Reader = {
  id: 'go-mod',
  matches: (path) => /(?:^|\/)go\.(?:mod|work)$/.test(path),
  read(source, vocabulary) {
    const lines = directivesOf(source.text);
    const replaced = replacements(lines);
    return [
      ...lines
        .filter(({ directive }) => directive === 'require')
        .flatMap(({ words }) => required(source, vocabulary, words, replaced)),
      ...goVersion(source, lines),
      ...lines.filter(({ directive }) => directive === 'godebug').flatMap((line) => debugOf(source, line)),
    ];
  },
};

interface Word {
  readonly text: string;
  readonly start: number;
}

interface Line {
  readonly directive: string;
  readonly words: readonly Word[];
}

/** Lines with the directive they belong to, a block's or their own; comments left out. */
function directivesOf(text: string): readonly Line[] {
  const lines: Line[] = [];
  let block: string | null = null;
  let start = 0;
  for (const line of text.split('\n')) {
    const words = wordsOf(line, start);
    start += line.length + 1;
    const [first, second] = words;
    if (!first) continue;
    if (block !== null && first.text === ')') block = null;
    else if (block !== null) lines.push({ directive: block, words });
    else if (second?.text === '(') block = first.text;
    else lines.push({ directive: first.text, words: words.slice(1) });
  }
  return lines;
}

/** Separated by blanks, in double quotes or backquotes if need be. A BOM is a blank. */
function wordsOf(line: string, start: number): readonly Word[] {
  const code = line.replace(/\/\/.*$/, '');
  return [...code.matchAll(/[^\s"`\uFEFF]+|"[^"]*"|`[^`]*`/g)].map(({ 0: word, index }) => {
    const quoted = /^["`]/.test(word) ? 1 : 0;
    return { text: word.slice(quoted, word.length - quoted), start: start + index + quoted };
  });
}

interface Replacement {
  readonly name: Word;
  /** `null` for a folder. */
  readonly version: Word | null;
}

/** `replace a [v1] => b [v2]`, by the module that is replaced. */
function replacements(lines: readonly Line[]): ReadonlyMap<string, Replacement> {
  const found = new Map<string, Replacement>();
  for (const { directive, words } of lines) {
    const arrow = directive === 'replace' ? words.findIndex(({ text }) => text === '=>') : -1;
    const [from, name, version] = [words[0], words[arrow + 1], words[arrow + 2]];
    if (arrow > 0 && from && name) found.set(from.text, { name, version: version ?? null });
  }
  return found;
}

/** Where a module is replaced by another or by a folder, only that one's version counts. */
function required(
  source: SourceText,
  vocabulary: Vocabulary,
  [name, version]: readonly Word[],
  replaced: ReadonlyMap<string, Replacement>,
): Declaration[] {
  if (!name) return [];
  const other = replaced.get(name.text);
  const known = other && vocabulary.driverOfPackage('go', other.name.text) !== undefined;
  const place = other ? other.version : version;
  const { text, start } = place ?? name;
  return driverDeclaration(source, vocabulary, {
    ecosystem: 'go',
    package: known ? other.name.text : name.text,
    version: place && (!other || known || other.name.text.includes('.')) ? place.text : null,
    role: 'uses',
    start,
    end: start + text.length,
  });
}

/** The toolchain is what builds; the `go` line alone only says the least. */
function goVersion(source: SourceText, lines: readonly Line[]): Declaration[] {
  const word = (directive: string) => lines.find((line) => line.directive === directive)?.words[0];
  const toolchain = word('toolchain');
  const version = /^go(\d[\w.]*)/.exec(toolchain?.text ?? '')?.[1];
  if (toolchain && version !== undefined) {
    const start = toolchain.start + 2;
    return [
      runtimeDeclaration(source, {
        platform: 'go',
        version,
        lowerBound: false,
        start,
        end: start + version.length,
      }),
    ];
  }
  const least = word('go');
  if (!least || !/^\d/.test(least.text)) return [];
  const { text, start } = least;
  return [
    runtimeDeclaration(source, {
      platform: 'go',
      version: text,
      lowerBound: true,
      start,
      end: start + text.length,
    }),
  ];
}

/** `godebug name=value`, from Go 1.23 on. */
function debugOf(source: SourceText, { words }: Line): TlsPolicyDeclaration[] {
  return words.flatMap(({ text, start }) => godebugSettings(source, text, start));
}
