import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { displayWidth, wrapped } from '../../src/report/display-width.ts';
import { underlined } from '../../src/report/excerpt.ts';

/** The excerpt of a line in which `[` and `]` stand around the mark. */
function shown(marked: string, width = 60) {
  const start = marked.indexOf('[');
  const end = marked.indexOf(']') - 1;
  const lines = underlined({ text: marked.replace('[', '').replace(']', ''), start, end }, width);
  return lines && [lines.source, lines.underline];
}

describe('underlined', () => {
  test.each([
    ['a plain line', 'a [bc] d', ['a bc d', '  ^~']],
    ['indentation is left out', '\t  a [b]', ['a b', '  ^']],
    ['a tab inside', 'a\t[b]\tc', ['a   b   c', '    ^']],
    ['wide characters before and inside', '注文 [注]=1', ['注文 注=1', '     ^~']],
    ['a combining mark takes no column', 'e\u0301 [x]', ['e\u0301 x', '  ^']],
    ['an emoji is a surrogate pair and two columns', '🔑 [x]', ['🔑 x', '   ^']],
    ['nothing marked', 'ab[]cd', ['abcd', '  ^']],
    ['past the end', 'ab[]', ['ab', '  ^']],
    ['controls are spelled out', 'a\u001b[bc]', ['a\\u{1B}bc', '       ^~']],
  ])('%s', (_, marked, lines) => {
    expect(shown(marked)).toEqual(lines);
  });

  test('a mark that begins in the indentation keeps it', () => {
    expect(underlined({ text: '  ab', start: 1, end: 3 }, 60)).toEqual({ source: ' ab', underline: '^~' });
  });

  test('a blank line has no excerpt', () => {
    expect(underlined({ text: ' \t ', start: 0, end: 0 }, 60)).toBeNull();
  });

  test('a long line is cut around the mark, on the side where something is left out', () => {
    const filler = 'x'.repeat(100);
    expect(shown(`[mark]${filler}`, 20)).toEqual([`mark${'x'.repeat(14)}…`, '^~~~']);
    expect(shown(`${filler}[mark]`, 20)).toEqual([`…${'x'.repeat(14)}mark`, `${' '.repeat(15)}^~~~`]);
    expect(shown(`${filler}[mark]${filler}`, 20)).toEqual([
      `…${'x'.repeat(7)}mark${'x'.repeat(7)}…`,
      `${' '.repeat(8)}^~~~`,
    ]);
  });

  test('a mark wider than the terminal shows its beginning', () => {
    expect(shown(`ab[${'y'.repeat(100)}]`, 20)).toEqual([`…${'y'.repeat(18)}…`, ` ^${'~'.repeat(17)}`]);
  });

  test('a line of megabytes costs no more than its neighbourhood', () => {
    const text = `${'a'.repeat(5_000_000)}mark${'b'.repeat(5_000_000)}`;
    const lines = underlined({ text, start: 5_000_000, end: 5_000_004 }, 80);
    expect(lines?.source).toHaveLength(80);
    expect(lines?.source.indexOf('mark')).toBe(lines?.underline.indexOf('^'));
  });

  test('whatever the line: it fits, and the caret stands under the first marked character', () => {
    const piece = fc.constantFrom(
      'a',
      'bc ',
      '\t',
      '注',
      '🔑',
      'e\u0301',
      '\u202e',
      '\ud800',
      ' ',
      'xyz'.repeat(9),
    );
    const part = fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(part, part, part, fc.integer({ min: 24, max: 80 }), (before, inside, after, width) => {
        const text = `${before}§${inside}${after}`;
        const lines = underlined(
          { text, start: before.length, end: before.length + 1 + inside.length },
          width,
        );
        if (lines === null) throw new Error('the line is not blank');
        expect(displayWidth(lines.source)).toBeLessThanOrEqual(width);
        expect(displayWidth(lines.underline)).toBeLessThanOrEqual(width);
        const [upTo = ''] = lines.source.split('§');
        expect(displayWidth(upTo)).toBe(lines.underline.indexOf('^'));
        expect(lines.underline).toMatch(/^ *\^~*$/);
      }),
      { numRuns: 1000 },
    );
  });
});

test('wrapped lines fit and keep every word', () => {
  const word = fc.stringMatching(/^[a-z注文]{1,12}$/u);
  fc.assert(
    fc.property(fc.array(word, { minLength: 1 }), fc.integer({ min: 24, max: 60 }), (words, width) => {
      const lines = wrapped(words.join(' '), width);
      expect(lines.join(' ')).toBe(words.join(' '));
      for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(width);
    }),
  );
});
