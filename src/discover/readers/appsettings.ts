/** `appsettings*.json` and the like: connection strings anywhere, and everything under `ConnectionStrings`. */
import { type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import type { ConnectionDeclaration } from '../../model/declaration.ts';
import { declareConnection } from '../connection-strings/declare.ts';
import { type Reader, Unreadable } from '../reader.ts';
import { fromJsonString } from '../text/decoded.ts';
import type { SourceText } from '../text/source-text.ts';

export const appsettings: Reader = {
  id: 'appsettings',
  matches: (path) => /(?:^|\/)(?:appsettings[^/]*|local\.settings|connectionstrings)\.json$/i.test(path),
  read: (source) => connectionsIn(source, readJson(source)),
};

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

/** The section as an object, or its name before a separator: `ConnectionStrings:Orders`, `ConnectionStrings__Orders`. */
const SECTION = /^connectionstrings(?:$|:|__)/i;

/** Not a function that calls itself: it would reach less deep than the parser. */
function connectionsIn(source: SourceText, root: Node): ConnectionDeclaration[] {
  const found: ConnectionDeclaration[] = [];
  const open = [{ node: root, meant: false }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { node, meant } = next;
    const connection = node.type === 'string' ? connectionOf(source, node) : null;
    if (connection && (meant || !connection.ambiguous)) found.push(connection);
    const [key, value] = node.children ?? [];
    if (node.type !== 'property')
      for (const child of (node.children ?? []).toReversed()) open.push({ node: child, meant });
    else if (value) open.push({ node: value, meant: meant || SECTION.test(String(key?.value)) });
  }
  return found;
}

function connectionOf(source: SourceText, { offset, length }: Node): ConnectionDeclaration | null {
  return declareConnection(source, fromJsonString(source, offset + 1, offset + length - 1));
}
