/** Untrusted text inside GitHub-flavoured Markdown (github.github.com/gfm). */
import { printable, prose } from './words.ts';

/** Running text that stays text: no markup, HTML, table cell, link, mention, issue reference or formula. */
export function markdown(text: string): string {
  return escaped(prose(text));
}

/** A path or an identifier in a code font. */
export function code(text: string): string {
  const shown = printable(text);
  // In a code span backslashes stay, and a table cell ends at any bare `|`: only plain text goes into one.
  return /^[\w ./:,()[\]=*+-]+$/.test(shown) && shown === shown.trim()
    ? `\`${shown}\``
    : `<code>${escaped(shown)}</code>`;
}

/** Text inside an HTML block such as `<summary>`, where Markdown does not count. */
export function html(text: string): string {
  return unlinked(entities(prose(text)));
}

/** A link to a documentation page; anything but https is shown as text. */
export function link(words: string, uri: string): string {
  return /^https:\/\/[\w./:#?=&%~-]+$/.test(uri) ? `[${markdown(words)}](${uri})` : markdown(uri);
}

/** One row of a table; `cells` are Markdown already. */
export function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

/** The two lines above a table's rows. */
export function tableHead(cells: readonly string[]): string {
  return `${row(cells)}\n|${' --- |'.repeat(cells.length)}`;
}

function escaped(text: string): string {
  return unlinked(entities(text).replace(/[\\`*_{}[\]#!|~$]/g, '\\$&'));
}

function entities(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** GitHub links mentions and addresses after rendering: a zero-width space inside keeps them text. */
function unlinked(text: string): string {
  return text.replaceAll('@', '@&#8203;').replaceAll('://', ':&#8203;//').replace(/www\./gi, '$&&#8203;');
}
