import { describe, expect, test } from '@jest/globals';
import { SourceText } from '../../src/discover/text/source-text.ts';
import { inlineIgnores } from '../../src/policy/inline-ignores.ts';

const MARK = 'mssql-tls-preflight: ignore[dhe-enabled]';
const ignores = (text: string) =>
  inlineIgnores(new SourceText('a', text)).map(({ rules, reason, line }) => ({ rules, reason, line }));

describe('inline ignores', () => {
  test.each([
    [`# ${MARK} why`],
    [`// ${MARK} why`],
    [`-- ${MARK} why`],
    [`; ${MARK} why`],
    [`<!-- ${MARK} why -->`],
    [`/* ${MARK} why */`],
    [`REM ${MARK} why`],
    [`@rem ${MARK} why`],
    [`' ${MARK} why`],
    [`## ${MARK} why\r`],
  ])('%j stands alone and speaks for the next line', (comment) => {
    expect(ignores(`first\n  ${comment}\nthird`)).toEqual([
      { rules: ['dhe-enabled'], reason: 'why', line: 3 },
    ]);
  });

  test.each([[`Encrypt=no # ${MARK} why`], [`/* ${MARK} why */ Encrypt=no`]])(
    '%j speaks for its own line',
    (line) => {
      expect(ignores(`first\n${line}\nthird`)).toEqual([{ rules: ['dhe-enabled'], reason: 'why', line: 2 }]);
    },
  );

  test('several above one line speak for it', () => {
    expect(ignores(`# ${MARK} one\n# ${MARK} two\ncode`).map(({ line }) => line)).toEqual([3, 3]);
  });

  test('a line of very many marks is read once', () => {
    const text = `"${`${MARK} `.repeat(40_000)}"\n# ${MARK} why\ncode`;
    expect(ignores(text)).toEqual([{ rules: ['dhe-enabled'], reason: 'why', line: 3 }]);
  });

  test('several rules, no reason', () => {
    expect(ignores('# mssql-tls-preflight: ignore[a, b,c]')).toEqual([
      { rules: ['a', 'b', 'c'], reason: '', line: 2 },
    ]);
  });

  test.each([
    [`"${MARK} why"`],
    [`remember ${MARK}`],
    ['# mssql-tls-preflight: ignore[open'],
    [`theorem ${MARK}`],
  ])('%j is no comment', (text) => {
    expect(ignores(text)).toEqual([]);
  });
});
