/** Laravel's database of its `.env`, a variable for each part (`config/database.php`, connection `sqlsrv`). */
import type { ConnectionDeclaration } from '../../../model/declaration.ts';
import { declareConnection } from '../../connection-strings/declare.ts';
import { withParts } from '../../connection-strings/endpoint.ts';
import { connectionStringOf } from '../../connection-strings/from-pairs.ts';
import type { DecodedText } from '../../text/decoded.ts';
import type { SourceText } from '../../text/source-text.ts';

const KEYWORDS = {
  DB_HOST: 'Server',
  DB_DATABASE: 'Database',
  DB_ENCRYPT: 'Encrypt',
  DB_TRUST_SERVER_CERTIFICATE: 'TrustServerCertificate',
} as const;

/** Nothing unless the variables choose SQL Server. */
export function laravelDatabase(
  source: SourceText,
  variables: readonly { readonly name: string; readonly value: DecodedText }[],
): ConnectionDeclaration[] {
  const values = new Map(variables.map(({ name, value }) => [name, value]));
  const chosen = values.get('DB_CONNECTION');
  if (chosen?.text !== 'sqlsrv') return [];
  const host = values.get('DB_HOST');
  if (!host?.text) return [];
  const pairs = Object.entries(KEYWORDS).flatMap(([name, keyword]) => {
    const value = values.get(name);
    return value?.text ? [{ keyword, value }] : [];
  });
  const connection = declareConnection(source, connectionStringOf(pairs, chosen));
  if (!connection) return [];
  const span = source.span(...placeOf(host));
  const { endpoint } = connection;
  const port = values.get('DB_PORT')?.text ?? null;
  return [
    {
      ...connection,
      span,
      text: source.text.slice(span.start, span.end),
      endpoint: endpoint && withParts(endpoint, { port, instance: null }),
      endpointSpan: span,
    },
  ];
}

const placeOf = (value: DecodedText): [number, number] => [
  value.sourceOffset(0),
  value.sourceOffset(value.text.length),
];
