/** Options of an ORM in JSON: Sequelize's `config/config.json`, TypeORM's `ormconfig.json`, Knex in a file of settings. */
import type { Node } from 'jsonc-parser';
import type { Declaration } from '../../../model/declaration.ts';
import type { Vocabulary } from '../../../model/vocabulary.ts';
import { declareConnection } from '../../connection-strings/declare.ts';
import {
  DEPTH_OF_OPTIONS,
  type DialectKey,
  declareOptions,
  dialectOf,
  type Option,
  type Options,
} from '../../connection-strings/options.ts';
import type { Reader } from '../../reader.ts';
import { DecodedText, fromJsonString, plain } from '../../text/decoded.ts';
import { entriesOf, readJson, stringRange } from '../../text/json-tree.ts';
import type { SourceText } from '../../text/source-text.ts';
import { driverDeclaration } from '../driver-declaration.ts';

/** The catalog's row for each. */
const ROWS: Readonly<Record<DialectKey, string>> = {
  dialect: "dialect: 'mssql'",
  client: "client: 'mssql'",
  type: "type: 'mssql'",
};

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
  const options = optionsOf(source, node, DEPTH_OF_OPTIONS);
  const dialect = dialectOf(options);
  // `type` alone says what anything is: a panel, a plug-in.
  if (!dialect || (dialect.key === 'type' && !options.has('host') && !/ormconfig/i.test(source.file)))
    return null;
  const { key, value } = dialect;
  const driver = driverDeclaration(source, vocabulary, {
    ecosystem: 'code',
    package: ROWS[key],
    version: null,
    role: 'uses',
    start: value.sourceOffset(0),
    end: value.sourceOffset(value.text.length),
  });
  const written = options.get('connection') ?? options.get('url');
  const string = written instanceof DecodedText ? declareConnection(source, written) : null;
  // The settings stand in `config/`, the application above it.
  const scope = source.folder.replace(/(?:^|\/)config$/, '');
  return [...driver, string ?? declareOptions(source, options, value)].map((one) => ({ ...one, scope }));
}

function optionsOf(source: SourceText, node: Node, depth: number): Options {
  return new Map(entriesOf(node).map(([key, value]) => [key, optionOf(source, value, depth - 1)]));
}

function optionOf(source: SourceText, node: Node, depth: number): Option {
  const { type, offset, length } = node;
  if (type === 'object') return depth > 0 ? optionsOf(source, node, depth) : null;
  if (type === 'string') {
    const { start, end } = stringRange(node);
    return fromJsonString(source, start, end);
  }
  return type === 'number' || type === 'boolean' ? plain(source, offset, offset + length) : null;
}
