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

  /** A text decoded from this one's, such as a string within a string: its way leads on to the file. */
  through(inner: DecodedText): DecodedText {
    return new DecodedText(
      inner.text,
      inner.#offsets.map((at) => this.sourceOffset(at)),
    );
  }
}

/** The characters themselves. */
export function plain(source: SourceText, start: number, end: number): DecodedText {
  return decode(source.text, start, end, NOTHING, () => null);
}

/** What stands between the quotes of a JSON string, RFC 8259 §7. A bad escape stands for itself. */
export function fromJsonString(source: SourceText, start: number, end: number): DecodedText {
  return decode(source.text, start, end, BACKSLASH, jsonEscape);
}

/** Character data or an attribute value of XML 1.0 §4.1: the five entities and character references. */
export function fromXmlText(source: SourceText, start: number, end: number): DecodedText {
  return decode(source.text, start, end, /&/, (text, at) => {
    const entity = /^&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(quot|amp|lt|gt|apos));/i.exec(text.slice(at, at + 12));
    if (!entity) return null;
    const [whole, decimal, hexadecimal, name] = entity;
    const code = decimal ? Number(decimal) : hexadecimal ? Number.parseInt(hexadecimal, 16) : null;
    if (code !== null) return code > 0x10ffff ? null : [String.fromCodePoint(code), whole.length];
    return [XML_ENTITIES[name?.toLowerCase() ?? ''] ?? '', whole.length];
  });
}

const XML_ENTITIES: Readonly<Record<string, string>> = { quot: '"', amp: '&', lt: '<', gt: '>', apos: "'" };

/**
 * A YAML scalar with its quotes, YAML 1.2 §7.3: plain, 'single' or "double". A line break with the blanks around it is
 * one space (§6.5).
 */
export function fromYamlScalar(source: SourceText, start: number, end: number): DecodedText {
  const { text } = source;
  const quote = end - start >= 2 && text[start] === text[end - 1] ? text[start] : undefined;
  if (quote === "'")
    return decode(text, start + 1, end - 1, /['\s]/, (raw, at) => doubled(raw, at, "'") ?? folded(raw, at));
  if (quote === '"')
    return decode(text, start + 1, end - 1, /[\\\s]/, (raw, at) => yamlEscape(raw, at) ?? folded(raw, at));
  return decode(text, start, end, /\s/, folded);
}

/** What stands between the double quotes of a `.env` value: backslash escapes of the dotenv libraries. */
export function fromDotenv(source: SourceText, start: number, end: number): DecodedText {
  return decode(source.text, start, end, BACKSLASH, (text, at) => {
    const next = text[at + 1];
    if (next === 'n') return ['\n', 2];
    return next === '"' || next === '\\' || next === '$' || next === '`' ? [next, 2] : null;
  });
}

/** A key or value of a `.properties` file: the escapes of java.util.Properties; a continued line begins at its first character. */
export function fromProperties(source: SourceText, start: number, end: number): DecodedText {
  return decode(source.text, start, end, BACKSLASH, propertiesEscape);
}

/** Percent-encoding of UTF-8, RFC 3986 §2.1, with `+` for a space. Offsets are those of `text`. */
export function fromPercentEncoding(text: string, start: number, end: number): DecodedText {
  return decode(text, start, end, /[%+]/, (raw, at) => (raw[at] === '+' ? [' ', 1] : percentEscape(raw, at)));
}

/** A value in which its quote stands doubled for itself. Offsets are those of `text`. */
export function fromDoubledQuotes(text: string, start: number, end: number, quote: string): DecodedText {
  return decode(text, start, end, /["'}]/, (raw, at) => doubled(raw, at, quote));
}

/** What an escape at `at` stands for, and how many units it takes; `null`: it is no escape. */
type Escape = (text: string, at: number) => readonly [string, number] | null;

const NOTHING = /(?!)/;
const BACKSLASH = /\\/;

/** `marker` says which single units may begin an escape. */
function decode(text: string, start: number, end: number, marker: RegExp, escapeAt: Escape): DecodedText {
  const raw = text.slice(start, end);
  const pieces: string[] = [];
  const offsets: number[] = [];
  for (let at = 0; at < raw.length; ) {
    const unit = raw[at] ?? '';
    const [piece, length] = (marker.test(unit) ? escapeAt(raw, at) : null) ?? [unit, 1];
    pieces.push(piece);
    const step = piece.length === length ? 1 : 0;
    for (let count = 0; count < piece.length; count += 1) offsets.push(start + at + step * count);
    at += length;
  }
  offsets.push(end);
  return new DecodedText(pieces.join(''), offsets);
}

function doubled(text: string, at: number, quote: string): readonly [string, number] | null {
  return text[at] === quote && text[at + 1] === quote ? [quote, 2] : null;
}

const BLANKS = /\s+/y;

/** Blanks that hold line breaks: one break is a space, of several the first is dropped. */
const folded: Escape = (text, at) => {
  BLANKS.lastIndex = at;
  const blanks = BLANKS.exec(text)?.[0];
  if (blanks === undefined) return null;
  const breaks = blanks.match(/\n/g)?.length ?? 0;
  return [breaks === 0 ? blanks : breaks === 1 ? ' ' : '\n'.repeat(breaks - 1), blanks.length];
};

const ENCODED = /^(?:%[0-9a-f]{2}){1,4}/i;

/** One character: as many bytes as its first one asks for. */
const percentEscape: Escape = (text, at) => {
  const encoded = ENCODED.exec(text.slice(at, at + 12))?.[0];
  if (encoded === undefined) return null;
  const lead = Number.parseInt(encoded.slice(1, 3), 16);
  const bytes = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  try {
    return [decodeURIComponent(encoded.slice(0, 3 * bytes)), 3 * bytes];
  } catch {
    return null;
  }
};

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

/** An escaped line break is nothing at all, with the indentation after it. */
const CONTINUED = /\\\r?\n?[ \t]*/y;

const yamlEscape: Escape = (text, at) => {
  if (text[at] !== '\\') return null;
  const next = text[at + 1] ?? '';
  const digits = { x: 2, u: 4, U: 8 }[next];
  if (digits !== undefined) return hexadecimal(text, at, digits);
  if (next === '\n' || next === '\r') {
    CONTINUED.lastIndex = at;
    return ['', CONTINUED.exec(text)?.[0].length ?? 1];
  }
  const own = YAML_ONLY[next];
  return own === undefined ? jsonEscape(text, at) : [own, 2];
};

const PROPERTIES_ONLY: Readonly<Record<string, string>> = { t: '\t', n: '\n', r: '\r', f: '\f' };

const propertiesEscape: Escape = (text, at) => {
  const next = text[at + 1] ?? '';
  if (next === '\n' || next === '\r') {
    CONTINUED.lastIndex = at;
    return ['', CONTINUED.exec(text)?.[0].length ?? 1];
  }
  if (next === 'u') return hexadecimal(text, at, 4);
  return [PROPERTIES_ONLY[next] ?? next, 1 + next.length];
};

function hexadecimal(text: string, at: number, digits: number): readonly [string, number] | null {
  const code = text.slice(at + 2, at + 2 + digits);
  if (code.length !== digits || !/^[0-9a-f]+$/i.test(code)) return null;
  const point = Number.parseInt(code, 16);
  return point > 0x10ffff ? null : [String.fromCodePoint(point), digits + 2];
}
