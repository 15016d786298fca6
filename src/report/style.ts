/** How a terminal shows text. */
import type { Level } from '../model/finding.ts';

export interface Style {
  readonly color: boolean;
  /** Columns. */
  readonly width: number;
  /** `false`: ASCII marks. Default: true. */
  readonly unicode?: boolean;
}

export interface Paint {
  bold(text: string): string;
  dim(text: string): string;
  good(text: string): string;
  level(level: Level, text: string): string;
}

/** SGR codes of ECMA-48. */
const SGR = { bold: 1, dim: 2, good: 32, error: 31, warning: 33, notice: 36 } as const;

export function painter({ color }: Style): Paint {
  const paint = (code: number) => (text: string) => (color ? `\u001b[${code}m${text}\u001b[0m` : text);
  return {
    bold: paint(SGR.bold),
    dim: paint(SGR.dim),
    good: paint(SGR.good),
    level: (level, text) => paint(SGR[level])(text),
  };
}
