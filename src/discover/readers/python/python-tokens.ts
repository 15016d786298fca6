/** The words, texts and marks of a Python program ("Lexical analysis"), comments and blanks left out. Nothing is executed. */

export interface PythonToken {
  readonly kind: 'text' | 'name' | 'mark';
  /** Of a text: what stands between its quotes, as written. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const NEXT = /[^\s#]/g;
const COMMENT = /[ \t]*#[^\n]*/y;
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
    COMMENT.lastIndex = at;
    const comment = COMMENT.exec(text)?.[0];
    if (comment !== undefined) {
      at += comment.length;
      continue;
    }
    NEXT.lastIndex = at;
    const found = NEXT.exec(text)?.index;
    if (found === undefined) break;
    if (text.slice(at, found).includes('#')) {
      at = text.indexOf('#', at);
      continue;
    }
    OPEN.lastIndex = found;
    const opened = OPEN.exec(text);
    if (opened) {
      const [whole, prefix = '', quote = ''] = opened;
      const start = found + whole.length;
      const body = BODY[quote];
      if (body) body.lastIndex = start;
      const length = body?.exec(text)?.[0].length;
      if (length === undefined) {
        if (quote.length === 3) break;
        const line = text.indexOf('\n', start);
        at = line < 0 ? text.length : line;
        continue;
      }
      const end = start + length - quote.length;
      const value = text.slice(start, end);
      const kind = /^[ru]?$/i.test(prefix) && !value.includes('\\') ? 'text' : 'mark';
      tokens.push({ kind, text: kind === 'text' ? value : quote, start, end });
      at = start + length;
      continue;
    }
    NAME.lastIndex = found;
    const name = NAME.exec(text)?.[0];
    const written = name ?? text.charAt(found);
    at = found + written.length;
    tokens.push({ kind: name === undefined ? 'mark' : 'name', text: written, start: found, end: at });
  }
  return tokens;
}
