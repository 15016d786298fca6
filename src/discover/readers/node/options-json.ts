/** Options of an ORM in JSON: Sequelize's `config/config.json`, TypeORM's `ormconfig.json`, Knex in a file of settings. */
import type { Node } from 'jsonc-parser';
import type { Declaration } from '../../../model/declaration.ts';
import type { Vocabulary } from '../../../model/vocabulary.ts';
import { declareConnection } from '../../connection-strings/declare.ts';
import { declareOptions, type OptionObject, type OptionValue } from '../../connection-strings/options.ts';
import type { Reader } from '../../reader.ts';
import { fromJsonString } from '../../text/decoded.ts';
import { entriesOf, member, readJson, stringRange } from '../../text/json-tree.ts';
import type { SourceText } from '../../text/source-text.ts';
import { driverDeclaration } from '../driver-declaration.ts';

/** The catalog's row for each. */
const ROWS = { dialect: "dialect: 'mssql'", client: "client: 'mssql'", type: "type: 'mssql'" } as const;
/** `dialectOptions.options.encrypt` */
const DEPTH = 3;

export const optionsJson: Reader = {
  id: 'options-json',
  words: /"mssql"/,
  matches: (path) =>
    /(?:^|\/)(?:ormconfig|knexfile|config|database|db)(?:[.-][\w.-]+)?\.json$|(?:^|\/)config\/[^/]+\.json$/i.test(
      path,
    ),
  read(source, vocabulary) {
    const found: Declaration[] = [];
    // Not a function that calls itself: it would reach less deep than the parser.
    const open: Node[] = [readJson(source)];
    for (let node = open.pop(); node; node = open.pop()) {
      const declared = node.type === 'object' ? declaredBy(source, vocabulary, node) : null;
      if (declared) found.push(...declared);
      else for (const child of (node.children ?? []).toReversed()) open.push(child);
    }
    return found;
  },
};

/** `null` for an object that is not one of options for SQL Server. */
function declaredBy(source: SourceText, vocabulary: Vocabulary, node: Node): Declaration[] | null {
  const key = (['dialect', 'client', 'type'] as const).find((one) => member(node, one)?.value === 'mssql');
  const dialect = key && member(node, key);
  if (!dialect) return null;
  // `type` alone says what anything is: a panel, a plug-in.
  if (key === 'type' && !member(node, 'host') && !/ormconfig/i.test(source.file)) return null;
  const driver = driverDeclaration(source, vocabulary, {
    ecosystem: 'code',
    package: ROWS[key],
    version: null,
    role: 'uses',
    ...stringRange(dialect),
  });
  const connection =
    stringOf(source, node, 'connection') ??
    stringOf(source, node, 'url') ??
    declareOptions(source, objectOf(source, node, DEPTH));
  // The settings stand in `config/`, the application above it.
  const scope = source.folder.replace(/(?:^|\/)config$/, '');
  return [...driver, ...(connection ? [connection] : [])].map((one) => ({ ...one, scope }));
}

/** A connection string in place of options. */
function stringOf(source: SourceText, node: Node, key: string) {
  const written = member(node, key);
  if (written?.type !== 'string') return null;
  const { start, end } = stringRange(written);
  return declareConnection(source, fromJsonString(source, start, end));
}

function objectOf(source: SourceText, node: Node, depth: number): OptionObject {
  const { offset: start, length } = node;
  const entries = entriesOf(node).map(([key, value]) => [key, optionOf(source, value, depth - 1)] as const);
  return { entries: new Map(entries), start, end: start + length };
}

function optionOf(source: SourceText, node: Node, depth: number): OptionValue {
  const { type, offset, length, value } = node;
  if (type === 'object' && depth > 0) return objectOf(source, node, depth);
  if (type === 'string') return { text: String(value), ...stringRange(node) };
  const isWord = type === 'number' || type === 'boolean';
  return { text: isWord ? String(value) : null, start: offset, end: offset + length };
}
