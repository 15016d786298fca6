/**
 * `deps.edn` ("Deps and CLI Reference"), Leiningen's `project.clj` and their like: EDN, of which the dependencies, the options
 * of the virtual machine and the texts are read. `#_` takes out the form that follows.
 */
import type { Declaration } from '../../../model/declaration.ts';
import type { Vocabulary } from '../../../model/vocabulary.ts';
import type { Reader } from '../../reader.ts';
import { fromJsonString } from '../../text/decoded.ts';
import type { SourceText } from '../../text/source-text.ts';
import { driverDeclaration } from '../driver-declaration.ts';
import { dataSource } from './data-source.ts';
import { javaOptions } from './java-options.ts';

export const clojure: Reader = {
  id: 'clojure',
  matches: (path) => /(?:^|\/)(?:deps\.edn|bb\.edn|shadow-cljs\.edn|project\.clj|build\.boot)$/.test(path),
  read(source, vocabulary) {
    const tokens = tokensOf(source.text);
    return tokens.flatMap((token, index) => [
      ...dependency(source, vocabulary, tokens, index),
      ...textual(source, vocabulary, token),
    ]);
  },
};

interface Token {
  readonly text: string;
  readonly start: number;
  /** The keyword before the collection that it stands in, or before one around that. */
  readonly section: string | null;
}

/** A text, a comment, the mark of a discarded form, a bracket, or anything else up to the next of these. */
const TOKEN =
  /"[^"\\]*(?:\\[\s\S][^"\\]*)*(?:"|$)|;[^\n]*|#_|[()[\]{}]|[^\s,()[\]{}"';#\uFEFF][^\s,()[\]{}"';]*|[#']/g;

const OPENS = /^[([{]$/;
const CLOSES = /^[)\]}]$/;

function tokensOf(text: string): readonly Token[] {
  /** The section of each open collection. */
  const open: (string | null)[] = [];
  let keyword: string | null = null;
  return withoutDiscarded(text).map((token) => {
    if (CLOSES.test(token.text)) open.pop();
    const section = open.at(-1) ?? null;
    if (OPENS.test(token.text)) open.push(keyword ?? section);
    keyword = token.text.startsWith(':') ? token.text : null;
    return { ...token, section };
  });
}

function withoutDiscarded(text: string): readonly Omit<Token, 'section'>[] {
  const kept: Omit<Token, 'section'>[] = [];
  /** Forms that still go, and how deep inside of one. */
  let forms = 0;
  let depth = 0;
  for (const { 0: token, index: start } of text.matchAll(TOKEN)) {
    if (token.startsWith(';')) continue;
    if (token === '#_') forms += depth === 0 ? 1 : 0;
    else if (forms === 0) kept.push({ text: token, start });
    else {
      if (OPENS.test(token)) depth += 1;
      else if (CLOSES.test(token)) depth -= 1;
      if (depth <= 0) {
        depth = 0;
        forms -= 1;
      }
    }
  }
  return kept;
}

/** Sections that only say which version counts where something else takes the library. */
const PINS = /^:(?:managed-dependencies|override-deps|default-deps)$/;

/** `group/name {:mvn/version "1"}`, `[group/name "1"]`; a name alone is its own group. */
function dependency(
  source: SourceText,
  vocabulary: Vocabulary,
  tokens: readonly Token[],
  index: number,
): Declaration[] {
  const name = tokens[index];
  if (!name || !/^[\w.-]+\/[\w.$-]+$/.test(name.text)) return [];
  const version = versionAfter(tokens, index);
  const place = version ?? name;
  return driverDeclaration(source, vocabulary, {
    ecosystem: 'maven',
    package: name.text.replace('/', ':').replace(/\$.*$/, ''),
    version: version?.text ?? null,
    role: PINS.test(name.section ?? '') ? 'pins' : 'uses',
    start: place.start,
    end: place.start + place.text.length,
  });
}

function versionAfter(tokens: readonly Token[], index: number): Omit<Token, 'section'> | null {
  const next = tokens[index + 1];
  let text = next;
  if (next?.text === '{') {
    const closed = tokens.slice(index + 2, index + 30);
    const at = closed.findIndex(({ text }) => text === ':mvn/version' || text === '}');
    text = closed[at]?.text === ':mvn/version' ? closed[at + 1] : undefined;
  }
  const value = /^"([^"\\]+)"$/.exec(text?.text ?? '')?.[1];
  return text && value !== undefined ? { text: value, start: text.start + 1 } : null;
}

/** `:jvm-opts ["-D…"]`, and URLs of data sources wherever they stand. */
function textual(source: SourceText, vocabulary: Vocabulary, { text, start }: Token): readonly Declaration[] {
  if (!/^".+"$/s.test(text)) return [];
  const value = fromJsonString(source, start + 1, start + text.length - 1);
  return [...dataSource(source, vocabulary, value), ...javaOptions(source, value)];
}
