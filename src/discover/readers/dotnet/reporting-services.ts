/** SQL Server Reporting Services: shared data sources (`*.rds`, `*.rsds`) and those inside reports (`*.rdl`, `*.rdlc`). */
import type { ConnectionDeclaration } from '../../../model/declaration.ts';
import { declareConnection } from '../../connection-strings/declare.ts';
import type { Reader } from '../../reader.ts';
import { fromXmlText } from '../../text/decoded.ts';
import type { SourceText } from '../../text/source-text.ts';
import { descendants, type Element, readXml } from '../../text/xml.ts';

/** What the data extensions of a report server are to .NET ("Data sources supported by Reporting Services"). */
const PROVIDERS: Readonly<Record<string, string>> = {
  SQL: 'System.Data.SqlClient',
  OLEDB: 'System.Data.OleDb',
  ODBC: 'System.Data.Odbc',
};

export const reportingServices: Reader = {
  id: 'reporting-services',
  matches: (path) => /\.(?:rds|rsds|rdlc?)$/i.test(path),
  read: (source) => [...descendants(readXml(source))].flatMap((element) => sourceOf(source, element)),
};

/** An element with a string and the extension that takes it. */
function sourceOf(source: SourceText, { children }: Element): ConnectionDeclaration[] {
  const text = children.find(({ name }) => /^ConnectString$/i.test(name));
  const extension = children.find(({ name }) => /^(?:Extension|DataProvider)$/i.test(name))?.text ?? '';
  const provider = PROVIDERS[extension.toUpperCase()];
  if (!text || provider === undefined) return [];
  const { start, end } = text.textRange;
  // `="Data Source=" & Parameters!Server.Value` is an expression: what it comes to is not known.
  const isComputed = text.text.startsWith('=');
  const from = isComputed ? start + 1 + (source.text[start + 1] === '"' ? 1 : 0) : start;
  const connection = declareConnection(source, fromXmlText(source, from, end), { provider });
  if (!connection) return [];
  return [isComputed ? { ...connection, endpoint: null } : connection];
}
