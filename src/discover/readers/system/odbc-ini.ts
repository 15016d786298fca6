/**
 * `odbc.ini` of unixODBC, a data source per section, and `*.dsn` files with the one they are ("DSN and Connection String
 * Keywords and Attributes" of the ODBC driver; FreeTDS user guide, "odbc.ini").
 */
import type { Declaration } from '../../../model/declaration.ts';
import type { Vocabulary } from '../../../model/vocabulary.ts';
import { declareConnection } from '../../connection-strings/declare.ts';
import type { Reader } from '../../reader.ts';
import { DecodedText } from '../../text/decoded.ts';
import { type IniEntry, type IniSection, type IniText, readIni, valuesOf } from '../../text/ini.ts';
import type { SourceText } from '../../text/source-text.ts';
import { driverFile } from '../driver-file.ts';

export const odbcIni: Reader = {
  id: 'odbc-ini',
  matches: (path) => /(?:^|\/)(?:\.?odbc(?!inst)[^/]*\.ini|[^/]+\.dsn)$/i.test(path),
  read(source, vocabulary) {
    const sections = readIni(source.text, { comments: '#;' });
    const list = sections.find(({ name }) => name?.text.toLowerCase() === 'odbc data sources');
    const listed = new Map(list?.entries.map(({ key, value }) => [key.text, value]));
    return sections.flatMap((section) => dataSource(source, vocabulary, section, listed));
  },
};

function dataSource(
  source: SourceText,
  vocabulary: Vocabulary,
  section: IniSection,
  listed: ReadonlyMap<string, IniText>,
): Declaration[] {
  const { name } = section;
  const entries = section.entries.filter(
    ({ key, value }) => value.text !== '' && /^[\w .-]+$/.test(key.text),
  );
  if (name === null || entries.length === 0) return [];
  const [library] = valuesOf(section, 'driver');
  // Its driver may stand in the list of data sources alone.
  const driver = library ? undefined : listed.get(name.text);
  const pairs = driver ? [{ key: { ...driver, text: 'Driver' }, value: driver }, ...entries] : entries;
  const connection = declareConnection(source, asString(pairs));
  if (!connection) return [];
  const { endpointSpan } = connection;
  const [start, end] = endpointSpan ? [endpointSpan.start, endpointSpan.end] : [name.start, name.end];
  const place = { span: source.span(start, end), text: source.text.slice(start, end) };
  return [{ ...connection, ...place }, ...(library ? driverFile(source, vocabulary, library) : [])];
}

/** The section as the connection string that it stands for, every value in braces. */
function asString(entries: readonly IniEntry[]): DecodedText {
  const pieces: string[] = [];
  const offsets: number[] = [];
  const put = (text: string, at: number) => {
    pieces.push(text);
    for (let index = 0; index < text.length; index += 1) offsets.push(at);
  };
  for (const { key, value } of entries) {
    put(key.text, key.start);
    put('={', value.start);
    const braces = /^\{[^{}]*\}$/.test(value.text) ? 1 : 0;
    for (let index = braces; index < value.text.length - braces; index += 1) {
      const unit = value.text.charAt(index);
      put(unit === '}' ? '}}' : unit, value.start + index);
    }
    put('};', value.end - braces);
  }
  return new DecodedText(pieces.join(''), [...offsets, offsets.at(-1) ?? 0]);
}
