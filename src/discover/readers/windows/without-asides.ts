/**
 * Blanks of the same length for what a PowerShell script does not run: comments and here-strings (about_Comments,
 * about_Quoting_Rules). What is never closed goes to the end, or each of many would be searched for its own.
 */
const ASIDE =
  /<#[\s\S]*?(?:#>|$)|@'[ \t]*\r?\n[\s\S]*?(?:\n'@|$)|@"[ \t]*\r?\n[\s\S]*?(?:\n"@|$)|'[^'\n]*(?:'|(?=\n)|$)|"(?:`[\s\S]|[^"`\n])*`?(?:"|(?=\n)|$)|(?<![\w`])#[^\n]*/g;

export function withoutAsides(text: string): string {
  return text.replace(ASIDE, (found) => (/^["']/.test(found) ? found : found.replace(/[^\n]/g, ' ')));
}
