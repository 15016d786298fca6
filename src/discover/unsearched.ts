import type { NotChecked } from '../model/check-report.ts';
import type { SkippedFile } from './discover.ts';

/** A folder of data may hold very many of them. */
const NAMED = 20;

/** Files too large to look into, for what was not checked: the first by name, the others counted. */
export function unsearched(skipped: readonly SkippedFile[]): readonly NotChecked[] {
  const files = skipped.filter((one) => one.unsearched);
  const more = files.length - NAMED;
  return [
    ...files.slice(0, NAMED).map(({ path, reason }) => ({
      subject: path.slice(path.lastIndexOf('/') + 1),
      reason: `${reason}, so what it declares is not known`,
      file: path,
      line: null,
    })),
    ...(more > 0
      ? [
          {
            subject: `${more} more ${more === 1 ? 'file' : 'files'}`,
            reason: 'too large as well',
            file: null,
            line: null,
          },
        ]
      : []),
  ];
}
