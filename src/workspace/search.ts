/** Finds a word in very many files, faster than reading them as text: one pass over the bytes, one buffer for all. */
import { closeSync, constants, openSync, readSync } from 'node:fs';
import { join } from 'node:path';

const CHUNK_BYTES = 2 * 1024 * 1024;
/** The byte order marks of UTF-16: its words are no Latin-1. */
const isUtf16 = (bytes: Buffer) =>
  (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);

/**
 * Those of `paths`, relative to `root`, in whose first `maxBytes` bytes `word` is found, or that cannot be searched so: in
 * UTF-16, longer, or not to be opened (whoever reads them says why).
 */
export function filesHolding(
  root: string,
  paths: readonly string[],
  word: RegExp,
  maxBytes: number,
): readonly string[] {
  const buffer = Buffer.allocUnsafe(Math.min(CHUNK_BYTES, maxBytes) + 1);
  return paths.filter((path) => {
    const length = fill(buffer, join(root, path));
    if (length === null || length === buffer.length || isUtf16(buffer)) return true;
    return word.test(buffer.toString('latin1', 0, length));
  });
}

/** Synchronous calls spare a trip to the thread pool for each; `null` when there is nothing to read. */
function fill(buffer: Buffer, place: string): number | null {
  let file: number;
  try {
    file = openSync(place, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
  } catch {
    return null;
  }
  try {
    // A regular file gives all it has, or as much as there is room for.
    return readSync(file, buffer, 0, buffer.length, null);
  } catch {
    return null;
  } finally {
    closeSync(file);
  }
}
