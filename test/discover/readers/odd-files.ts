// What editors and merges do to a file without changing what it says; and every way of cutting it off.
import { expect } from '@jest/globals';
import fc from 'fast-check';
import { VOCABULARY } from '../../../src/catalog/vocabulary.ts';
import type { Reader } from '../../../src/discover/reader.ts';
import { SourceText } from '../../../src/discover/text/source-text.ts';
import { problemOf } from '../declarations.ts';

/** The declarations as `kind version: text under the span`: equal for files that say the same. */
export function saysOf(reader: Reader, file: string, text: string): string[] {
  return reader.read(new SourceText(file, text), VOCABULARY).map((one) => {
    const version = 'version' in one ? ` ${one.version}` : '';
    return `${one.kind}${version}: ${text.slice(one.span.start, one.span.end)}`;
  });
}

/** With CRLF, with a byte order mark, and after a comment that holds characters of two units, it says the same. */
export function expectSameInOddDress(reader: Reader, file: string, text: string, comment: string): void {
  const says = saysOf(reader, file, text);
  expect(says.length).toBeGreaterThan(0);
  expect(saysOf(reader, file, text.replaceAll('\n', '\r\n'))).toEqual(says);
  expect(saysOf(reader, file, `\uFEFF${text}`)).toEqual(says);
  expect(saysOf(reader, file, text.replace('\n', `\n${comment}\n`))).toEqual(says);
}

/** A prefix gives declarations whose text is their span, or one Unreadable inside the text; never another error. */
export function expectEveryPrefixToBeRead(reader: Reader, file: string, text: string): void {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: text.length }), (length) => {
      const prefix = text.slice(0, length);
      const problem = problemOf(reader, prefix);
      if (problem) {
        expect(problem.start).toBeGreaterThanOrEqual(0);
        expect(problem.start).toBeLessThanOrEqual(length);
        expect(problem.message).not.toContain('hunter2');
        return;
      }
      for (const one of reader.read(new SourceText(file, prefix), VOCABULARY)) {
        expect(one.span.end).toBeLessThanOrEqual(length);
        if (one.kind !== 'connection') expect(prefix.slice(one.span.start, one.span.end)).toBe(one.text);
        expect(JSON.stringify(one)).not.toContain('hunter2');
      }
    }),
    { numRuns: 300 },
  );
}
