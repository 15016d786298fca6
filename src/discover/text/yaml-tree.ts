/** A YAML file as readers walk it: aliases and merge keys resolved on the way, scalars with their place (YAML 1.2). */
import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Scalar,
  visit,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import { Unreadable } from '../reader.ts';
import type { SourceText } from './source-text.ts';
import { documentsOf } from './yaml-documents.ts';

export interface YamlText {
  /** Quotes and escapes removed; a number as it is written. */
  readonly value: string;
  /** Offsets of the text inside its quotes. */
  readonly start: number;
  readonly end: number;
  /** Offsets with the quotes. */
  readonly outer: { readonly start: number; readonly end: number };
}

/** Aliases may stand for aliases: a small file can mean billions of nodes. */
const MAX_ALIASES = 1000;

type Anchored = Scalar | YAMLMap | YAMLSeq;

export class YamlTree {
  readonly root: unknown;
  readonly #text: string;
  #aliases = 0;
  readonly #anchors: ReadonlyMap<string, readonly Anchored[]>;

  /** @throws {Unreadable} at the parser's first error. */
  constructor(source: SourceText, document: Document = parse(source.text)) {
    this.#text = source.text;
    this.root = document.contents;
    this.#anchors = source.text.includes('&') ? anchorsOf(document) : new Map();
  }

  /**
   * One tree per document of the file (`---`); `problems` are of those that are none.
   * @throws {Unreadable} for the file as a whole.
   */
  static documents(source: SourceText): {
    readonly trees: readonly YamlTree[];
    readonly problems: readonly Unreadable[];
  } {
    const all = documentsOf(source.text);
    const problems = all.flatMap(({ errors: [error] }) => (error ? unreadable(error) : []));
    const trees = all.filter(({ errors }) => errors.length === 0);
    return { trees: trees.map((document) => new YamlTree(source, document)), problems };
  }

  /** The node that an alias stands for; any other is itself. To look into it often counts as one alias. */
  resolved(node: unknown): unknown {
    return this.#resolve(node);
  }

  /** Keys with their values; those of merged maps (`<<: *base`) where the map has none of its own. */
  entries(node: unknown): ReadonlyMap<string, unknown> {
    const entries = new Map<string, unknown>();
    const map = this.#resolve(node);
    if (!isMap(map)) return entries;
    for (const { key, value } of map.items) {
      if (isScalar(key) && key.value === '<<') {
        for (const [name, merged] of this.#merged(value)) if (!entries.has(name)) entries.set(name, merged);
      }
    }
    for (const { key, value } of map.items) if (isScalar(key)) entries.set(String(key.value), value);
    entries.delete('<<');
    return entries;
  }

  get(node: unknown, ...keys: readonly string[]): unknown {
    return keys.reduce((at, key) => this.entries(at).get(key), node);
  }

  items(node: unknown): readonly unknown[] {
    const list = this.#resolve(node);
    return isSeq(list) ? list.items : [];
  }

  /** `null` for anything but a scalar with something in it. */
  text(node: unknown): YamlText | null {
    const scalar = this.#resolve(node);
    if (!isScalar(scalar) || !scalar.range || isNull(scalar)) return null;
    const outer = this.#written(scalar, scalar.range);
    const quotes = scalar.type === 'QUOTE_DOUBLE' || scalar.type === 'QUOTE_SINGLE' ? 1 : 0;
    return { value: String(scalar.value), start: outer.start + quotes, end: outer.end - quotes, outer };
  }

  /** A block scalar (`|`, `>-`) is its lines, without the header and the blanks around them. */
  #written({ type }: Scalar, [start, end]: readonly [number, number, number]) {
    if (type !== 'BLOCK_FOLDED' && type !== 'BLOCK_LITERAL') return { start, end };
    const lines = /^[^\n]*\n?\s*/.exec(this.#text.slice(start, end))?.[0].length ?? 0;
    return {
      start: start + lines,
      end: start + Math.max(lines, this.#text.slice(start, end).trimEnd().length),
    };
  }

  #merged(value: unknown): [string, unknown][] {
    const node = this.#resolve(value);
    const maps = isSeq(node) ? node.items : [node];
    return maps.flatMap((map) => [...this.entries(map)]);
  }

  #resolve(node: unknown): unknown {
    if (!isAlias(node)) return node;
    this.#aliases += 1;
    if (this.#aliases > MAX_ALIASES) throw new Unreadable('too many aliases', node.range?.[0] ?? 0);
    const at = node.range?.[0] ?? 0;
    const anchored = this.#anchors.get(node.source)?.findLast(({ range }) => (range?.[0] ?? 0) < at);
    if (!anchored) throw new Unreadable(`no anchor for the alias "${node.source}"`, at);
    return anchored;
  }
}

function parse(text: string): Document {
  const [document, second] = documentsOf(text);
  const [error] = document?.errors ?? [];
  if (error) throw unreadable(error);
  if (!document) throw new Unreadable('the file is empty', 0);
  if (second) throw new Unreadable('more than one document', second.range[0]);
  return document;
}

function unreadable({ code, message, pos }: Document['errors'][number]): Unreadable {
  if (code === 'RESOURCE_EXHAUSTION') return new Unreadable('nested too deeply', pos[0]);
  // After some messages the parser quotes the text, which may hold a secret.
  return new Unreadable(message.replace(/: ".*$/s, ''), pos[0]);
}

/** One pass over the document, where the library's own look-up takes one per alias. */
function anchorsOf(document: Document): ReadonlyMap<string, readonly Anchored[]> {
  const anchors = new Map<string, Anchored[]>();
  visit(document, {
    Value(_, node) {
      if (!node.anchor) return;
      const sameName = anchors.get(node.anchor);
      if (sameName) sameName.push(node);
      else anchors.set(node.anchor, [node]);
    },
  });
  return anchors;
}

/** As the core schema reads it (YAML 1.2.2 §10.3.2). */
const NULL = /^(?:~|null|Null|NULL)?$/;

function isNull({ type, tag, value }: Scalar): boolean {
  return type === 'PLAIN' && tag === undefined && NULL.test(String(value));
}
