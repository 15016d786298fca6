/** The words, texts and marks of a Python program ("Lexical analysis"), comments and blanks left out. Nothing is executed. */

export interface PythonToken {
  readonly kind: 'text' | 'name' | 'mark';
  /** Of a text: what stands between its quotes, as written. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Blanks, comments, and the backslash that joins lines. */
const PASSED = /(?:\s+|#[^\n]*|\\(?=\r?\n))+/y;
const NAME = /[A-Za-z_]\w*/y;
const OPEN = /([A-Za-z]{0,2})("""|'''|"|')/y;
const BODY: Readonly<Record<string, RegExp>> = {
  '"': /[^"\\\n]*(?:\\[\s\S][^"\\\n]*)*"/y,
  "'": /[^'\\\n]*(?:\\[\s\S][^'\\\n]*)*'/y,
  '"""': /[^"\\]*(?:(?:\\[\s\S]|"(?!""))[^"\\]*)*"""/y,
  "'''": /[^'\\]*(?:(?:\\[\s\S]|'(?!''))[^'\\]*)*'''/y,
};

/**
 * Stops where a text over several lines is never closed. Formatted texts, bytes and texts with an escape are marks: what
 * they say is computed. Linear in the length of the text.
 */
export function pythonTokens(text: string): readonly PythonToken[] {
  const tokens: PythonToken[] = [];
  for (let at = 0; at < text.length; ) {
    at += lengthAt(PASSED, text, at) ?? 0;
    OPEN.lastIndex = at;
    const opened = OPEN.exec(text);
    if (opened) {
      const [whole, prefix = '', quote = ''] = opened;
      const token = textToken(text, at + whole.length, prefix, quote);
      if (token) tokens.push(token);
      at = token ? token.end + quote.length : endOfBroken(text, at, quote);
      continue;
    }
    const name = lengthAt(NAME, text, at);
    const end = at + (name ?? 1);
    if (at < text.length)
      tokens.push({ kind: name === null ? 'mark' : 'name', text: text.slice(at, end), start: at, end });
    at = end;
  }
  return tokens;
}

/** `null` for a text that is never closed. */
function textToken(text: string, start: number, prefix: string, quote: string): PythonToken | null {
  const length = BODY[quote] && lengthAt(BODY[quote], text, start);
  if (length == null) return null;
  const end = start + length - quote.length;
  const value = text.slice(start, end);
  const isPlain = /^[ru]?$/i.test(prefix) && !value.includes('\\');
  return { kind: isPlain ? 'text' : 'mark', text: isPlain ? value : quote, start, end };
}

/** Where to go on: a text on one line spoils no more than that. */
function endOfBroken(text: string, at: number, quote: string): number {
  const line = quote.length === 3 ? -1 : text.indexOf('\n', at);
  return line < 0 ? text.length : line;
}

function lengthAt(pattern: RegExp, text: string, at: number): number | null {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0].length ?? null;
}
