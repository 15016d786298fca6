import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Composer, type Document, Parser, type Scalar, visit } from 'yaml';
import { Unreadable } from '../../../src/discover/reader.ts';
import { SourceText } from '../../../src/discover/text/source-text.ts';
import { documentsOf } from '../../../src/discover/text/yaml-documents.ts';
import { YamlTree } from '../../../src/discover/text/yaml-tree.ts';
import { corpusFiles } from '../corpus-files.ts';

const files = (await corpusFiles()).filter(({ path }) => /\.(?:ya?ml|winget|template)$/.test(path));

/** Each document's first mistake, else its scalars with their places: by the library alone, with the core schema. */
function byLibrary(text: string) {
  const composer = new Composer({ uniqueKeys: false, prettyErrors: false });
  const all = [...composer.compose(new Parser().parse(text), true, text.length)];
  return all.map((document) => document.errors[0]?.pos[0] ?? scalarsOf(document, coreText));
}

function byUs(text: string) {
  return documentsOf(text).map(
    (document) => document.errors[0]?.pos[0] ?? scalarsOf(document, ({ value }) => String(value)),
  );
}

function scalarsOf(document: Document, textOf: (scalar: Scalar) => string): unknown[] {
  const found: unknown[] = [];
  visit(document, {
    Scalar(_, node) {
      found.push([textOf(node), node.range, node.type, node.tag, node.anchor]);
    },
    Alias(_, node) {
      found.push([node.source, node.range]);
    },
  });
  return found;
}

/** What is no YAML at all is refused as a whole. */
function expectAsByLibrary(text: string): void {
  const ours = attempt(() => byUs(text));
  if (ours instanceof Unreadable) expect(byLibrary(text).some((one) => typeof one === 'number')).toBe(true);
  else expect(ours).toEqual(byLibrary(text));
}

const coreText = ({ value, source }: Scalar) => (typeof value === 'string' ? value : (source ?? ''));

test.each(files.map(({ path, text }) => [path, text] as const))('%s', (_, text) => {
  expectAsByLibrary(text);
});

const damaged = fc
  .record({
    file: fc.constantFrom(...files),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    cut: fc.nat(30),
    put: fc.oneof(
      fc.string({ maxLength: 6 }),
      fc.constantFrom(
        '"',
        "'",
        '\n',
        '\t',
        '---\n',
        '{',
        '[',
        '*a',
        '&a ',
        '!x ',
        '!!str ',
        '|',
        '? ',
        ': ',
        '<<: ',
      ),
    ),
  })
  .map(({ file: { text }, at, cut, put }) => {
    const from = Math.floor(at * text.length);
    return text.slice(0, from) + put + text.slice(from + cut);
  });

test('damaged files have the same scalars and the same first mistakes', () => {
  fc.assert(fc.property(damaged, expectAsByLibrary), { numRuns: 3000 });
});

function attempt<T>(run: () => T): T | Unreadable {
  try {
    return run();
  } catch (error) {
    if (error instanceof Unreadable) return error;
    throw error;
  }
}

describe('what stays as it is written', () => {
  const valuesOf = (text: string) => {
    const tree = new YamlTree(new SourceText('a.yml', text));
    return [...tree.entries(tree.root)].map(([key, value]) => [key, tree.text(value)?.value ?? null]);
  };

  test('numbers, also as keys', () => {
    expect(valuesOf('1.10: 0x1F\n2.0: 017\n')).toEqual([
      ['1.10', '0x1F'],
      ['2.0', '017'],
    ]);
  });

  test.each(['', '~', 'null', 'NULL'])('%j is nothing', (written) => {
    expect(valuesOf(`a: ${written}\n`)).toEqual([['a', null]]);
  });

  test.each(['"null"', "'~'", '""', '!x null'])('%s is a text', (written) => {
    expect(valuesOf(`a: ${written}\n`)).toEqual([['a', written.replace(/^!x |["']/g, '')]]);
  });

  test('a merge key merges, whatever %YAML says', () => {
    expect(valuesOf('%YAML 1.1\n---\na: &a {b: c}\n<<: *a\n').at(0)).toEqual(['b', 'c']);
  });
});

describe('what costs more than people write', () => {
  test.each([
    ['- '.repeat(50_000), 'nested too deeply'],
    ['[a,'.repeat(30_000), 'nested too deeply'],
    ['---\n'.repeat(25_000), 'too many documents'],
    ['a: b\n'.repeat(20_000), 'too many short parts for a text of this length'],
    ['- &a b\n'.repeat(3000), 'too many anchors'],
    ["''\n".repeat(200), 'this is no YAML'],
  ])('%.12j…', (text, message) => {
    expect(attempt(() => documentsOf(text))).toMatchObject({ message });
  });

  test('short parts are no matter in a short file', () => {
    expect(documentsOf('a: b\n'.repeat(2000))).toHaveLength(1);
  });

  test('brackets in texts are none', () => {
    expect(documentsOf(`a: |\n${'  [[[[[[[[\n'.repeat(100)}`)).toHaveLength(1);
  });
});
