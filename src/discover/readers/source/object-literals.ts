/** Object literals of JavaScript and JSON, read without running anything: what is no literal is a hole. */
import type { OptionObject, OptionValue } from '../../connection-strings/options.ts';

/** Longer objects are not looked through. */
const REACH = 4000;
const DEPTH = 6;
/** Levels around a key that are tried. */
const LEVELS = 3;

/** The objects around each place that `key` finds, innermost first, at most {@link LEVELS}. `code` has no comments. */
export function objectsAround(code: string, key: RegExp): readonly (readonly OptionObject[])[] {
  return [...code.matchAll(key)].slice(0, MOST_PLACES).map(({ index }) => {
    const objects: OptionObject[] = [];
    let at = index;
    for (let level = 0; level < LEVELS; level += 1) {
      at = openingBefore(code, at);
      const object = at < 0 ? null : objectAt(code, at, 0);
      if (!object) break;
      objects.push(object);
    }
    return objects;
  });
}

const MOST_PLACES = 50;

/** The `{` that encloses a place; -1 when there is none within reach. Braces in texts count too, which people balance. */
function openingBefore(code: string, from: number): number {
  let depth = 0;
  for (let at = from - 1; at >= Math.max(0, from - REACH); at -= 1) {
    if (code[at] === '}') depth += 1;
    if (code[at] === '{') {
      if (depth === 0) return at;
      depth -= 1;
    }
  }
  return -1;
}

const KEY = /\s*(?:(["'])([\w$-]{1,60})\1|([A-Za-z_$][\w$]{0,60}))\s*:\s*/y;
const TEXT = /(["'`])((?:\\.|(?!\1)[^\\])*)\1(?=\s*[,}\n;])/y;
const WORD = /(true|false|\d{1,6})(?=\s*[,}\n;])/y;

function objectAt(code: string, start: number, depth: number): OptionObject | null {
  const entries = new Map<string, OptionValue>();
  const limit = Math.min(code.length, start + REACH);
  for (let at = start + 1; at < limit; ) {
    KEY.lastIndex = at;
    const key = KEY.exec(code);
    if (key) {
      const value = valueAt(code, KEY.lastIndex, depth);
      const name = key[2] ?? key[3] ?? '';
      if (!entries.has(name)) entries.set(name, value.value);
      at = value.next;
    }
    at = endOfEntry(code, at, limit);
    if (at < 0) return null;
    if (code[at] === '}') return { entries, start, end: at + 1 };
    at += 1;
  }
  return null;
}

function valueAt(
  code: string,
  at: number,
  depth: number,
): { readonly value: OptionValue; readonly next: number } {
  if (code[at] === '{' && depth < DEPTH) {
    const object = objectAt(code, at, depth + 1);
    if (object) return { value: object, next: object.end };
  }
  TEXT.lastIndex = at;
  const text = TEXT.exec(code);
  if (text && !text[0].includes('${') && !/[\\\n]/.test(text[0])) {
    const [start, end] = [at + 1, at + text[0].length - 1];
    return { value: { text: text[2] ?? '', start, end }, next: end + 1 };
  }
  WORD.lastIndex = at;
  const word = WORD.exec(code)?.[1];
  if (word !== undefined)
    return { value: { text: word, start: at, end: at + word.length }, next: at + word.length };
  return { value: { text: null, start: at, end: at }, next: at };
}

/** The `,` or `}` that ends an entry; brackets and texts on the way are passed over; -1 when there is none. */
function endOfEntry(code: string, from: number, limit: number): number {
  let depth = 0;
  for (let at = from; at < limit; at += 1) {
    const unit = code[at] ?? '';
    if ((unit === ',' || unit === '}') && depth === 0) return at;
    if ('([{'.includes(unit)) depth += 1;
    else if (')]}'.includes(unit)) depth -= 1;
    else if ('"\'`'.includes(unit)) {
      const close = code.indexOf(unit, at + 1);
      if (close > 0 && close < limit) at = close;
    }
  }
  return -1;
}
