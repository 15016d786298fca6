import { describe, expect, test } from '@jest/globals';
import { VOCABULARY } from '../../src/catalog/vocabulary.ts';
import { discover } from '../../src/discover/discover.ts';
import { type Reader, Unreadable } from '../../src/discover/reader.ts';
import { unsearched } from '../../src/discover/unsearched.ts';
import type { Declaration } from '../../src/model/declaration.ts';
import type { FileRead, Workspace } from '../../src/model/workspace.ts';

type Content = string | { readonly problem: string; readonly tooLarge?: true };

/** A folder from a map; counts how many reads are under way at once. */
function workspaceOf(files: Readonly<Record<string, Content>>) {
  const asked: string[] = [];
  let open = 0;
  let most = 0;
  const read = async (path: string): Promise<FileRead> => {
    asked.push(path);
    open += 1;
    most = Math.max(most, open);
    // Later files answer first: order must not depend on it.
    for (let turn = Object.keys(files).length - asked.length; turn >= 0; turn -= 1) await Promise.resolve();
    open -= 1;
    const content = files[path] ?? { problem: 'the file no longer exists' };
    return typeof content === 'string' ? { text: content } : content;
  };
  const workspace: Workspace = { list: async () => Object.keys(files).sort(), read };
  return { workspace, asked, most: () => most };
}

/** Declares each `image` of a `.txt` file as a runtime, in the order it is told. */
const images: Reader = {
  id: 'images',
  matches: (path) => path.endsWith('.txt'),
  read: (source) =>
    [...source.text.matchAll(/image/g)]
      .map(({ index }): Declaration => {
        const span = source.span(index, index + 5);
        return {
          kind: 'runtime',
          span,
          text: 'image',
          scope: source.folder,
          platform: 'os',
          version: null,
          lowerBound: false,
          stack: null,
        };
      })
      .reverse(),
};

function failing(error: unknown): Reader {
  return {
    id: 'failing',
    matches: (path) => path.endsWith('.bad'),
    read: () => {
      throw error;
    },
  };
}

function run(
  files: Readonly<Record<string, Content>>,
  readers: readonly Reader[] = [images],
  exclude: readonly string[] = [],
) {
  return discover(workspaceOf(files).workspace, VOCABULARY, { exclude, readers });
}

const places = (declarations: readonly Declaration[]) =>
  declarations.map(({ kind, span }) => `${kind} ${span.file}:${span.line}:${span.column}`);

describe('what is read', () => {
  test('only what a reader knows by its path, and each file once', async () => {
    const { workspace, asked } = workspaceOf({ 'a.txt': 'image', 'b.md': 'image', 'c/d.txt': '' });
    const twice: Reader = { ...images, id: 'twice' };
    const found = await discover(workspace, VOCABULARY, { exclude: [], readers: [images, twice] });
    expect(asked).toEqual(['a.txt', 'c/d.txt']);
    expect(found.filesRead).toBe(2);
    // What both find at one place is one declaration.
    expect(places(found.declarations)).toEqual(['runtime a.txt:1:1']);
    expect([...found.sources.keys()]).toEqual(['a.txt']);
    expect(found.sources.get('a.txt')?.text).toBe('image');
  });

  test('not what is excluded', async () => {
    const files = Object.fromEntries(
      ['a.txt', 'examples/a.txt', 'examples/.hidden/a.txt', 'src/examples/a.txt', '.x/a.txt', '!a/b.txt'].map(
        (path) => [path, 'image'],
      ),
    );
    const left = async (...exclude: string[]) => [...(await run(files, [images], exclude)).sources.keys()];
    expect(await left('examples/**')).toEqual(['!a/b.txt', '.x/a.txt', 'a.txt', 'src/examples/a.txt']);
    expect(await left('examples/')).toEqual(await left('examples/**'));
    expect(await left('**/examples')).toEqual(['!a/b.txt', '.x/a.txt', 'a.txt']);
    expect(await left('**/a.txt', '!a/**')).toEqual([]);
    expect(await left('**')).toEqual([]);
  });

  test('sixteen at a time', async () => {
    const names = Array.from({ length: 100 }, (_, n) => `${n}.txt`);
    const { workspace, asked, most } = workspaceOf(Object.fromEntries(names.map((name) => [name, 'image'])));
    const found = await discover(workspace, VOCABULARY, { exclude: [], readers: [images] });
    expect(asked).toHaveLength(100);
    expect(most()).toBe(16);
    expect(found.declarations.map(({ span }) => span.file)).toEqual(names.sort());
  });

  test('by path, then by place', async () => {
    const found = await run({ 'b.txt': ' image\nimage image', 'a.txt': 'image' });
    expect(places(found.declarations)).toEqual([
      'runtime a.txt:1:1',
      'runtime b.txt:1:2',
      'runtime b.txt:2:1',
      'runtime b.txt:2:7',
    ]);
  });
});

describe('what cannot be read is declared', () => {
  test('a file without text, at its beginning', async () => {
    const found = await run({ 'a.txt': { problem: 'the file is larger than 2 MB' }, 'b.txt': 'image' });
    expect(found.declarations[0]).toEqual({
      kind: 'unreadable',
      span: { file: 'a.txt', start: 0, end: 0, line: 1, column: 1, endLine: 1, endColumn: 1 },
      text: '',
      scope: '',
      reason: 'the file is larger than 2 MB',
    });
    expect(found.skipped).toEqual([
      { path: 'a.txt', reason: 'the file is larger than 2 MB', unsearched: false },
    ]);
    expect(found.filesRead).toBe(1);
    expect(found.declarations).toHaveLength(2);
  });

  test('a large one that is only searched for words is named, the rest of very many counted', async () => {
    const large: Content = { problem: 'the file is larger than 2 MB', tooLarge: true };
    const searched: Reader = { ...images, words: /image/ };
    const found = await run({ 'a/b.txt': large, 'c.txt': { problem: 'the file is binary, not text' } }, [
      searched,
    ]);
    expect(found.declarations).toEqual([]);
    expect(unsearched(found.skipped)).toEqual([
      {
        subject: 'b.txt',
        reason: 'the file is larger than 2 MB, so what it declares is not known',
        file: 'a/b.txt',
        line: null,
      },
    ]);
    const many = Object.fromEntries(Array.from({ length: 25 }, (_, n) => [`${n}.txt`, large]));
    const named = unsearched((await run(many, [searched])).skipped);
    expect([named.length, named.at(-1)?.subject]).toEqual([21, '5 more files']);
  });

  test('where the parser stopped, to the end of that line, without its text', async () => {
    const text = 'one\r\ntwo Password=hunter2\r\nthree';
    const found = await run({ 'x/a.bad': text }, [failing(new Unreadable('expected "}"', 9))]);
    expect(found.declarations).toEqual([
      {
        kind: 'unreadable',
        span: { file: 'x/a.bad', start: 9, end: 25, line: 2, column: 5, endLine: 2, endColumn: 21 },
        text: '',
        scope: 'x',
        reason: 'expected "}"',
      },
    ]);
    expect(found.skipped).toEqual([]);
  });

  test.each([
    [new Unreadable('x', 0, 3), 0, 3],
    [new Unreadable('x', 99), 8, 8],
    [new Unreadable('x', -1, 2), 0, 2],
    [new Unreadable('x', 4, 4), 4, 8],
    [new Unreadable('x', 3, 3), 3, 3],
  ])('a place that the text does not have is moved into it (%#)', async (error, start, end) => {
    const found = await run({ 'a.bad': 'one\ntwo!' }, [failing(error)]);
    expect(found.declarations).toMatchObject([{ kind: 'unreadable', span: { start, end } }]);
  });

  test('a reader that fails ends neither the run nor the other readers of the file', async () => {
    const other: Reader = { ...images, matches: () => true };
    const found = await run({ 'a.bad': 'image', 'b.txt': 'image' }, [
      failing(new TypeError('x is not a function')),
      other,
    ]);
    expect(places(found.declarations)).toEqual([
      'unreadable a.bad:1:1',
      'runtime a.bad:1:1',
      'runtime b.txt:1:1',
    ]);
    expect(found.declarations[0]).toMatchObject({
      reason: 'the reader for failing failed: x is not a function',
    });
  });

  test('a failure that quotes the text does not bring it to the report', async () => {
    const reason = async (error: unknown) => {
      const found = await run({ 'a.bad': '' }, [failing(error)]);
      return found.declarations.flatMap((one) => (one.kind === 'unreadable' ? one.reason : []));
    };
    const quoting = new SyntaxError('Unexpected token \'P\', ..."Password=hunter2"... is not valid JSON');
    expect((await reason(quoting)).join()).not.toContain('hunter2');
    expect(await reason('no error at all')).toEqual(['the reader for failing failed: no error at all']);
  });
});

test('an empty folder declares nothing', async () => {
  const found = await discover(workspaceOf({}).workspace, VOCABULARY, { exclude: [] });
  expect(found).toEqual({ declarations: [], sources: new Map(), filesRead: 0, skipped: [] });
});

test('the readers of this project know their files', async () => {
  const files = {
    Dockerfile: 'FROM debian:12\nRUN apt-get install -y msodbcsql18=18.3.2.1-1\n',
    'compose.yml': 'services:\n  sql:\n    image: mcr.microsoft.com/mssql/server:2022-latest\n',
    'api/.env': 'DB=Server=sql,1433;Database=a;Encrypt=True;Password=hunter2\n',
    '.github/workflows/ci.yml': 'jobs: {',
  };
  const found = await discover(workspaceOf(files).workspace, VOCABULARY, { exclude: [] });
  expect(places(found.declarations)).toEqual([
    'unreadable .github/workflows/ci.yml:1:8',
    'runtime Dockerfile:1:6',
    'driver Dockerfile:2:36',
    'connection api/.env:1:4',
    'server compose.yml:3:12',
  ]);
  expect(JSON.stringify(found.declarations)).not.toContain('hunter2');
});
