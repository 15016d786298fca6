/** The texts of a program, comments left out, those that an operator joins as one. Nothing is executed. */
import { DecodedText } from '../../text/decoded.ts';
import type { Language, TextForm } from './languages.ts';
import { decodeText, endOfText, placeholder } from './text-body.ts';

export interface Literal {
  /** What it says; what is computed in it, or joined to it, stands there as `${name}`. */
  readonly decoded: DecodedText;
  /** Offset of the first opening mark. */
  readonly start: number;
  /** Offset after the last closing mark. */
  readonly end: number;
}

/** Longer ones are data, not connection strings. */
const MAX_LENGTH = 20_000;

export interface Lexed {
  readonly literals: readonly Literal[];
  /** Start and end of each comment, in order. */
  readonly comments: readonly (readonly [number, number])[];
}

/** In the order of the file; only texts whose source `wanted` matches are decoded. Linear in the length of the text. */
export function lex(text: string, language: Language, wanted: RegExp): Lexed {
  const { marks, next } = lexerOf(language);
  const literals: Literal[] = [];
  const comments: (readonly [number, number])[] = [];
  const unclosed = new Set<string>();
  for (let at = 0; ; ) {
    next.lastIndex = at;
    const match = next.exec(text);
    if (!match) return { literals, comments };
    const mark = marks[match.slice(1).findIndex((group) => group !== undefined)];
    const after = match.index + match[0].length;
    if (mark === undefined) return { literals, comments };
    if (mark.kind === 'comment') {
      at = endOfComment(text, after, mark.close, unclosed);
      comments.push([match.index, at]);
      continue;
    }
    const chain = chainFrom(text, match.index, after, mark.form, language, unclosed);
    if (chain.pieces.length > 0 && chain.end - match.index <= MAX_LENGTH) {
      const literal = { start: match.index, end: chain.end };
      if (wanted.test(text.slice(literal.start, literal.end)))
        literals.push({ ...literal, decoded: decoded(text, chain) });
    }
    at = Math.max(chain.end, after);
  }
}

type Mark =
  | { readonly kind: 'comment'; readonly close: string | null }
  | { readonly kind: 'text'; readonly form: TextForm };

interface Lexer {
  readonly marks: readonly Mark[];
  /** One group per mark. */
  readonly next: RegExp;
  /** The same for texts alone, at one place. */
  readonly here: RegExp;
  /** An operator with the blanks and comments around it. */
  readonly join: RegExp | null;
}

const LEXERS = new WeakMap<Language, Lexer>();

function lexerOf(language: Language): Lexer {
  const known = LEXERS.get(language);
  if (known) return known;
  const { lineComments, blockComments, texts, joins } = language;
  const marks: readonly (Mark & { readonly open: string })[] = [
    ...blockComments.map(({ open, close }) => ({ kind: 'comment', open, close }) as const),
    ...lineComments.map((open) => ({ kind: 'comment', open, close: null }) as const),
    ...texts.map((form) => ({ kind: 'text', open: form.open, form }) as const),
  ];
  const groups = (opens: readonly string[]) => opens.map((open) => `(${open})`).join('|');
  const blanks = `(?:\\s|(?:${lineComments.join('|') || '(?!)'})[^\\n]*\\n)*`;
  const lexer = {
    marks,
    next: new RegExp(groups(marks.map(({ open }) => open)), 'gm'),
    here: new RegExp(groups(texts.map(({ open }) => open)), 'my'),
    join: joins === null ? null : new RegExp(`${blanks}(${joins})${blanks}`, 'y'),
  };
  LEXERS.set(language, lexer);
  return lexer;
}

/** One search to the end of the file for each closing mark is enough: what was not found once is not there. */
function endOfComment(text: string, from: number, close: string | null, unclosed: Set<string>): number {
  const mark = close ?? '\n';
  const end = unclosed.has(mark) ? -1 : text.indexOf(mark, from);
  if (end >= 0) return end + mark.length;
  unclosed.add(mark);
  return text.length;
}

type Piece =
  | { readonly form: TextForm; readonly close: string; readonly start: number; readonly end: number }
  | { readonly expression: string; readonly start: number };

interface Chain {
  readonly pieces: readonly Piece[];
  readonly end: number;
}

/** A name, a call or an index, as people join them between texts. */
const EXPRESSION = /[$@]?[A-Za-z_][\w.:>$-]{0,80}(?:\([^()"'`\n]{0,80}\)|\[[^\]\n]{0,80}\])?/y;

function chainFrom(
  text: string,
  open: number,
  after: number,
  form: TextForm,
  language: Language,
  unclosed: Set<string>,
): Chain {
  const { here, join } = lexerOf(language);
  const first = pieceOf(text, text.slice(open, after), after, form, unclosed);
  if (first.piece === null) return { pieces: [], end: first.end };
  const pieces: Piece[] = [first.piece];
  let { end } = first;
  for (;;) {
    if (!join) break;
    join.lastIndex = end;
    const operator = join.exec(text);
    if (!operator) break;
    const at = end + operator[0].length;
    here.lastIndex = at;
    const opened = here.exec(text);
    const next = opened && language.texts[opened.slice(1).findIndex((group) => group !== undefined)];
    if (opened && next) {
      const { piece, end: closed } = pieceOf(text, opened[0], at + opened[0].length, next, unclosed);
      if (piece === null) break;
      pieces.push(piece);
      end = closed;
      continue;
    }
    EXPRESSION.lastIndex = at;
    const expression = operator[1] === '' ? null : EXPRESSION.exec(text)?.[0];
    if (!expression) break;
    pieces.push({ expression, start: at });
    end = at + expression.length;
  }
  return { pieces, end };
}

/** `piece` is `null` for a text that is never closed; `end` is where to go on. */
function pieceOf(
  text: string,
  opened: string,
  after: number,
  form: TextForm,
  unclosed: Set<string>,
): { readonly piece: Piece | null; readonly end: number } {
  const close = form.close ?? /"+$/.exec(opened)?.[0] ?? '"';
  const key = `${form.open} ${close}`;
  const end = unclosed.has(key) ? null : endOfText(text, after, form, close);
  if (end === null) unclosed.add(key);
  if (end === null) return { piece: null, end: after };
  if (typeof end === 'object') return { piece: null, end: end.line };
  // A tag's end may be the next one's beginning, and a line's end the next line's.
  const shared = close === '<' || close === '\n';
  return { piece: { form, close, start: after, end }, end: shared ? end : end + close.length };
}

function decoded(text: string, { pieces }: Chain): DecodedText {
  let value = '';
  const offsets: number[] = [];
  let last = 0;
  for (const piece of pieces) {
    if ('expression' in piece) {
      const hole = placeholder(piece.expression);
      value += hole;
      for (let unit = 0; unit < hole.length; unit += 1) offsets.push(piece.start);
      last = piece.start + piece.expression.length;
      continue;
    }
    const inner = decodeText(text, piece.start, piece.end, piece.form, piece.close);
    value += inner.text;
    for (const offset of inner.offsets) offsets.push(offset);
    last = piece.end;
  }
  offsets.push(last);
  return new DecodedText(value, offsets);
}
