/** A value of a data source's settings: the URL of a SQL Server, the class of a driver, or a container that Testcontainers starts. */
import type { Declaration } from '../../../model/declaration.ts';
import type { Vocabulary } from '../../../model/vocabulary.ts';
import { declareConnection } from '../../connection-strings/declare.ts';
import { DecodedText } from '../../text/decoded.ts';
import type { SourceText } from '../../text/source-text.ts';
import { declareServer } from '../containers/declare-image.ts';
import { driverDeclaration } from '../driver-declaration.ts';
import { DRIVER_MARKS } from '../source/driver-marks.ts';
import { withDefaults } from './placeholders.ts';

/** Every value that {@link dataSource} takes holds one of these. */
export const DATA_SOURCE_WORDS = /sql ?server|mssql|jtds|server\s*=|data source/i;

export function dataSource(
  source: SourceText,
  vocabulary: Vocabulary,
  written: DecodedText,
): readonly Declaration[] {
  if (!DATA_SOURCE_WORDS.test(written.text)) return [];
  const value = unwrapped(withDefaults(written));
  const connection = declareConnection(source, value);
  if (connection) return connection.ambiguous ? [] : [connection];
  return [...driverClass(source, vocabulary, value), ...container(source, vocabulary, value)];
}

/** Drivers that hand everything on to another: `jdbc:p6spy:sqlserver:…`, `jdbc-secretsmanager:…`, `vertx-reactive:…`. */
const WRAPPER =
  /^(?:(jdbc:)(?:p6spy|log4jdbc|otel|tracing|opentracing|datadog):(?=sqlserver|jtds)|(jdbc)-secretsmanager(?=:sqlserver)|vertx-reactive:)/i;

/** What it wraps: the same text without the wrapper's name. */
function unwrapped(decoded: DecodedText): DecodedText {
  const [whole, first = '', second = ''] = WRAPPER.exec(decoded.text) ?? [];
  if (whole === undefined) return decoded;
  const kept = first + second;
  const rest = decoded.text.slice(whole.length);
  const at = [...kept].map((_, index) => index);
  const others = Array.from({ length: rest.length + 1 }, (_, index) => whole.length + index);
  return new DecodedText(
    kept + rest,
    [...at, ...others].map((index) => decoded.sourceOffset(index)),
  );
}

/** The value is the name of a driver's class and nothing else. */
function driverClass(source: SourceText, vocabulary: Vocabulary, decoded: DecodedText): Declaration[] {
  const name = decoded.text.trim();
  if (!/^[\w.]{1,200}$/.test(name)) return [];
  const mark = DRIVER_MARKS.find(({ pattern }) => [...name.matchAll(pattern)][0]?.[1] === name);
  if (!mark) return [];
  const start = decoded.text.indexOf(name);
  return driverDeclaration(source, vocabulary, {
    ecosystem: 'code',
    package: mark.package,
    version: null,
    role: 'uses',
    start: decoded.sourceOffset(start),
    end: decoded.sourceOffset(start + name.length),
  });
}

/** `jdbc:tc:sqlserver:2019-latest:///orders` (Testcontainers, "JDBC support"): the tag of Microsoft's image. */
function container(source: SourceText, vocabulary: Vocabulary, decoded: DecodedText): readonly Declaration[] {
  const place = /^\s*jdbc:tc:sqlserver:([\w.-]{1,100}):\/\//d.exec(decoded.text)?.indices?.[1];
  if (!place) return [];
  const [start, end] = place;
  const image = `mcr.microsoft.com/mssql/server:${decoded.text.slice(start, end)}`;
  const server = declareServer(
    source,
    { value: image, start: decoded.sourceOffset(start), end: decoded.sourceOffset(end) },
    vocabulary,
  );
  return server ? [server] : [];
}
