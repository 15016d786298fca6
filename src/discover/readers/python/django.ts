/**
 * `DATABASES` of Django's settings ("Settings", DATABASES; mssql-django, "Configuration"): literals only, nothing is run.
 * `OPTIONS` names the ODBC driver and may hold keywords of the ODBC connection string (`extra_params`).
 */
import type { ConnectionDeclaration, Declaration } from '../../../model/declaration.ts';
import { declareConnection } from '../../connection-strings/declare.ts';
import { withParts } from '../../connection-strings/endpoint.ts';
import { connectionStringOf, type Pair } from '../../connection-strings/from-pairs.ts';
import type { Reader } from '../../reader.ts';
import { type DecodedText, plain } from '../../text/decoded.ts';
import type { SourceText } from '../../text/source-text.ts';
import { driverDeclaration } from '../driver-declaration.ts';
import { withoutComments } from '../source/without-comments.ts';

/** The catalog's row for it. */
const ENGINES = "ENGINE: 'mssql' or 'sql_server.pyodbc'";
const ENGINE = /(["'])ENGINE\1\s*[:\]=]+\s*(["'])(mssql|sql_server\.pyodbc|django_pyodbc|sqlserver_ado)\2/dg;
/** Longer dictionaries are not looked through. */
const REACH = 3000;

export const django: Reader = {
  id: 'django',
  words: /ENGINE/,
  matches: (path) => /(?:^|\/)(?:settings|[\w-]*settings[\w-]*|settings\/[\w-]+)\.py$/.test(path),
  read(source, vocabulary) {
    const code = withoutComments(source);
    return [...code.matchAll(ENGINE)].flatMap(({ index, indices }): Declaration[] => {
      const [start, end] = indices?.[3] ?? [0, 0];
      const driver = driverDeclaration(source, vocabulary, {
        ecosystem: 'code',
        package: ENGINES,
        version: null,
        role: 'uses',
        start,
        end,
      });
      const connection = connectionOf(source, code, index);
      return connection ? [...driver, connection] : driver;
    });
  },
};

function connectionOf(source: SourceText, code: string, at: number): ConnectionDeclaration | null {
  const [from, to] = dictionaryAround(code, at);
  const value = (key: string): DecodedText | null => {
    const found = new RegExp(`(["'])${key}\\1\\s*:\\s*[rRuU]?(["'])([^"'\\n]*)\\2`, 'd').exec(
      code.slice(from, to),
    );
    const place = found?.indices?.[3];
    return place ? plain(source, from + place[0], from + place[1]) : null;
  };
  const host = value('HOST');
  if (!host?.text) return null;
  const named: readonly (readonly [string, DecodedText | null])[] = [
    ['Driver', value('driver')],
    ['Server', host],
    ['Database', value('NAME')],
  ];
  const pairs: Pair[] = named.flatMap(([keyword, text]) => (text ? [{ keyword, value: text }] : []));
  const connection = declareConnection(
    source,
    connectionStringOf([...pairs, ...extraParameters(value('extra_params'))]),
  );
  if (!connection) return null;
  const span = source.span(host.sourceOffset(0), host.sourceOffset(host.text.length));
  const { endpoint } = connection;
  const port = value('PORT')?.text ?? null;
  return {
    ...connection,
    ambiguous: false,
    span,
    text: source.text.slice(span.start, span.end),
    endpoint: endpoint && withParts(endpoint, { port, instance: null }),
    endpointSpan: span,
  };
}

/** `Encrypt=yes;TrustServerCertificate=no` */
function extraParameters(text: DecodedText | null): Pair[] {
  return [...(text?.text.matchAll(/([\w ]+)=([^;]*)/dg) ?? [])].flatMap(({ 1: keyword = '', indices }) => {
    const place = indices?.[2];
    return text && place ? [{ keyword: keyword.trim(), value: text.slice(place[0], place[1]) }] : [];
  });
}

/** From the brace before to the one that closes it. */
function dictionaryAround(code: string, at: number): readonly [number, number] {
  const from = Math.max(code.lastIndexOf('{', at), at - REACH);
  let depth = 0;
  for (let next = Math.max(from, 0); next < Math.min(code.length, at + REACH); next += 1) {
    if (code[next] === '{') depth += 1;
    if (code[next] === '}') depth -= 1;
    if (depth === 0) return [Math.max(from, 0), next];
  }
  return [Math.max(from, 0), Math.min(code.length, at + REACH)];
}
