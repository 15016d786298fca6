/**
 * `appsettings*.json`, `launchSettings.json`, `local.settings.json` and the like: connection strings anywhere, and everything
 * under `ConnectionStrings` or a key that names SQL.
 */
import type { Node } from 'jsonc-parser';
import type { ConnectionDeclaration } from '../../../model/declaration.ts';
import { declareConnection } from '../../connection-strings/declare.ts';
import type { Reader } from '../../reader.ts';
import { fromJsonString } from '../../text/decoded.ts';
import { readJson } from '../../text/json-tree.ts';
import type { SourceText } from '../../text/source-text.ts';

export const appsettings: Reader = {
  id: 'appsettings',
  matches: (path) =>
    /(?:^|\/)(?:appsettings[^/]*|local\.settings|launchsettings|secrets|connectionstrings)\.json$/i.test(
      path,
    ),
  read: (source) => connectionsIn(source, readJson(source)),
};

/**
 * The section as an object, or its name before a separator: `ConnectionStrings:Orders`, `ConnectionStrings__Orders`; and keys
 * such as `SqlConnectionString`, `SQLCONNSTR_Orders` of App Service.
 */
const SECTION = /^connectionstrings(?:$|:|__)|(?<![a-z])(?:ms)?sql(?:server|azure)?_?conn|^sqlserver$/i;

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
