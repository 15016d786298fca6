// Every file of the corpus, as it is and damaged: spans point at what they say, and nothing but Unreadable is ever thrown.
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { VOCABULARY } from '../../src/catalog/vocabulary.ts';
import { Unreadable } from '../../src/discover/reader.ts';
import { READERS } from '../../src/discover/readers/index.ts';
import { SourceText } from '../../src/discover/text/source-text.ts';
import type { Declaration } from '../../src/model/declaration.ts';
import { type CorpusFile, corpusFiles } from './corpus-files.ts';

/** Every password of the fixtures. */
const SECRET = 'hunter2';

const files = await corpusFiles();

/** What every reader of this file finds; a part that cannot be read is left out. */
function readAll({ path, text }: CorpusFile): readonly Declaration[] {
  const source = new SourceText(path, text);
  return READERS.filter((reader) => reader.matches(path)).flatMap((reader) => {
    try {
      return reader.read(source, VOCABULARY);
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      expect(error.start).toBeGreaterThanOrEqual(0);
      expect(error.message).not.toContain(SECRET);
      return [];
    }
  });
}

function expectHonest({ path, text }: CorpusFile): void {
  const source = new SourceText(path, text);
  for (const one of readAll({ path, text })) {
    const { span } = one;
    expect(span).toEqual(source.span(span.start, span.end));
    expect(span.end).toBeLessThanOrEqual(text.length);
    expect(span.end).toBeGreaterThan(span.start);
    expect(JSON.stringify(one)).not.toContain(SECRET);
    // A secret is masked in a connection's text.
    const written = text.slice(span.start, span.end);
    if (!written.includes(SECRET) && one.kind !== 'connection') expect(one.text).toBe(written);
  }
}

test.each(files.map((file) => [file.path, file] as const))('%s', (_, file) => expectHonest(file));

const damaged = fc.constantFrom(...files).chain((file) =>
  fc
    .record({
      at: fc.nat(file.text.length),
      cut: fc.oneof(fc.constant(0), fc.nat(40), fc.constant(file.text.length)),
      put: fc.oneof(
        fc.string({ maxLength: 8, unit: 'binary' }),
        fc.constantFrom(
          '"',
          "'",
          '`',
          '{{ x }}',
          '${',
          '<!--',
          '\n',
          '\t',
          '\0',
          '\\',
          '[[',
          '*',
          '&a',
          '#{x}#',
        ),
      ),
    })
    .map(({ at, cut, put }) => ({
      path: file.path,
      text: file.text.slice(0, at) + put + file.text.slice(at + cut),
    })),
);

test('damaged files crash no reader, and what is found in them is there', () => {
  fc.assert(
    fc.property(damaged, (file) => {
      if (!file.text.includes('hunter')) expectHonest(file);
      else readAll(file);
    }),
    { numRuns: 4000 },
  );
});

test('names of other files on a text crash no reader', () => {
  const paths = [...new Set(files.map(({ path }) => path))];
  fc.assert(
    fc.property(fc.constantFrom(...paths), fc.constantFrom(...files), (path, { text }) => {
      readAll({ path, text });
    }),
    { numRuns: 2000 },
  );
});
