/** Columns that text takes in a terminal (Unicode UAX #11), and laying text out in them. Text is `printable` already. */

const ZERO = /^[\p{Mn}\p{Me}]$/u;
const WIDE =
  /^[\u{1100}-\u{115F}\u{2E80}-\u{303E}\u{3041}-\u{A4CF}\u{AC00}-\u{D7A3}\u{F900}-\u{FAFF}\u{FE30}-\u{FE6F}\u{FF00}-\u{FF60}\u{FFE0}-\u{FFE6}\u{20000}-\u{3FFFD}\p{Emoji_Presentation}]$/u;

/** Columns of one code point: 0, 1 or 2. */
function columnsOf(character: string): number {
  if (character < '\u{300}') return 1;
  if (ZERO.test(character)) return 0;
  return WIDE.test(character) ? 2 : 1;
}

export function displayWidth(text: string): number {
  let columns = 0;
  for (const character of text) columns += columnsOf(character);
  return columns;
}

/** Blanks on the right up to `width`. */
export function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - displayWidth(text)));
}

/** Lines of at most `width` columns, broken at blanks; a longer word stands alone on its line. */
export function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  let columns = 0;
  for (const word of text.split(' ')) {
    const more = displayWidth(word);
    if (line !== '' && columns + 1 + more > width) {
      lines.push(line);
      line = '';
      columns = 0;
    }
    columns += line === '' ? more : more + 1;
    line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
