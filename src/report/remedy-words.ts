/** What would let every client connect to the servers as they are to be, in sentences. */
import type { CheckReport } from '../model/check-report.ts';
import { counted } from './words.ts';

/** For a plan alone: what is broken today has its findings. */
export function remedyLines({ remedies }: CheckReport): readonly string[] {
  return remedies
    .filter(({ when }) => when === 'planned')
    .map(({ fix, file, line, pairs }) => {
      const names = [...new Set(pairs.map(({ client }) => client))].join(', ');
      return `${fix} (${file}:${line}; ${counted(pairs.length, 'connection')}: ${names})`;
    });
}
