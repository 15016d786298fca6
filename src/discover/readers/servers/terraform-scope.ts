/** Variables and locals of one Terraform file: a default that is a literal, a local that is one. */
import { type HclEntry, type HclValue, valuesOf } from '../../text/hcl.ts';
import type { Written } from './written.ts';

const INTERPOLATED = /^\$\{\s*((?:var|local)\.[\w-]{1,100})\s*\}$/;

export class TerraformScope {
  readonly #text: string;
  readonly #values = new Map<string, HclValue>();

  constructor(text: string, entries: readonly HclEntry[]) {
    this.#text = text;
    for (const { words, value } of entries) {
      const [keyword, name] = words;
      if (keyword?.value === 'variable' && name) {
        const [fallback] = valuesOf(value, 'default');
        if (fallback) this.#values.set(`var.${name.value}`, fallback);
      } else if (keyword?.value === 'locals' && value.kind === 'block')
        for (const { words, value: local } of value.entries)
          this.#values.set(`local.${words[0]?.value}`, local);
    }
  }

  /** What stands under a key: the literal it leads to, or an expression without a value; `null` when nothing does. */
  written(block: HclValue | undefined, key: string): Written | null {
    const value = valuesOf(block, key).at(-1);
    return value ? this.#settled(value) : null;
  }

  #settled(value: HclValue): Written {
    const { start, end } = value;
    const name = value.kind === 'word' ? value.value : this.#interpolated(value);
    const known = name === null ? undefined : this.#values.get(name);
    if (known && known.kind === 'text' && known.value !== null && known.end > known.start) return known;
    if (value.kind === 'text') return value;
    const isLiteral = value.kind === 'word' && /^(?:true|false|[\d.]+)$/.test(value.value ?? '');
    return { value: isLiteral && value.kind === 'word' ? value.value : null, start, end };
  }

  #interpolated({ kind, start, end }: HclValue): string | null {
    return kind === 'text' && end - start < 200
      ? (INTERPOLATED.exec(this.#text.slice(start, end))?.[1] ?? null)
      : null;
  }
}
