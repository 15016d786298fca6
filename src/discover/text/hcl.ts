/**
 * The literals of HCL (Terraform's native syntax: github.com/hashicorp/hcl, hclsyntax/spec.md) and of Bicep
 * (learn.microsoft.com/azure/azure-resource-manager/bicep/file) with their places. Both are words and a block:
 * `resource "type" "name" { key = value }`, `resource name 'type' = { key: value }`. Expressions are not evaluated.
 */
import { type HclToken, hclTokens } from './hcl-tokens.ts';

export interface HclText {
  readonly kind: 'text';
  /** `null` when something is interpolated. */
  readonly value: string | null;
  /** Between the quotes. */
  readonly start: number;
  readonly end: number;
}

interface At {
  readonly start: number;
  readonly end: number;
}

export type HclValue =
  | HclText
  /** A number, `true`, `false` or a name such as `var.region`; an expression is a name of `null`. */
  | (At & { readonly kind: 'word'; readonly value: string | null })
  | (At & { readonly kind: 'list'; readonly items: readonly HclValue[] })
  | (At & { readonly kind: 'block'; readonly entries: readonly HclEntry[] });

/** `resource "type" "name" { … }` has three words and a block; `key = value` has one word. */
export interface HclEntry {
  readonly words: readonly HclText[];
  readonly value: HclValue;
}

/** Deeper than people write; what is nested deeper is left out. */
const MAX_DEPTH = 60;

export function readHcl(text: string, quote: '"' | "'"): readonly HclEntry[] {
  return new Parser(hclTokens(text, quote)).entries(0);
}

/** Values under a key, in the order of the file: attributes and blocks. */
export function valuesOf(value: HclValue | undefined, key: string): readonly HclValue[] {
  if (value?.kind !== 'block') return [];
  return value.entries.flatMap(({ words, value }) => (words.at(0)?.value === key ? [value] : []));
}

class Parser {
  readonly #tokens: readonly HclToken[];
  #at = 0;

  constructor(tokens: readonly HclToken[]) {
    this.#tokens = tokens;
  }

  /** Up to the brace that closes them, which is taken too. */
  entries(depth: number): HclEntry[] {
    const entries: HclEntry[] = [];
    let words: HclText[] = [];
    for (let token = this.#next(); token && !isMark(token, '}'); token = this.#next()) {
      const { kind, value, start, end } = token;
      if (kind !== 'mark') words.push({ kind: 'text', value, start, end });
      else {
        const found = this.#afterWords(token, depth);
        if (found && words.length > 0) entries.push({ words, value: found });
        words = [];
      }
    }
    return entries;
  }

  /** `null` when the mark gives the words before it no value. */
  #afterWords({ value, start }: HclToken, depth: number): HclValue | null {
    if (value === '=' || value === ':') return this.#value(depth, start);
    if (value === '{') return this.#block(depth, start);
    if (value === '[' || value === '(') this.#skip();
    return null;
  }

  #next(): HclToken | undefined {
    this.#at += 1;
    return this.#tokens[this.#at - 1];
  }

  #peek(): HclToken | undefined {
    return this.#tokens[this.#at];
  }

  #block(depth: number, start: number): HclValue {
    if (depth >= MAX_DEPTH) this.#skip();
    const entries = depth >= MAX_DEPTH ? [] : this.entries(depth + 1);
    return { kind: 'block', entries, start, end: this.#tokens[this.#at - 1]?.end ?? start };
  }

  /** What stands after `=`, `:` or in a list, with the rest of its expression. */
  #value(depth: number, from: number): HclValue {
    const token = this.#peek();
    if (!token || (token.kind === 'mark' && /^[\n,}\])]$/.test(token.value ?? '')))
      return { kind: 'word', value: null, start: from, end: from };
    this.#at += 1;
    const { kind, value, start, end } = token;
    if (kind === 'mark' && value === '{') return this.#block(depth, start);
    if (kind === 'mark' && value === '[') return this.#list(depth, start);
    // Bicep: `= if (condition) {` is the block.
    if (kind === 'word' && value === 'if' && this.#peek()?.value === '(') {
      this.#at += 1;
      this.#skip();
      return this.#value(depth, start);
    }
    if (kind === 'mark' && value === '(') this.#skip();
    const rest = this.#rest(end);
    if (kind === 'mark' || rest !== null) return { kind: 'word', value: null, start, end: rest ?? end };
    return kind === 'text' ? { kind, value, start, end } : { kind: 'word', value, start, end };
  }

  /** The end of an expression that goes on after its first token; `null` when that was all. */
  #rest(from: number): number | null {
    let end: number | null = null;
    for (let token = this.#peek(); token; token = this.#peek()) {
      if (token.kind === 'mark' && /^[\n,}\])]$/.test(token.value ?? '')) break;
      this.#at += 1;
      if (token.kind === 'mark' && /^[[({]$/.test(token.value ?? '')) this.#skip();
      end = this.#tokens[this.#at - 1]?.end ?? from;
    }
    return end;
  }

  /** Items are parted by commas or, in Bicep, by lines. `[for x in list: value]` has one item. */
  #list(depth: number, start: number): HclValue {
    const items: HclValue[] = [];
    if (this.#peek()?.value === 'for') this.#skipTo(':');
    for (let token = this.#peek(); token; token = this.#peek()) {
      if (token.kind === 'mark' && /^[\n,\])}]$/.test(token.value ?? '')) {
        this.#at += 1;
        if (token.value === ']' || token.value === '}') break;
      } else if (depth >= MAX_DEPTH) {
        this.#skip();
        break;
      } else items.push(this.#value(depth + 1, token.start));
    }
    const rest = this.#rest(start);
    const end = this.#tokens[this.#at - 1]?.end ?? start;
    return rest === null ? { kind: 'list', items, start, end } : { kind: 'word', value: null, start, end };
  }

  #skipTo(mark: string): void {
    for (let token = this.#next(); token; token = this.#next())
      if (token.kind === 'mark' && (token.value === mark || token.value === '\n')) break;
  }

  /** Past the bracket that closes the one before. */
  #skip(): void {
    let depth = 1;
    for (let token = this.#next(); token; token = this.#next()) {
      if (token.kind !== 'mark') continue;
      if (/^[[({]$/.test(token.value ?? '')) depth += 1;
      else if (/^[\])}]$/.test(token.value ?? '')) depth -= 1;
      if (depth === 0) break;
    }
  }
}

const isMark = ({ kind, value }: HclToken, mark: string) => kind === 'mark' && value === mark;
