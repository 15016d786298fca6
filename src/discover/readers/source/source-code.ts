/**
 * Source code of many languages: connection strings, images of SQL Server and the names of drivers in its texts. A text
 * that is put together counts as far as it is written; nothing is executed.
 */
import type { ConnectionDeclaration, Declaration } from '../../../model/declaration.ts';
import type { Vocabulary } from '../../../model/vocabulary.ts';
import { declareConnection } from '../../connection-strings/declare.ts';
import { declareOptions } from '../../connection-strings/options.ts';
import type { Reader } from '../../reader.ts';
import type { DecodedText } from '../../text/decoded.ts';
import type { SourceText } from '../../text/source-text.ts';
import { declareServer } from '../containers/declare-image.ts';
import { driverDeclaration } from '../driver-declaration.ts';
import { DRIVER_MARKS } from './driver-marks.ts';
import { languageOf } from './languages.ts';
import { type Lexed, type Literal, lex } from './literals.ts';
import { objectsAround } from './object-literals.ts';
import { isWithin, withoutComments } from './without-comments.ts';

/** Every connection string of a SQL Server, every image of one and every mark of a driver holds one of these. */
export const WORDS =
  /server\s*=|data source|addr(?:ess)?\s*=|sql ?server|mssql|jtds|sqlsrv|sql_server|dblib:|adodb|azure-sql-edge|freetds|trustServerCertificate/i;

export const sourceCode: Reader = {
  id: 'source-code',
  words: WORDS,
  matches: (path) => languageOf(path) !== undefined && !isGenerated(path),
  read(source, vocabulary) {
    const language = languageOf(source.file);
    if (!language || !WORDS.test(source.text) || isBundle(source)) return [];
    const lexed = lex(source.text, language, WORDS);
    return [
      ...lexed.literals.flatMap((literal) => declarationOf(source, literal, vocabulary) ?? []),
      ...(OBJECTS.test(source.file) ? optionsIn(source, lexed) : []),
      ...marksOf(source, lexed, vocabulary),
    ];
  },
};

/** Copies that nobody edits: minified bundles, designer files, packages that are kept in the tree. */
const GENERATED =
  /(?:^|\/)(?:node_modules|vendor|bower_components|site-packages)\/|\.min\.\w+$|\.designer\.\w+$/i;

const isGenerated = (path: string): boolean => GENERATED.test(path);

const OBJECTS = /\.(?:[cm]?[jt]sx?|vue|svelte|json[c5]?)$/i;
const OPTION_KEY =
  /["']?(?<![\w$])(?:encrypt|trustServerCertificate|instanceName)["']?\s*:|["']?(?<![\w$])(?:client|dialect|type)["']?\s*:\s*["'`]mssql["'`]/g;

/** Objects around settings that only drivers of SQL Server have; of several around one key the innermost that is one. */
function optionsIn(source: SourceText, { comments }: Lexed): readonly ConnectionDeclaration[] {
  const seen = new Set<number>();
  return objectsAround(withoutComments(source, comments), OPTION_KEY).flatMap((objects) => {
    for (const object of objects) {
      const declared = declareOptions(source, object);
      if (!declared) continue;
      if (seen.has(declared.span.start)) return [];
      seen.add(declared.span.start);
      return [declared];
    }
    return [];
  });
}

/** Programs put together by a program: nobody edits their lines. */
const isBundle = ({ text, lines }: SourceText) => text.length > 10_000 && text.length / lines > 400;

function declarationOf(source: SourceText, literal: Literal, vocabulary: Vocabulary): Declaration | null {
  const written = trimmed(literal.decoded);
  const server = IMAGE.test(written.text) ? imageIn(source, written, vocabulary) : null;
  if (server) return server;
  // A whole script may hold `Server=` somewhere.
  if (/^[^=]*[\n"'()]/.test(written.text)) return null;
  const connection = declareConnection(source, written);
  // A part of a string, to be put to another.
  if (!connection?.endpointSpan && !connection?.names && !/\bdsn\s*=/i.test(written.text)) return null;
  if (!connection?.ambiguous) return connection;
  return isForSqlServer(source.text, literal) ? { ...connection, ambiguous: false } : null;
}

/** With a registry or a tag: `mssql/server` alone may be any path. */
const IMAGE = /^(?=[^\s=;]*[.:])[^\s=;]+\/[^\s=;]+$/;

/** A text over several lines has blanks of its own around it. */
function trimmed(decoded: DecodedText): DecodedText {
  const start = decoded.text.length - decoded.text.trimStart().length;
  return decoded.slice(start, Math.max(start, decoded.text.trimEnd().length));
}

function imageIn(source: SourceText, written: DecodedText, vocabulary: Vocabulary) {
  const [start, end] = [written.sourceOffset(0), written.sourceOffset(written.text.length)];
  return declareServer(source, { value: written.text, start, end }, vocabulary);
}

/** `new SqlConnection("…")`, `UseSqlServer("…")`, `sqlConnectionString = "…"`: the code around says whose string it is. */
const SQL_SERVER_CALL =
  /(?:\bsql(?:server)?connection(?:stringbuilder)?|\b(?:use|add)sqlserver(?:storage)?|\bmssqlserver|\bpymssql\.connect|\bsqlserver)\s*\(\s*(?:connectionstring:\s*)?$|\b\w*sqlserver\w*\s*[:=]\s*$/i;

function isForSqlServer(text: string, { start }: Literal): boolean {
  return SQL_SERVER_CALL.test(text.slice(Math.max(0, start - 80), start));
}

/** The first of each kind: a file that names a driver twice uses it once. */
function marksOf(source: SourceText, { comments }: Lexed, vocabulary: Vocabulary): readonly Declaration[] {
  return DRIVER_MARKS.flatMap(({ package: name, pattern, files }) => {
    if (files && !files.test(source.file)) return [];
    for (const { indices } of source.text.matchAll(pattern)) {
      const place = indices?.[1];
      if (!place || isWithin(place[0], comments)) continue;
      const [start, end] = place;
      return driverDeclaration(source, vocabulary, {
        ecosystem: 'code',
        package: name,
        version: null,
        role: 'uses',
        start,
        end,
      });
    }
    return [];
  });
}
