// No text makes a reader slow: what is linear takes milliseconds, what is not takes minutes. The bound is a wide one
// (`npm run bench` prints the real figures), in CPU time, so that a busy machine does not fail it.
import { expect, test } from '@jest/globals';
import { VOCABULARY } from '../../src/catalog/vocabulary.ts';
import { type Reader, Unreadable } from '../../src/discover/reader.ts';
import { READERS } from '../../src/discover/readers/index.ts';
import { SourceText } from '../../src/discover/text/source-text.ts';
import { corpusFiles } from './corpus-files.ts';
import { hostileTexts } from './hostile.ts';

const LENGTH = 30_000;
const BOUND_MS = 1500;
const files = await corpusFiles();

function cpuOf(reader: Reader, source: SourceText): number {
  const before = process.cpuUsage();
  try {
    reader.read(source, VOCABULARY);
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
  }
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

test.each(READERS.map((reader) => [reader.id, reader] as const))('%s', (_, reader) => {
  const own = files.filter(({ path }) => reader.matches(path));
  const path = own[0]?.path;
  expect(path).toBeDefined();
  // After the head of a real file, so that what looks at the beginning first goes on.
  const heads = ['', own[0]?.text.slice(0, 400) ?? ''];
  const slow = heads
    .flatMap((head) => hostileTexts(LENGTH, head))
    .filter(({ text }) => {
      const source = new SourceText(path ?? '', text);
      // Once more: the first may have met the compiler, or the garbage of others.
      return cpuOf(reader, source) > BOUND_MS && cpuOf(reader, source) > BOUND_MS;
    });
  expect(slow.map(({ name }) => name)).toEqual([]);
});
