/**
 * Connections that are written as an object of options and not as a string: Sequelize, TypeORM, Knex and the drivers
 * below them (documentation of tedious, `options`; of mssql, "Configuration"). Whoever reads the file makes the objects.
 */
import type { Endpoint, Setting } from '../../model/connection.ts';
import type { ConnectionDeclaration } from '../../model/declaration.ts';
import { DecodedText } from '../text/decoded.ts';
import type { SourceText } from '../text/source-text.ts';
import { urlEndpoint, withParts } from './endpoint.ts';
import { encryptMode, trusts } from './keywords.ts';
import { maskSecrets } from './mask.ts';

/** What stands under a key: a text or a word such as `true`, an object, or `null` for what is computed. */
export type Option = DecodedText | Options | null;
export type Options = ReadonlyMap<string, Option>;

/** The key under which an object says that it is for SQL Server. */
export type DialectKey = 'type' | 'dialect' | 'client';
const DIALECT_KEYS: readonly DialectKey[] = ['dialect', 'client', 'type'];

/** The key and its `mssql`; `null` for the options of another database, or of none. */
export function dialectOf(
  options: Options,
): { readonly key: DialectKey; readonly value: DecodedText } | null {
  for (const key of DIALECT_KEYS) {
    const value = options.get(key);
    if (isText(value) && value.text === 'mssql') return { key, value };
  }
  return null;
}

/** Where the settings of a connection may stand, from the object that names the dialect. */
const PLACES: readonly (readonly string[])[] = [
  [],
  ['connection'],
  ['options'],
  ['connection', 'options'],
  ['dialectOptions', 'options'],
  ['extra', 'options'],
];

/** Objects within objects that count: `dialectOptions.options.encrypt`. */
export const DEPTH_OF_OPTIONS = 3;

/** Its span is that of the host, else that of the dialect's name. */
export function declareOptions(
  source: SourceText,
  options: Options,
  dialect: DecodedText,
): ConnectionDeclaration {
  const places = PLACES.map((path) => within(options, path));
  const find = (...keys: readonly string[]) => {
    for (const place of places)
      for (const key of keys) {
        const value = place?.get(key);
        if (isText(value)) return { key, value };
      }
    return null;
  };
  const host = find('server', 'host')?.value ?? null;
  const shown = host?.text ? host : dialect;
  return {
    kind: 'connection',
    span: spanOf(source, shown),
    text: maskSecrets(shown.text),
    scope: source.folder,
    grammar: 'options',
    names: null,
    ambiguous: false,
    endpoint: endpointOf(host, find('port')?.value ?? null, find('instanceName')?.value ?? null),
    endpointSpan: host?.text ? spanOf(source, host) : null,
    encrypt: setting(source, find('encrypt'), (written) => encryptMode('ado', 'encrypt', written)),
    trustServerCertificate: setting(source, find('trustServerCertificate'), (written) =>
      trusts('ado', written),
    ),
    hostNameInCertificate: setting(source, find('serverName'), (written) => written),
  };
}

const isText = (option: Option | undefined): option is DecodedText => option instanceof DecodedText;

function within(options: Options, path: readonly string[]): Options | undefined {
  return path.reduce<Options | undefined>((at, key) => {
    const next = at?.get(key);
    return next instanceof Map ? next : undefined;
  }, options);
}

const spanOf = (source: SourceText, written: DecodedText) =>
  source.span(written.sourceOffset(0), written.sourceOffset(written.text.length));

function endpointOf(
  host: DecodedText | null,
  port: DecodedText | null,
  instance: DecodedText | null,
): Endpoint | null {
  const endpoint = host?.text ? urlEndpoint(host.text) : null;
  return endpoint && withParts(endpoint, { port: port?.text ?? null, instance: instance?.text ?? null });
}

function setting<T>(
  source: SourceText,
  found: { readonly key: string; readonly value: DecodedText } | null,
  meaning: (written: string) => T | null,
): Setting<T> | null {
  if (!found) return null;
  const written = maskSecrets(found.value.text);
  return { keyword: found.key, written, value: meaning(written), span: spanOf(source, found.value) };
}
