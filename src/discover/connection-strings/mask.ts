/** Masks secrets in free text, such as the line of a file that is shown as an excerpt. */

export const MASK = '***';

const SECRET_KEYWORD =
  /(?:password|passwd|pwd|secret|access[ _-]?token|accountkey|sharedaccesskey|api[_-]?key)["']?\s{0,5}(?:=|:|%3D)\s{0,5}/gi;
const USER_INFO = /(:\/\/[^\s:/@"']{0,200}:)[^\s/"'?#]{1,200}@/g;
const CLOSING: Readonly<Record<string, string>> = { '"': '"', "'": "'", '{': '}' };
const VALUE_END = /[;&"'<>\s]|%3B/i;

/**
 * The text with the values of password-like keywords and the passwords of URLs replaced by `***`. Rather masks too much
 * than too little; linear in the length of the text.
 */
export function maskSecrets(text: string): string {
  let shown = '';
  let at = 0;
  for (const match of text.matchAll(SECRET_KEYWORD)) {
    const start = match.index + match[0].length;
    if (match.index < at) continue;
    const value = valueAt(text, start);
    shown += text.slice(at, value.start) + (value.end > value.start ? MASK : '');
    at = value.end;
  }
  return (shown + text.slice(at)).replace(USER_INFO, `$1${MASK}@`);
}

function valueAt(text: string, start: number): { start: number; end: number } {
  const close = CLOSING[text[start] ?? ''];
  const lineEnd = text.indexOf('\n', start);
  const line = text.slice(start, lineEnd < 0 ? text.length : lineEnd);
  if (close !== undefined) {
    for (let at = line.indexOf(close, 1); at > 0; at = line.indexOf(close, at + 2)) {
      if (line[at + 1] !== close) return { start: start + 1, end: start + at };
    }
    return { start: start + 1, end: start + line.length };
  }
  const end = line.search(VALUE_END);
  return { start, end: start + (end < 0 ? line.length : end) };
}
