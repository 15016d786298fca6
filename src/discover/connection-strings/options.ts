/**
 * Options objects of Node.js drivers and ORMs, as declarations: tedious and node-mssql (`server`, `options.encrypt`), TypeORM and
 * Sequelize (`host`, `dialectOptions.options`, `extra`), Knex (`client: 'mssql'`, `connection`).
 */
import type { Setting } from '../../model/connection.ts';
import type { ConnectionDeclaration } from '../../model/declaration.ts';
import type { SourceText } from '../text/source-text.ts';
import { isPlaceholder, keywordEndpoint, withParts } from './endpoint.ts';
import { encryptMode, trusts } from './keywords.ts';
import { maskSecrets } from './mask.ts';

/** A value of an object: a text or a word (`true`, `1433`) as it says, or `null` for what is computed; or an object again. */
export type OptionValue =
  | { readonly text: string | null; readonly start: number; readonly end: number }
  | OptionObject;

export interface OptionObject {
  readonly entries: ReadonlyMap<string, OptionValue>;
  readonly start: number;
  readonly end: number;
}

interface Leaf {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const isObject = (value: OptionValue | undefined): value is OptionObject =>
  value !== undefined && 'entries' in value;

/** Where the settings of TLS stand, from the object itself. */
const PATHS: readonly (readonly string[])[] = [
  [],
  ['options'],
  ['dialectOptions', 'options'],
  ['dialectOptions'],
  ['extra', 'options'],
  ['extra'],
];

/** `null` when it is not for SQL Server, or nothing of it is written. */
export function declareOptions(source: SourceText, object: OptionObject): ConnectionDeclaration | null {
  const named = ['client', 'dialect', 'type'].some((key) => /^mssql$/i.test(leafOf(object, key)?.text ?? ''));
  const inner = object.entries.get('connection');
  const of = named && isObject(inner) ? inner : object;
  const find = (key: string) => {
    for (const path of PATHS) {
      const at = path.reduce<OptionValue | undefined>(
        (from, part) => (isObject(from) ? from.entries.get(part) : undefined),
        of,
      );
      const leaf = isObject(at) ? leafOf(at, key) : null;
      if (leaf) return leaf;
    }
    return null;
  };
  const [encrypt, trust, instance] = [find('encrypt'), find('trustServerCertificate'), find('instanceName')];
  const isTedious = of.entries.has('server') && (encrypt !== null || trust !== null || instance !== null);
  if (!named && !isTedious) return null;
  const server = leafOf(of, 'server') ?? leafOf(of, 'host');
  const place = server ?? encrypt ?? trust;
  if (!place) return null;
  const endpoint = server && keywordEndpoint(server.text);
  const span = (leaf: Leaf) => source.span(leaf.start, leaf.end);
  return {
    kind: 'connection',
    span: span(place),
    text: maskSecrets(source.text.slice(place.start, place.end)),
    scope: source.folder,
    grammar: 'options',
    names: null,
    ambiguous: false,
    endpoint:
      endpoint && withParts(endpoint, { port: find('port')?.text ?? null, instance: instance?.text ?? null }),
    endpointSpan: server && !isPlaceholder(server.text) ? span(server) : null,
    encrypt: settingOf('encrypt', encrypt, (text) => encryptMode('url', 'encrypt', text)),
    trustServerCertificate: settingOf('trustServerCertificate', trust, (text) => trusts('url', text)),
    passwordSpan: null,
    pooling: null,
    connectTimeout: null,
    hostNameInCertificate: settingOf('serverName', find('serverName'), (text) => text),
  };

  function settingOf<T>(
    keyword: string,
    leaf: Leaf | null,
    meaning: (text: string) => T | null,
  ): Setting<T> | null {
    return leaf && { keyword, written: leaf.text, value: meaning(leaf.text), span: span(leaf) };
  }
}

function leafOf(object: OptionObject, key: string): Leaf | null {
  const value = object.entries.get(key);
  if (!value || isObject(value) || value.text === null || value.end <= value.start) return null;
  return { text: value.text, start: value.start, end: value.end };
}
