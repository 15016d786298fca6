/** The inside of a text in a program: where it ends, and what it says. Computed parts become `${name}`. */
import type { TextForm } from './languages.ts';

/** Offset of the closing mark; `'line'`: the line ends first; `null`: the file does. `from` is after the opening mark. */
export function endOfText(
  text: string,
  from: number,
  form: TextForm,
  close: string,
): number | { readonly line: number } | null {
  const stops = stopsOf(form, close);
  for (let at = from; ; ) {
    stops.lastIndex = at;
    const stop = stops.exec(text)?.index;
    if (stop === undefined) return close === '\n' ? text.length : null;
    if (text.startsWith(close, stop)) {
      if (form.escapes !== 'doubled' || !text.startsWith(close, stop + close.length)) return stop;
      at = stop + 2 * close.length;
    } else if (text[stop] === '\n' && !form.lines) return { line: stop };
    else at = stop + (unitAt(text, stop, form, close)?.length ?? 1);
  }
}

/** What stands between the marks, as `text` with the file offset of each unit in `offsets`. */
export function decodeText(
  text: string,
  start: number,
  end: number,
  form: TextForm,
  close: string,
): { readonly text: string; readonly offsets: readonly number[] } {
  const stops = stopsOf(form, close);
  let decoded = '';
  const offsets: number[] = [];
  for (let at = start; at < end; ) {
    stops.lastIndex = at;
    const stop = Math.min(stops.exec(text)?.index ?? end, end);
    for (let unit = at; unit < stop; unit += 1) offsets.push(unit);
    decoded += text.slice(at, stop);
    if (stop >= end) break;
    const { value, length } = unitAt(text, stop, form, close) ?? { value: text[stop] ?? '', length: 1 };
    decoded += value;
    for (let unit = 0; unit < value.length; unit += 1) offsets.push(stop);
    at = stop + length;
  }
  return { text: decoded, offsets };
}

interface Unit {
  readonly value: string;
  readonly length: number;
}

/** An escape, a doubled mark or a computed part at `at`; `null`: the character stands for itself. */
function unitAt(text: string, at: number, { escapes, holes }: TextForm, close: string): Unit | null {
  if (escapes === 'doubled' && text.startsWith(close + close, at))
    return { value: close, length: 2 * close.length };
  if ((escapes === '\\' || escapes === '`') && text[at] === escapes) return escaped(text, at);
  if (escapes === 'xml' && text[at] === '&') return entity(text, at);
  if (holes === null) return null;
  if (holes === '{' && /^(?:\{\{|\}\})/.test(text.slice(at, at + 2)))
    return { value: text[at] ?? '', length: 2 };
  for (const hole of HOLES[holes]) {
    hole.lastIndex = at;
    const found = hole.exec(text);
    if (found) return { value: placeholder(found[1] ?? ''), length: found[0].length };
  }
  return null;
}

const SIMPLE: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '0': '\0' };

/** What the languages agree on; any other escaped character stands for itself. */
function escaped(text: string, at: number): Unit {
  const code = /^(?:u\{?([0-9a-fA-F]{4,6})\}?|x([0-9a-fA-F]{2}))/.exec(text.slice(at + 1, at + 10));
  const point = Number.parseInt(code?.[1] ?? code?.[2] ?? '', 16);
  if (code && point <= 0x10ffff) return { value: String.fromCodePoint(point), length: 1 + code[0].length };
  const next = text[at + 1] ?? '';
  return { value: SIMPLE[next] ?? next, length: 1 + next.length };
}

const ENTITIES: Readonly<Record<string, string>> = { quot: '"', amp: '&', lt: '<', gt: '>', apos: "'" };

function entity(text: string, at: number): Unit | null {
  const [whole, name] = /^&(quot|amp|lt|gt|apos);/.exec(text.slice(at, at + 6)) ?? [];
  return whole === undefined || name === undefined
    ? null
    : { value: ENTITIES[name] ?? '', length: whole.length };
}

const BRACED = String.raw`\{([^{}\n]{0,200}(?:\{[^{}\n]{0,80}\}[^{}\n]{0,80})?)\}`;
const CALLED = String.raw`\$\(([^()\n]{0,100}(?:\([^()\n]{0,80}\)[^()\n]{0,80})?)\)`;
/** Group 1 is the expression. Bounded, so that many that never close cost little. */
const HOLES: Readonly<Record<Exclude<TextForm['holes'], null>, readonly RegExp[]>> = {
  '{': [new RegExp(BRACED, 'y')],
  '${': [new RegExp(String.raw`\$${BRACED}`, 'y')],
  $: [
    new RegExp(String.raw`\$${BRACED}`, 'y'),
    /\{(\$[^{}\n]{1,200})\}/y,
    new RegExp(CALLED, 'y'),
    /\$([A-Za-z_][\w:]*)/y,
  ],
  '#{': [new RegExp(`#${BRACED}`, 'y')],
};

const NAME = /^\$?[\w.:>-]{1,60}$/;

/** A plain name is kept: it tells people what is missing. Anything longer may hold what nobody should see. */
export function placeholder(expression: string): string {
  const name = expression.trim();
  return `\${${NAME.test(name) ? name.replace(/^\$/, '') : '…'}}`;
}

const STOPS = new WeakMap<TextForm, Map<string, RegExp>>();

/** Every character at which something but itself may begin. */
function stopsOf(form: TextForm, close: string): RegExp {
  const known = STOPS.get(form) ?? new Map<string, RegExp>();
  STOPS.set(form, known);
  const before = known.get(close);
  if (before) return before;
  const holes = form.holes === null ? '' : form.holes === '$' ? '${' : `${form.holes[0]}}`;
  const escapes = form.escapes === 'xml' ? '&' : form.escapes === 'doubled' ? '' : (form.escapes ?? '');
  const characters = new Set([...`${close[0]}${escapes}${holes}${form.lines ? '' : '\n'}`]);
  const stops = new RegExp(
    `[${[...characters].map((one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')}]`,
    'g',
  );
  known.set(close, stops);
  return stops;
}
