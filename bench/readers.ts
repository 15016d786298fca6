/** The slowest that each reader is made: CPU milliseconds for 100 kB, over hostile texts and repeated files of the corpus. */
import { VOCABULARY } from '../src/catalog/vocabulary.ts';
import { READERS } from '../src/discover/readers/index.ts';
import { SourceText } from '../src/discover/text/source-text.ts';
import { corpusFiles } from '../test/discover/corpus-files.ts';
import { corpusTexts, hostileTexts } from '../test/discover/hostile.ts';

const LENGTH = 100_000;
const GOAL_MS = 100;
const SHOWN = 12;

/** `paths`: a regular expression for the files of the corpus to take; without it, all. */
export async function readers(print: (line: string) => void, paths = ''): Promise<void> {
  const wanted = new RegExp(paths);
  const files = (await corpusFiles()).filter(({ path }) => wanted.test(path));
  const rows = READERS.flatMap((reader) => {
    const own = files.filter(({ path }) => reader.matches(path));
    const path = own[0]?.path;
    if (path === undefined) return [];
    const head = own[0]?.text.slice(0, 400) ?? '';
    const texts = [
      ...[...hostileTexts(LENGTH), ...hostileTexts(LENGTH, head)].map((one) => ({ path, ...one })),
      ...corpusTexts(own, LENGTH),
    ];
    return texts.map(({ path, name, text }) => {
      const source = new SourceText(path, text);
      const run = () => {
        const before = process.cpuUsage();
        try {
          reader.read(source, VOCABULARY);
        } catch {
          // Unreadable is an answer too.
        }
        const { user, system } = process.cpuUsage(before);
        return (user + system) / 1000;
      };
      // The first round compiles, and may meet the garbage of others: what is slow is asked again.
      const first = run();
      return { reader: reader.id, name, ms: first < GOAL_MS / 2 ? first : Math.min(first, run(), run()) };
    });
  }).sort((one, other) => other.ms - one.ms);
  const over = rows.filter(({ ms }) => ms > GOAL_MS);
  print(`readers on 100 kB: ${rows.length} texts, ${over.length} over ${GOAL_MS} ms; the slowest:`);
  const worst = rows.filter((row, index) => rows.findIndex(({ reader }) => reader === row.reader) === index);
  for (const { reader, name, ms } of worst.slice(0, SHOWN)) print(`  ${ms.toFixed(0)} ms ${reader}, ${name}`);
}
