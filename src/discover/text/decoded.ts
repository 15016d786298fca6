/** The value of a quoted or escaped literal, with the way back from each of its characters to the file. */
import type { SourceText } from './source-text.ts';

export class DecodedText {
  /** The value. */
  readonly text: string;
  /** File offset of each unit of `text`, and one more for its end. */
  readonly #offsets: readonly number[];

  constructor(text: string, offsets: readonly number[]) {
    this.text = text;
    this.#offsets = offsets;
  }

  /** File offset of the unit at `at`; `text.length` gives the end of the literal. */
  sourceOffset(at: number): number {
    const bounded = Math.max(0, Math.min(at, this.#offsets.length - 1));
    return this.#offsets[bounded] ?? 0;
  }

  /** The units from `start` to `end` (exclusive) as a text of their own. */
  slice(start: number, end: number): DecodedText {
    return new DecodedText(this.text.slice(start, end), this.#offsets.slice(start, end + 1));
  }
}

/** The characters themselves. */
export function plain(source: SourceText, start: number, end: number): DecodedText {
  return decode(source, start, end, null, () => null);
}

/** What stands between the quotes of a JSON string, RFC 8259 §7. A bad escape stands for itself. */
export function fromJsonString(source: SourceText, start: number, end: number): DecodedText {
  return decode(source, start, end, '\\', jsonEscape);
}

/** Character data or an attribute value of XML 1.0 §4.1: the five entities and character references. */
export function fromXmlText(source: SourceText, start: number, end: number): DecodedText {
  return decode(source, start, end, '&', (text, at) => {
    const entity = /^&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(quot|amp|lt|gt|apos));/i.exec(text.slice(at, at + 12));
    if (!entity) return null;
    const [whole, decimal, hexadecimal, name] = entity;
    const code = decimal ? Number(decimal) : hexadecimal ? Number.parseInt(hexadecimal, 16) : null;
    if (code !== null) return code > 0x10ffff ? null : [String.fromCodePoint(code), whole.length];
    return [XML_ENTITIES[name?.toLowerCase() ?? ''] ?? '', whole.length];
  });
}

const XML_ENTITIES: Readonly<Record<string, string>> = { quot: '"', amp: '&', lt: '<', gt: '>', apos: "'" };

/** A YAML scalar with its quotes, YAML 1.2 §7.3: plain, 'single' or "double". */
export function fromYamlScalar(source: SourceText, start: number, end: number): DecodedText {
  const quote = source.text[start];
  if (end - start >= 2 && quote === "'" && source.text[end - 1] === "'") {
    return decode(source, start + 1, end - 1, "'", (text, at) => (text[at + 1] === "'" ? ["'", 2] : null));
  }
  if (end - start >= 2 && quote === '"' && source.text[end - 1] === '"') {
    return decode(source, start + 1, end - 1, '\\', yamlEscape);
  }
  return plain(source, start, end);
}

/** What stands between the double quotes of a `.env` value: backslash escapes of the dotenv libraries. */
export function fromDotenv(source: SourceText, start: number, end: number): DecodedText {
  return decode(source, start, end, '\\', (text, at) => {
    const next = text[at + 1];
    if (next === 'n') return ['\n', 2];
    return next === '"' || next === '\\' || next === '$' || next === '`' ? [next, 2] : null;
  });
}

/** What an escape at `at` stands for, and how many units it takes; `null`: it is no escape. */
type Escape = (text: string, at: number) => readonly [string, number] | null;

function decode(
  source: SourceText,
  start: number,
  end: number,
  marker: string | null,
  escapeAt: Escape,
): DecodedText {
  const raw = source.text.slice(start, end);
  const pieces: string[] = [];
  const offsets: number[] = [];
  for (let at = 0; at < raw.length; ) {
    const escaped = marker !== null && raw[at] === marker ? escapeAt(raw, at) : null;
    const [text, length] = escaped ?? [raw[at] ?? '', 1];
    pieces.push(text);
    for (let unit = 0; unit < text.length; unit += 1) offsets.push(start + at);
    at += length;
  }
  offsets.push(end);
  return new DecodedText(pieces.join(''), offsets);
}

const SIMPLE: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

const jsonEscape: Escape = (text, at) => {
  const next = text[at + 1] ?? '';
  const simple = SIMPLE[next];
  if (simple !== undefined) return [simple, 2];
  return next === 'u' ? hexadecimal(text, at, 4) : null;
};

const YAML_ONLY: Readonly<Record<string, string>> = {
  '0': '\0',
  a: '\x07',
  v: '\v',
  e: '\x1b',
  ' ': ' ',
  _: '\u00a0',
  N: '\u0085',
};

const yamlEscape: Escape = (text, at) => {
  const next = text[at + 1] ?? '';
  const digits = { x: 2, u: 4, U: 8 }[next];
  if (digits !== undefined) return hexadecimal(text, at, digits);
  const own = YAML_ONLY[next];
  return own === undefined ? jsonEscape(text, at) : [own, 2];
};

function hexadecimal(text: string, at: number, digits: number): readonly [string, number] | null {
  const code = text.slice(at + 2, at + 2 + digits);
  if (code.length !== digits || !/^[0-9a-f]+$/i.test(code)) return null;
  const point = Number.parseInt(code, 16);
  return point > 0x10ffff ? null : [String.fromCodePoint(point), digits + 2];
}
