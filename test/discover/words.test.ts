// A reader that looks for words before it reads finds one in every file it makes something of; else the search would hide the file.
import { expect, test } from '@jest/globals';
import { VOCABULARY } from '../../src/catalog/vocabulary.ts';
import { Unreadable } from '../../src/discover/reader.ts';
import { READERS } from '../../src/discover/readers/index.ts';
import { SourceText } from '../../src/discover/text/source-text.ts';
import { corpusFiles } from './corpus-files.ts';

const files = await corpusFiles();

test.each(READERS.flatMap((reader) => (reader.words ? [[reader.id, reader, reader.words] as const] : [])))(
  '%s',
  (_, reader, words) => {
    const anywhere = new RegExp(words.source, 'im');
    const missed = files
      .filter(({ path, text }) => reader.matches(path) && !anywhere.test(text))
      .filter(({ path, text }) => {
        try {
          return reader.read(new SourceText(path, text), VOCABULARY).length > 0;
        } catch (error) {
          return !(error instanceof Unreadable);
        }
      });
    expect(missed.map(({ path }) => path)).toEqual([]);
  },
);
