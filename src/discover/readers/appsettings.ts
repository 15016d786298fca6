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
  read: (source) => connectionsIn(source, readJson(source), false),
};

/** The tree of a JSON file; comments and trailing commas are let pass, as .NET does. @throws {Unreadable} */
export function readJson(source: SourceText): Node {
  const errors: ParseError[] = [];
  const tree = parseTree(source.text, errors, { allowTrailingComma: true });
  const [first] = errors;
  if (first)
    throw new Unreadable(words(printParseErrorCode(first.error)), first.offset, first.offset + first.length);
  if (!tree) throw new Unreadable('the file is empty', 0);
  return tree;
}

/** `CloseBraceExpected` → `close brace expected`. */
const words = (code: string) =>
  code.replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).toLowerCase();

function connectionsIn(source: SourceText, node: Node, meant: boolean): ConnectionDeclaration[] {
  if (node.type === 'string') {
    const decoded = fromJsonString(source, node.offset + 1, node.offset + node.length - 1);
    const connection = declareConnection(source, decoded);
    return connection && (meant || !connection.ambiguous) ? [connection] : [];
  }
  return (node.children ?? []).flatMap((child) => {
    if (child.type !== 'property') return connectionsIn(source, child, meant);
    const [key, value] = child.children ?? [];
    return value
      ? connectionsIn(source, value, meant || /^connectionstrings$/i.test(String(key?.value)))
      : [];
  });
}
