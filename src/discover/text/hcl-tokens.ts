/** Tokens of HCL and Bicep: texts, words and marks; comments are left out. Every character is looked at once. */

export interface HclToken {
  readonly kind: 'text' | 'word' | 'mark';
  /** Of a text its value, `null` when something is interpolated or it is never closed; else as written. */
  readonly value: string | null;
  /** Of a text between its quotes. */
  readonly start: number;
  readonly end: number;
}

const COMMENT = /(?:\/\/|#)[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/y;
const WORD = /[A-Za-z0-9_][\w.-]*/y;
const HEREDOC = /<<-?([A-Za-z_]\w{0,60})[ \t]*\r?\n/y;
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

export function hclTokens(text: string, quote: '"' | "'"): readonly HclToken[] {
  const tokens: HclToken[] = [];
  for (let at = 0; at < text.length; ) {
    const { token, next } = tokenAt(text, at, quote);
    if (token) tokens.push(token);
    at = next;
  }
  return tokens;
}

interface Found {
  readonly token: HclToken | null;
  readonly next: number;
}

function tokenAt(text: string, at: number, quote: string): Found {
  const char = text.charAt(at);
  if (char === quote) return text.startsWith("'''", at) ? multiline(text, at) : quoted(text, at, quote);
  const comment = char === '/' || (char === '#' && quote === '"') ? match(COMMENT, text, at) : null;
  if (comment) return { token: null, next: at + comment[0].length };
  const heredoc = char === '<' && quote === '"' ? match(HEREDOC, text, at) : null;
  if (heredoc) return heredocFrom(text, at + heredoc[0].length, heredoc[1] ?? '');
  const word = match(WORD, text, at);
  const end = at + (word?.[0].length ?? 1);
  if (word) return { token: { kind: 'word', value: word[0], start: at, end }, next: end };
  const isBlank = char !== '\n' && /[\s\uFEFF]/.test(char);
  return { token: isBlank ? null : { kind: 'mark', value: char, start: at, end }, next: end };
}

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/** A text ends with its line at the latest, also inside `${…}`: what is never closed shall not take the file with it. */
function quoted(text: string, from: number, quote: string): Found {
  const start = from + 1;
  let value = '';
  let isOpen = false;
  let at = start;
  while (at < text.length && text[at] !== '\n' && text[at] !== quote) {
    const char = text.charAt(at);
    if (char === '\\') {
      const next = text.charAt(at + 1);
      value += ESCAPES[next] ?? next;
      at += 2;
    } else if ((char === '$' || (char === '%' && quote === '"')) && text[at + 1] === '{') {
      isOpen = true;
      at = afterInterpolation(text, at + 2, quote);
    } else {
      value += char;
      at += 1;
    }
  }
  const end = Math.min(at, text.length);
  const isClosed = text[end] === quote;
  return {
    token: { kind: 'text', value: isOpen || !isClosed ? null : value, start, end },
    next: isClosed ? end + 1 : end,
  };
}

/** Past the `}` that closes it; quotes inside open texts of their own, in which braces do not count. */
function afterInterpolation(text: string, from: number, quote: string): number {
  const open = ['{'];
  let at = from;
  for (; at < text.length && text[at] !== '\n' && open.length > 0; at += 1) {
    const char = text.charAt(at);
    const inText = open.at(-1) === quote;
    if (char === '\\') at += 1;
    else if (char === quote) inText ? open.pop() : open.push(quote);
    else if (char === '{' && (!inText || text[at - 1] === '$')) open.push('{');
    else if (char === '}' && !inText) open.pop();
  }
  return Math.min(at, text.length);
}

/** Bicep: nothing is interpolated and nothing escaped. */
function multiline(text: string, from: number): Found {
  const start = from + 3;
  const close = text.indexOf("'''", start);
  const end = close < 0 ? text.length : close;
  return {
    token: { kind: 'text', value: text.slice(start, end), start: Math.min(start, end), end },
    next: close < 0 ? end : end + 3,
  };
}

/** The lines up to one that holds the marker alone. */
function heredocFrom(text: string, start: number, marker: string): Found {
  for (let line = start; line < text.length; ) {
    const found = text.indexOf('\n', line);
    const end = found < 0 ? text.length : found;
    if (end - line < 400 && text.slice(line, end).trim() === marker) {
      const value = text.slice(start, line);
      const token = { kind: 'text', value: /[$%]\{/.test(value) ? null : value, start, end: line } as const;
      return { token, next: end };
    }
    line = end + 1;
  }
  return { token: { kind: 'text', value: null, start, end: text.length }, next: text.length };
}
