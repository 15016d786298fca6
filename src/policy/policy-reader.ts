// Reads typed values from the YAML nodes of a policy file. Whatever is not as expected becomes a problem at its place,
// and reading goes on with a neutral value: a policy is only used when there was no problem at all.
import { isAlias, isMap, isScalar, isSeq, type Node, type Scalar } from 'yaml';
import type { SourceText } from '../discover/text/source-text.ts';
import type { Placed } from '../model/policy.ts';
import type { Span } from '../model/span.ts';
import type { PolicyYaml } from './policy-yaml.ts';
import { type Problems, quote } from './problems.ts';
import { alternatives, hint } from './suggestion.ts';

/** More items than the largest file can hold: only reached where aliases repeat long lists. */
const MOST_ITEMS = 500_000;

/** A value of the file with what messages call it. */
export interface Field {
  /** The key as written; for an item of a list the list's key. */
  readonly key: string;
  /** The key in backquotes, or what an item of the list is, e.g. `this client`. */
  readonly called: string;
  readonly node: Node | null;
  /** Offset of the key, or of the item: where something missing is told. */
  readonly start: number;
}

/** Keys of one map of the file, by name; an absent key is not in it. */
export type Fields = ReadonlyMap<string, Field>;

export interface MapShape {
  /** What a message calls the map, e.g. `a client`. */
  readonly what: string;
  readonly keys: readonly string[];
  readonly required?: readonly string[];
  /** Exactly one of them stands there. */
  readonly oneOf?: readonly [string, string];
}

export class PolicyReader {
  readonly problems: Problems;
  readonly #source: SourceText;
  readonly #yaml: PolicyYaml;
  #items = 0;

  constructor(source: SourceText, yaml: PolicyYaml, problems: Problems) {
    this.#source = source;
    this.#yaml = yaml;
    this.problems = problems;
  }

  get root(): Field {
    const node = this.#yaml.root;
    return { key: '', called: 'the policy file', node, start: node?.range?.[0] ?? 0 };
  }

  /** A map with a fixed set of keys: unknown, duplicate and missing ones are problems. `null` when absent or no map. */
  map(field: Field | undefined, { what, keys, required = [], oneOf }: MapShape): Fields | null {
    const expected = required.length > 0 ? required : (oneOf ?? keys);
    const entries = this.entries(field, `a map with ${alternatives(expected)}`);
    if (!field || !entries) return null;
    const fields = new Map<string, Field>();
    for (const entry of entries) {
      if (keys.includes(entry.key)) fields.set(entry.key, entry);
      else
        this.problems.add(
          entry.start,
          () => `unknown key ${quote(entry.key)} in ${what}${hint(entry.key, keys)}`,
        );
    }
    for (const key of required)
      if (!fields.has(key))
        this.problems.add(field.start, () => `${field.called} has no \`${key}\`; ${what} needs it`);
    if (oneOf) this.#exactlyOne(field, fields, oneOf);
    return fields;
  }

  /** The entries of a map with free names; a name that stands there twice is a problem. `null` when absent or no map. */
  entries(field: Field | undefined, expected: string, called = 'key'): readonly Field[] | null {
    if (!field) return null;
    if (!isMap(field.node)) return this.#mismatch(field, expected);
    if (!this.#affords(field, field.node.items.length)) return null;
    const seen = new Map<string, Field>();
    for (const { key, value } of field.node.items) {
      const name = isScalar(key) ? String(key.value) : '';
      const start = (key as Node | null)?.range?.[0] ?? 0;
      const earlier = seen.get(name);
      if (earlier) this.duplicate(start, `${called} ${quote(name)}`, earlier.start);
      else seen.set(name, { key: name, called: quote(name), node: this.#resolve(value), start });
    }
    return [...seen.values()];
  }

  /** The items of a list; `called` is what messages call one. None when the field is absent. */
  list(field: Field | undefined, expected: string, called: string): readonly Field[] {
    if (!field) return [];
    if (!isSeq(field.node)) return this.#mismatch(field, expected) ?? [];
    if (!this.#affords(field, field.node.items.length)) return [];
    return field.node.items.map((item) => {
      const start = (item as Node | null)?.range?.[0] ?? field.start;
      return { key: field.key, called, node: this.#resolve(item), start };
    });
  }

  /** Where the value stands. */
  spanOf({ node, start }: Field): Span {
    return this.#source.span(start, node?.range?.[1] ?? start);
  }

  /** Text that is not blank, with the span of what stands inside its quotes. `null` when absent or no text. */
  string(field: Field | undefined, expected: string): Placed<string> | null {
    if (!field) return null;
    const { node } = field;
    if (!isScalar(node) || typeof node.value !== 'string' || node.value.trim() === '')
      return this.#mismatch(field, expected);
    return { value: node.value, span: this.#source.span(...innerRange(node, this.#source.text)) };
  }

  /** Free text. */
  text(field: Field | undefined, example: string): Placed<string> | null {
    const unquoted = ['a number', 'true or false'].includes(kindOf(field?.node ?? null));
    return this.string(field, `text such as \`${example}\`${unquoted ? '; put it in quotes' : ''}`);
  }

  /** `true` or `false`; `null` when absent or neither. */
  flag(field: Field | undefined): boolean | null {
    if (!field) return null;
    const { node } = field;
    if (isScalar(node) && typeof node.value === 'boolean') return node.value;
    return this.#mismatch(field, '`true` or `false`');
  }

  /** One of a few words; `thing` is what messages call one, e.g. `level`. */
  choice<T extends string>(field: Field | undefined, words: readonly T[], thing: string): T | null {
    const text = this.string(field, alternatives(words));
    if (!text) return null;
    const word = words.find((one) => one === text.value);
    if (word === undefined)
      this.wrong(text, () => `unknown ${thing} ${quote(text.value)}${hint(text.value, words)}`);
    return word ?? null;
  }

  /** Reports text that has the right type and the wrong content. */
  wrong(text: Placed<string>, message: string | (() => string)): void {
    this.problems.add(text.span.start, message);
  }

  /** Reports that `thing` at offset `start` stands at offset `earlier` too. */
  duplicate(start: number, thing: string, earlier: number): void {
    this.problems.add(start, () => {
      const line = (offset: number) => this.#source.span(offset, offset).line;
      return `duplicate ${thing}: on line ${line(start)}, and before on line ${line(earlier)}`;
    });
  }

  #exactlyOne(field: Field, fields: Fields, [one, other]: readonly [string, string]): void {
    const [first, second] = [fields.get(one), fields.get(other)];
    if (Boolean(first) !== Boolean(second)) return;
    const has = first ? `both \`${one}\` and` : `neither \`${one}\` nor`;
    const place = Math.max(first?.start ?? field.start, second?.start ?? field.start);
    this.problems.add(place, () => `${field.called} has ${has} \`${other}\`; expected one of them`);
  }

  #affords(field: Field, items: number): boolean {
    this.#items += items;
    if (this.#items > MOST_ITEMS)
      this.problems.add(field.start, 'aliases make the policy file too large from here on');
    return this.#items <= MOST_ITEMS;
  }

  #resolve(node: unknown): Node | null {
    if (isAlias(node)) return this.#yaml.aliases.get(node) ?? null;
    return (node as Node | null) ?? null;
  }

  #mismatch(field: Field, expected: string): null {
    const kind = kindOf(field.node);
    const start = kind === 'empty' ? field.start : (field.node?.range?.[0] ?? field.start);
    this.problems.add(start, `${field.called} is ${kind}; expected ${expected}`);
    return null;
  }
}

function kindOf(node: Node | null): string {
  if (isMap(node)) return 'a map';
  if (isSeq(node)) return 'a list';
  const value = isScalar(node) ? node.value : null;
  if (typeof value === 'string') return value.trim() === '' ? 'empty' : 'text';
  if (typeof value === 'boolean') return 'true or false';
  return value === null ? 'empty' : 'a number';
}

/** Offsets of a scalar's text: without its quotes, or without the header and the indentation of a block scalar. */
function innerRange(node: Scalar, text: string): [start: number, end: number] {
  const [start, end] = node.range ?? [0, 0];
  if (node.type === 'QUOTE_DOUBLE' || node.type === 'QUOTE_SINGLE') return [start + 1, end - 1];
  if (node.type !== 'BLOCK_LITERAL' && node.type !== 'BLOCK_FOLDED') return [start, end];
  const body = text.indexOf('\n', start) + 1;
  const content = text.slice(body, end);
  return [body + content.length - content.trimStart().length, body + content.trimEnd().length];
}
