/** T-SQL scripts: linked servers, `sp_addlinkedserver` (https://learn.microsoft.com/sql/relational-databases/system-stored-procedures/sp-addlinkedserver-transact-sql). */
import type { ConnectionDeclaration } from '../../../model/declaration.ts';
import type { Span } from '../../../model/span.ts';
import { isPlaceholder, keywordEndpoint } from '../../connection-strings/endpoint.ts';
import { maskSecrets } from '../../connection-strings/mask.ts';
import type { Reader } from '../../reader.ts';
import type { SourceText } from '../../text/source-text.ts';
import { withoutComments } from '../source/without-comments.ts';

const CALL = /\bsp_addlinkedserver\b/gi;
/** A call's arguments end with the batch, the statement, or the next call. */
const END = /;|^[ \t]*go[ \t]*$|\bexec(?:ute)?\b/im;
/** `@provider = N'MSOLEDBSQL'`; a quote in a text is doubled. */
const ARGUMENT = /@(server|srvproduct|provider|datasrc|provstr)\s*=\s*N?'((?:[^']|'')*)'/gi;
const LONGEST_CALL = 4000;

export const linkedServers: Reader = {
  id: 'linked-servers',
  matches: (path) => /\.sql$/i.test(path),
  words: /sp_addlinkedserver/i,
  read(source) {
    const text = withoutComments(source);
    return [...text.matchAll(CALL)].flatMap(({ index, 0: name }) => {
      const from = index + name.length;
      const rest = text.slice(from, from + LONGEST_CALL);
      return linked(source, rest.slice(0, END.exec(rest)?.index), from);
    });
  },
};

/** Of SQL Server; those of other databases are none of our business. */
const PROVIDER = /^(?:SQLNCLI(?:1[01])?(?:\.1)?|MSOLEDBSQL(?:19)?(?:\.1)?|SQLOLEDB(?:\.1)?)$/i;

/** Named arguments alone: by position they are rare, and mean little without their names. */
function linked(source: SourceText, call: string, at: number): readonly ConnectionDeclaration[] {
  const found = new Map<string, { readonly value: string; readonly span: Span }>();
  for (const { index, 0: whole, 1: name = '', 2: value = '' } of call.matchAll(ARGUMENT)) {
    const start = at + index + whole.length - 1 - value.length;
    found.set(name.toLowerCase(), {
      value: value.replaceAll("''", "'"),
      span: source.span(start, start + value.length),
    });
  }
  const provider = found.get('provider');
  const server = found.get('datasrc');
  if (!server || server.value === '' || !provider || !PROVIDER.test(provider.value.trim())) return [];
  return [
    {
      kind: 'connection',
      span: server.span,
      text: maskSecrets(source.text.slice(server.span.start, server.span.end)),
      scope: source.folder,
      grammar: 'options',
      names: { ecosystem: 'oledb', name: provider.value.trim(), span: provider.span },
      ambiguous: false,
      endpoint: keywordEndpoint(server.value),
      endpointSpan: isPlaceholder(server.value) ? null : server.span,
      encrypt: null,
      trustServerCertificate: null,
      hostNameInCertificate: null,
      passwordSpan: null,
      pooling: null,
      connectTimeout: null,
    },
  ];
}
