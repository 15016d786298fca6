/** How a terminal shows text. */
import type { Level } from '../model/finding.ts';

export interface Style {
  readonly color: boolean;
  /** Columns. */
  readonly width: number;
}

export interface Paint {
  bold(text: string): string;
  dim(text: string): string;
  level(level: Level, text: string): string;
}

/** SGR codes of ECMA-48. */
const SGR = { bold: 1, dim: 2, error: 31, warning: 33, notice: 36 } as const;

export function painter({ color }: Style): Paint {
  const paint = (code: number) => (text: string) => (color ? `\u001b[${code}m${text}\u001b[0m` : text);
  return { bold: paint(SGR.bold), dim: paint(SGR.dim), level: (level, text) => paint(SGR[level])(text) };
}

/** Lines of at most `width` columns, broken at blanks; a longer word stands alone. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}
