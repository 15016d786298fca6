/** A YAML file as readers walk it: aliases and merge keys resolved on the way, scalars with their place (YAML 1.2). */
import {
  Composer,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  Parser,
  type Scalar,
  visit,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import { Unreadable } from '../reader.ts';
import type { SourceText } from './source-text.ts';

export interface YamlText {
  /** Quotes and escapes removed; a number as it is written. */
  readonly value: string;
  /** Offsets of the text inside its quotes. */
  readonly start: number;
  readonly end: number;
  /** Offsets with the quotes. */
  readonly outer: { readonly start: number; readonly end: number };
}

/** Larger files of this kind are not written by people, and the parser is slow on them. */
const MAX_LENGTH = 512 * 1024;
/** Aliases may stand for aliases: a small file can mean billions of nodes. */
const MAX_ALIASES = 1000;

type Anchored = Scalar | YAMLMap | YAMLSeq;

export class YamlTree {
  readonly root: unknown;
  readonly #text: string;
  #aliases = 0;
  readonly #anchors: ReadonlyMap<string, readonly Anchored[]>;

  /** @throws {Unreadable} at the parser's first error. */
  constructor(source: SourceText, document: Document = parse(within(source.text))) {
    this.#text = source.text;
    this.root = document.contents;
    this.#anchors = anchorsOf(document);
  }

  /**
   * One tree per document of the file (`---`); `problems` are of those that are none.
   * @throws {Unreadable} for the file as a whole.
   */
  static documents(source: SourceText): {
    readonly trees: readonly YamlTree[];
    readonly problems: readonly Unreadable[];
  } {
    const all = parseAll(within(source.text));
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
    if (!isScalar(scalar) || !scalar.range || scalar.value === null) return null;
    const outer = this.#written(scalar, scalar.range);
    const quotes = scalar.type === 'QUOTE_DOUBLE' || scalar.type === 'QUOTE_SINGLE' ? 1 : 0;
    return { value: writtenValue(scalar), start: outer.start + quotes, end: outer.end - quotes, outer };
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

const OPTIONS = { uniqueKeys: false, prettyErrors: false };

function within(text: string): string {
  if (text.length > MAX_LENGTH) throw new Unreadable('the file is larger than 512 KB of YAML', 0);
  return text;
}

function parse(text: string): Document {
  const [document, second] = parseAll(text);
  const [error] = document?.errors ?? [];
  if (error) throw unreadable(error);
  if (!document) throw new Unreadable('the file is empty', 0);
  if (second) throw new Unreadable('more than one document', second.range[0]);
  return document;
}

/** A file with as many mistakes is no YAML: to find the others takes seconds. */
const MAX_ERRORS = 100;

/** @throws {Unreadable} for a file with too many mistakes; else they stand with their documents. */
function parseAll(text: string): readonly Document.Parsed[] {
  refuseTangles(text);
  let mistakes = 0;
  const count = () => {
    mistakes += 1;
    if (mistakes > MAX_ERRORS) throw new Unreadable('this is no YAML', 0);
  };
  function* tokens() {
    for (const token of new Parser().parse(text)) {
      if (token.type === 'error') count();
      yield token;
    }
  }
  // The library makes an Error of each mistake; their stacks, which nobody sees, would cost most of the time.
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return [...counting(new Composer(OPTIONS), count).compose(tokens(), true, text.length)];
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

/** The composer collects its mistakes in a property of its own: there is no other way to hear of the hundredth. */
function counting(composer: Composer, count: () => void): Composer {
  const collect: unknown = Reflect.get(composer, 'onError');
  if (typeof collect === 'function')
    Reflect.set(composer, 'onError', (...mistake: readonly unknown[]) => {
      count();
      collect(...mistake);
    });
  return composer;
}

/** People nest a handful of brackets, and give a few dozen names to nodes. */
const MAX_NESTING = 200;
const MAX_ANCHORS = 2000;
const ANCHOR = /[\s[,:]&[\w-]/g;

/** What the parser would take long to refuse. Brackets in texts count too: a text closes what it opens. */
function refuseTangles(text: string): void {
  let depth = 0;
  for (const { 0: bracket, index } of text.matchAll(/[[\]{}]/g)) {
    depth = Math.max(0, depth + (bracket === '[' || bracket === '{' ? 1 : -1));
    if (depth > MAX_NESTING) throw new Unreadable('nested too deeply', index);
  }
  if ([...text.matchAll(ANCHOR)].length > MAX_ANCHORS) throw new Unreadable('too many anchors', 0);
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

function writtenValue({ value, source }: Scalar): string {
  return typeof value === 'string' ? value : (source ?? String(value));
}
