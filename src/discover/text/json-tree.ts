/** JSON files as readers walk them: the tree of jsonc-parser. */
import { type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import { Unreadable } from '../reader.ts';
import type { SourceText } from './source-text.ts';

/** The tree of a JSON file; comments and trailing commas are let pass, as .NET does. @throws {Unreadable} */
export function readJson(source: SourceText): Node {
  const errors: ParseError[] = [];
  const tree = parse(source.text.replace(/^\uFEFF/, ' '), errors);
  const [first] = errors;
  if (first)
    throw new Unreadable(words(printParseErrorCode(first.error)), first.offset, first.offset + first.length);
  if (!tree) throw new Unreadable('the file is empty', 0);
  return tree;
}

function parse(text: string, errors: ParseError[]): Node | undefined {
  try {
    return parseTree(text, errors, { allowTrailingComma: true });
  } catch (error) {
    // The parser calls itself once per level.
    if (error instanceof RangeError) throw new Unreadable('nested too deeply', 0);
    throw error;
  }
}

/** `CloseBraceExpected` → `close brace expected`. */
const words = (code: string) =>
  code.replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).toLowerCase();

/** The value under a key of an object, of several the last, as JSON parsers have it; `undefined` when there is none. */
export function member(node: Node | undefined, key: string): Node | undefined {
  return entriesOf(node).findLast(([name]) => name === key)?.[1];
}

/** Keys and values of an object; none for anything else. */
export function entriesOf(node: Node | undefined): readonly (readonly [string, Node])[] {
  if (node?.type !== 'object') return [];
  return (node.children ?? []).flatMap(({ children }) => {
    const [key, value] = children ?? [];
    return key && value ? [[String(key.value), value] as const] : [];
  });
}

/** Between the quotes. */
export function stringRange({ offset, length }: Node): { start: number; end: number } {
  return { start: offset + 1, end: offset + length - 1 };
}
