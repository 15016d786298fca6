/**
 * `odbc.ini` of unixODBC, a data source per section, and `*.dsn` files with the one they are ("DSN and Connection String
 * Keywords and Attributes" of the ODBC driver; FreeTDS user guide, "odbc.ini").
 */
import type { Declaration } from '../../../model/declaration.ts';
import type { Vocabulary } from '../../../model/vocabulary.ts';
import { declareConnection } from '../../connection-strings/declare.ts';
import { connectionStringOf } from '../../connection-strings/from-pairs.ts';
import type { Reader } from '../../reader.ts';
import { plain } from '../../text/decoded.ts';
import { type IniSection, type IniText, readIni, valuesOf } from '../../text/ini.ts';
import type { SourceText } from '../../text/source-text.ts';
import { driverFile } from '../driver-file.ts';
import { withoutTemplateSuffix } from './template-name.ts';

export const odbcIni: Reader = {
  id: 'odbc-ini',
  matches: (path) => /(?:^|\/)(?:\.?odbc(?!inst)[^/]*\.ini|[^/]+\.dsn)$/i.test(withoutTemplateSuffix(path)),
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
  const pairs = section.entries
    .filter(({ key, value }) => value.text !== '' && /^[\w .-]+$/.test(key.text))
    .map(({ key, value }) => ({ keyword: key.text, value: plain(source, value.start, value.end) }));
  if (name === null || pairs.length === 0) return [];
  const [library] = valuesOf(section, 'driver');
  // Its driver may stand in the list of data sources alone.
  const driver = library ? undefined : listed.get(name.text);
  if (driver) pairs.unshift({ keyword: 'Driver', value: plain(source, driver.start, driver.end) });
  const connection = declareConnection(source, connectionStringOf(pairs));
  if (!connection) return [];
  const { endpointSpan } = connection;
  const [start, end] = endpointSpan ? [endpointSpan.start, endpointSpan.end] : [name.start, name.end];
  const place = { span: source.span(start, end), text: source.text.slice(start, end) };
  return [{ ...connection, ...place }, ...(library ? driverFile(source, vocabulary, library) : [])];
}
