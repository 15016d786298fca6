/** `keyword=value;` lists: the form that ADO.NET, OLE DB, ODBC and the properties of JDBC share, with their own quotes. */
import { isSecretKeyword } from './keywords.ts';
import type { Lexed, Token } from './token.ts';

export interface Quotes {
  /** Opening quote → closing quote; a doubled closing quote stands for itself. */
  readonly [open: string]: string;
}

/** ADO.NET and OLE DB: `"…"` and `'…'`. */
export const ADO_QUOTES: Quotes = { '"': '"', "'": "'" };
/** ODBC and JDBC: `{…}`. */
export const BRACES: Quotes = { '{': '}' };

/** Reads pairs from `start` on. Never fails: what is no pair is passed over. Linear in the length of the text. */
export function lexPairs(text: string, quotes: Quotes, start = 0, separator = ';'): Lexed {
  const tokens: Token[] = [];
  for (let at = start; at < text.length; ) {
    const keywordStart = skipBlanks(text, at, separator);
    const equals = findEquals(text, keywordStart, separator);
    if (equals < 0) {
      const next = text.indexOf(separator, keywordStart);
      if (next < 0) break;
      at = next + 1;
      continue;
    }
    const keyword = text.slice(keywordStart, equals).trimEnd().replaceAll('==', '=');
    const value = readValue(text, equals + 1, quotes, separator);
    tokens.push({
      keyword,
      keywordStart,
      keywordEnd: keywordStart + text.slice(keywordStart, equals).trimEnd().length,
      value: isSecretKeyword(keyword) ? null : value.text,
      valueStart: value.start,
      valueEnd: value.end,
    });
    at = value.next;
  }
  return { tokens, server: null, secrets: [] };
}

function skipBlanks(text: string, at: number, separator: string): number {
  let next = at;
  while (next < text.length && (text[next] === separator || /\s/.test(text[next] ?? ''))) next += 1;
  return next;
}

/** The `=` that ends a keyword: `==` is an escaped one; -1 when the separator or the end comes first. */
function findEquals(text: string, from: number, separator: string): number {
  for (let at = from; at < text.length && text[at] !== separator; at += 1) {
    if (text[at] !== '=') continue;
    if (text[at + 1] !== '=') return at > from ? at : -1;
    at += 1;
  }
  return -1;
}

interface Value {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** Where the next pair begins. */
  readonly next: number;
}

function readValue(text: string, from: number, quotes: Quotes, separator: string): Value {
  let start = from;
  while (start < text.length && text[start] !== separator && /\s/.test(text[start] ?? '')) start += 1;
  const close = quotes[text[start] ?? ''];
  if (close !== undefined) {
    const end = closingQuote(text, start + 1, close);
    if (end >= 0) {
      const next = text.indexOf(separator, end + 1);
      const value = text.slice(start + 1, end).replaceAll(close + close, close);
      return { text: value, start: start + 1, end, next: next < 0 ? text.length : next + 1 };
    }
  }
  const stop = text.indexOf(separator, start);
  const limit = stop < 0 ? text.length : stop;
  const value = text.slice(start, limit).trimEnd();
  return { text: value, start, end: start + value.length, next: limit + 1 };
}

function closingQuote(text: string, from: number, close: string): number {
  for (let at = text.indexOf(close, from); at >= 0; at = text.indexOf(close, at + 2)) {
    if (text[at + 1] !== close) return at;
  }
  return -1;
}
