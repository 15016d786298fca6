/** A TOML file as readers walk it: tables put together from their headers and dotted keys, strings with their place (TOML 1.0). */
import { type AST, ParseError, parseTOML } from 'toml-eslint-parser';
import { Unreadable } from '../reader.ts';
import type { SourceText } from './source-text.ts';

export interface TomlText {
  /** Quotes and escapes removed. */
  readonly value: string;
  /** Offsets of the text inside its quotes. */
  readonly start: number;
  readonly end: number;
}

export interface TomlEntry {
  /** The last part of the key. */
  readonly key: TomlText;
  readonly value: TomlValue;
}

type TomlTable = Map<string, TomlEntry>;
/** An inline table or array stays the parser's node until somebody looks into it: no depth to run out of. */
export type TomlValue = TomlTable | TomlTable[] | AST.TOMLContentNode;

/** Lockfiles reach a megabyte; the parser keeps every token of a file. */
const MAX_LENGTH = 4 * 1024 * 1024;
/** Headers and dotted keys of people have a handful of parts. */
const MAX_KEYS = 100;
/** Brackets within brackets. */
const MAX_DEPTH = 100;
/** The largest lockfiles have some thousand tables. */
const MAX_TABLES = 10_000;

/** The table at the top. @throws {Unreadable} at the parser's first error. */
export function readToml(source: SourceText): TomlValue {
  if (source.text.length > MAX_LENGTH) throw new Unreadable('the file is larger than 4 MB of TOML', 0);
  boundedBrackets(source.text);
  const root: TomlTable = new Map();
  for (const node of parse(source.text).body[0].body) {
    if (node.type === 'TOMLKeyValue') put(root, node);
    else for (const pair of [null, ...node.body]) putUnder(root, node, pair);
  }
  return root;
}

/** Keys and values of a table; none for anything else. */
export function entriesOf(value: TomlValue | undefined): ReadonlyMap<string, TomlEntry> {
  if (value instanceof Map) return value;
  const table: TomlTable = new Map();
  if (value && !Array.isArray(value) && value.type === 'TOMLInlineTable')
    for (const pair of value.body) put(table, pair);
  return table;
}

/** The value under a path of keys; `undefined` when there is none. */
export function get(value: TomlValue | undefined, ...keys: readonly string[]): TomlValue | undefined {
  return keys.reduce<TomlValue | undefined>((at, key) => entriesOf(at).get(key)?.value, value);
}

/** The elements of an array or the tables of an array of tables; none for anything else. */
export function itemsOf(value: TomlValue | undefined): readonly TomlValue[] {
  if (Array.isArray(value)) return value;
  return value && !(value instanceof Map) && value.type === 'TOMLArray' ? value.elements : [];
}

/** `null` for anything but a string. */
export function textOf(value: TomlValue | undefined): TomlText | null {
  if (!value || value instanceof Map || Array.isArray(value)) return null;
  if (value.type !== 'TOMLValue' || value.kind !== 'string') return null;
  const quotes = value.multiline ? 3 : 1;
  return { value: value.value, start: value.range[0] + quotes, end: value.range[1] - quotes };
}

/** Texts and comments as a whole, then brackets; what is never closed ends with its line, or with the file. */
const BRACKETS =
  /"""[^"\\]*(?:(?:\\[\s\S]?|"(?!""))[^"\\]*)*(?:"""|(?![\s\S]))|'''[^']*(?:'(?!'')[^']*)*(?:'''|(?![\s\S]))|"[^"\\\n]*(?:\\.?[^"\\\n]*)*"?|'[^'\n]*'?|#[^\n]*|^[ \t]*\[|[[{\]}]/gm;

/** Asked before the parser is, which takes long for what it refuses in the end. */
function boundedBrackets(text: string): void {
  let depth = 0;
  let tables = 0;
  for (const { 0: token, index } of text.matchAll(BRACKETS)) {
    if (/^\s*\[$|^\{$/.test(token)) {
      if (depth === 0 && startsLine(text, index)) tables += 1;
      depth += 1;
    } else if (token === ']' || token === '}') depth = Math.max(0, depth - 1);
    if (depth > MAX_DEPTH) throw new Unreadable('nested too deeply', index);
    if (tables > MAX_TABLES) throw new Unreadable(`more than ${MAX_TABLES} tables`, index);
  }
}

const startsLine = (text: string, at: number) => at === 0 || text[at - 1] === '\n';

function parse(text: string): AST.TOMLProgram {
  try {
    return parseTOML(text.replace(/^\uFEFF/, ' '));
  } catch (error) {
    if (error instanceof RangeError) throw new Unreadable('nested too deeply', 0);
    if (!(error instanceof ParseError)) throw error;
    // Some messages may quote the text, which may hold a secret.
    const reason = error.message.replace(/["'`].*$/s, '').trim();
    throw new Unreadable(reason, Math.min(error.index, text.length));
  }
}

/** Under the table of a header; `null` makes the table alone. The last part of an array's path is the number of the table. */
function putUnder(root: TomlTable, { key, resolvedKey }: AST.TOMLTable, pair: AST.TOMLKeyValue | null): void {
  bounded(key);
  let at: TomlTable | undefined = root;
  let written = 0;
  for (const [index, part] of resolvedKey.entries()) {
    if (typeof part === 'number' || !at) continue;
    const entry: TomlEntry = at.get(part) ?? {
      key: keyText(key.keys[written]),
      value: typeof resolvedKey[index + 1] === 'number' ? [] : new Map(),
    };
    at.set(part, entry);
    written += 1;
    at = tableOf(entry.value, resolvedKey[index + 1]);
  }
  if (at && pair) put(at, pair);
}

function put(table: TomlTable, { key, value }: AST.TOMLKeyValue): void {
  bounded(key);
  let at: TomlTable | undefined = table;
  for (const [index, part] of key.keys.entries()) {
    const text = keyText(part);
    const last = index === key.keys.length - 1;
    const entry: TomlEntry = at.get(text.value) ?? { key: text, value: last ? value : new Map() };
    at.set(text.value, entry);
    at = tableOf(entry.value, undefined);
    if (!at) return;
  }
}

/** The table that a key leads to, the numbered one of an array; `undefined` where the file has something else. */
function tableOf(value: TomlValue, index: string | number | undefined): TomlTable | undefined {
  if (value instanceof Map) return value;
  if (!Array.isArray(value) || typeof index !== 'number') return undefined;
  const table = value[index] ?? new Map();
  value[index] = table;
  return table;
}

function bounded({ keys, range }: AST.TOMLKey): void {
  if (keys.length > MAX_KEYS) throw new Unreadable('nested too deeply', range[0]);
}

function keyText(node: AST.TOMLBare | AST.TOMLQuoted | undefined): TomlText {
  if (!node) return { value: '', start: 0, end: 0 };
  const [start, end] = node.range;
  if (node.type === 'TOMLBare') return { value: node.name, start, end };
  return { value: node.value, start: start + 1, end: end - 1 };
}
