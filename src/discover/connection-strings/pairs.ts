/** `keyword=value;` lists: the form that ADO.NET, OLE DB, ODBC and the properties of JDBC share, each with its own quotes. */
import { isSecretKeyword } from './keywords.ts';
import type { Lexed, Range, Token } from './token.ts';

export interface PairSyntax {
  /** Opening quote → closing quote; a doubled closing quote stands for itself. */
  readonly quotes: Readonly<Record<string, string>>;
  /** `==` in a keyword stands for `=`. */
  readonly doubledEquals: boolean;
}

/**
 * Reads pairs from `start` on. Never fails: what is no pair is passed over. Text that a broken secret may have left
 * behind (an open quote, an unquoted `;`) counts as secret too. Linear in the length of the text.
 */
export function lexPairs(text: string, syntax: PairSyntax, start = 0): Lexed {
  const tokens: Token[] = [];
  const secrets: Range[] = [];
  const unclosed = new Set<string>();
  for (let at = start; at < text.length; ) {
    const keywordStart = skipBlanks(text, at);
    const segmentEnd = endOf(text, keywordStart);
    const equals = findEquals(text, keywordStart, segmentEnd, syntax);
    if (equals < 0) {
      if (tokens.at(-1)?.secret) secrets.push({ start: keywordStart, end: segmentEnd });
      at = segmentEnd + 1;
      continue;
    }
    const written = text.slice(keywordStart, equals).trimEnd();
    const secret = isSecretKeyword(written);
    const value = readValue(text, equals + 1, { quotes: syntax.quotes, secret, unclosed });
    if (secret) secrets.push({ start: value.start, end: value.end }, { start: value.after, end: value.next });
    tokens.push({
      keyword: syntax.doubledEquals ? written.replaceAll('==', '=') : written,
      keywordStart,
      keywordEnd: keywordStart + written.length,
      value: secret ? null : value.text,
      valueStart: value.start,
      valueEnd: value.end,
      secret,
    });
    at = value.next + 1;
  }
  return { tokens, server: null, instance: null, secrets: secrets.filter(({ start, end }) => start < end) };
}

function endOf(text: string, from: number): number {
  const separator = text.indexOf(';', from);
  return separator < 0 ? text.length : separator;
}

function skipBlanks(text: string, at: number): number {
  let next = at;
  while (next < text.length && /[;\s]/.test(text[next] ?? '')) next += 1;
  return next;
}

/** The `=` that ends a keyword; -1 when there is none before `end`. */
function findEquals(text: string, from: number, end: number, { doubledEquals }: PairSyntax): number {
  const segment = text.slice(from, end);
  const first = segment.indexOf('=', 1);
  // `Password==x` is a mistake that must not hide the secret.
  if (first >= 0 && (!doubledEquals || isSecretKeyword(segment.slice(0, first)))) return from + first;
  for (let at = first; at >= 0; at = segment.indexOf('=', at + 2)) {
    if (segment[at + 1] !== '=') return from + at;
  }
  return -1;
}

interface Value extends Range {
  readonly text: string;
  /** After the closing quote; text between it and `next` is none of the grammar's. */
  readonly after: number;
  /** The `;` or the end. */
  readonly next: number;
}

interface Reading {
  readonly quotes: PairSyntax['quotes'];
  readonly secret: boolean;
  /** Closing quotes that were looked for in vain: one search to the end of the text is enough. */
  readonly unclosed: Set<string>;
}

function readValue(text: string, from: number, { quotes, secret, unclosed }: Reading): Value {
  let start = from;
  while (start < text.length && text[start] !== ';' && /\s/.test(text[start] ?? '')) start += 1;
  const close = quotes[text[start] ?? ''];
  if (close !== undefined && !unclosed.has(close)) {
    const end = closingQuote(text, start + 1, close);
    if (end >= 0) {
      const value = text.slice(start + 1, end).replaceAll(close + close, close);
      return { text: value, start: start + 1, end, after: end + 1, next: endOf(text, end + 1) };
    }
    unclosed.add(close);
  }
  // Nobody knows where a secret with an open quote ends.
  const next = close !== undefined && secret ? text.length : endOf(text, start);
  const value = text.slice(start, next).trimEnd();
  return { text: value, start, end: start + value.length, after: next, next };
}

function closingQuote(text: string, from: number, close: string): number {
  for (let at = text.indexOf(close, from); at >= 0; at = text.indexOf(close, at + 2)) {
    if (text[at + 1] !== close) return at;
  }
  return -1;
}
