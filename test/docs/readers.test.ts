// docs/readers: one page per reader; each of its examples is read, and what the page says is found in it.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { VOCABULARY } from '../../src/catalog/vocabulary.ts';
import { discover } from '../../src/discover/discover.ts';
import { READERS } from '../../src/discover/readers/index.ts';
import { lineOf } from '../discover/listed.ts';

/** A file's name alone on its line, the file, and what is found in it. */
const EXAMPLE = /^`([^`\n]+)`\n\n(````?)[\w.-]*\n([\s\S]*?)^\2\n\n```text\n([\s\S]*?)^```$/gm;

const pageOf = (id: string) => `docs/readers/${id}.md`;

describe.each(READERS.map((reader) => [reader.id, reader] as const))('%s', (id, reader) => {
  test('has a page with an example that this reader reads', () => {
    expect(existsSync(pageOf(id))).toBe(true);
    const examples = [...readFileSync(pageOf(id), 'utf8').matchAll(EXAMPLE)];
    expect(examples.some(([, path = '']) => reader.matches(path))).toBe(true);
  });

  test('its examples declare what the page says', async () => {
    const page = readFileSync(pageOf(id), 'utf8');
    const places: { readonly said: string; readonly found: string }[] = [];
    for (const [whole, path = '', , text = '', said = ''] of page.matchAll(EXAMPLE)) {
      const workspace = { list: async () => [path], read: async () => ({ text }) };
      const { declarations } = await discover(workspace, VOCABULARY, { exclude: [], readers: [reader] });
      const found = declarations.map((one) => `${lineOf(one)}\n`).join('') || 'nothing\n';
      const answer = whole.length - said.length - '```'.length;
      places.push({ said: whole, found: `${whole.slice(0, answer)}${found}\`\`\`` });
    }
    const expected = places.reduce((all, { said, found }) => all.replace(said, () => found), page);
    if (process.env.UPDATE_GOLDEN === '1') writeFileSync(pageOf(id), expected);
    expect(readFileSync(pageOf(id), 'utf8')).toBe(expected);
  });
});

test('the index names every page', () => {
  const index = readFileSync('docs/readers/README.md', 'utf8');
  const named = [...index.matchAll(/\]\(([\w-]+)\.md\) \(`([\w-]+)`\)/g)].map(([, page, id]) => [page, id]);
  expect(named.map(([page]) => page).sort()).toEqual(READERS.map(({ id }) => id).sort());
  expect(named.filter(([page, id]) => page !== id)).toEqual([]);
});

test('every page is of a reader', () => {
  const ids = READERS.map(({ id }) => `${id}.md`);
  const others = readdirSync('docs/readers').filter((name) => name !== 'README.md');
  expect(others.sort()).toEqual(ids.sort());
});
