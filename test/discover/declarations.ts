// What the tests of readers share: a reader's declarations in the order of the file, with what a person sees at their span.
import { expect } from '@jest/globals';
import { VOCABULARY } from '../../src/catalog/vocabulary.ts';
import { type Reader, Unreadable } from '../../src/discover/reader.ts';
import { SourceText } from '../../src/discover/text/source-text.ts';
import type { Declaration } from '../../src/model/declaration.ts';

export function declarationsOf(reader: Reader, file: string, text: string): Declaration[] {
  expect(reader.matches(file)).toBe(true);
  const source = new SourceText(file, text);
  const declared = reader.read(source, VOCABULARY);
  for (const { span } of declared) {
    expect(span).toEqual(source.span(span.start, span.end));
    expect(span.file).toBe(file);
  }
  return declared.sort(
    (one, other) => one.span.start - other.span.start || (one.scope < other.scope ? -1 : 1),
  );
}

/** `kind: the text that the span cuts out of the file`, per declaration. */
export function pointedAt(reader: Reader, file: string, text: string): string[] {
  return declarationsOf(reader, file, text).map(
    ({ kind, span }) => `${kind}: ${text.slice(span.start, span.end)}`,
  );
}

/** The reader's only allowed failure, or nothing. */
export function problemOf(reader: Reader, text: string): Unreadable | null {
  try {
    reader.read(new SourceText('file', text), VOCABULARY);
    return null;
  } catch (error) {
    if (error instanceof Unreadable) return error;
    throw error;
  }
}
