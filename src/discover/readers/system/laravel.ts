/** Laravel's database of its `.env`, a variable for each part (`config/database.php`, connection `sqlsrv`). */
import type { Declaration } from '../../../model/declaration.ts';
import type { Vocabulary } from '../../../model/vocabulary.ts';
import { declareConnection } from '../../connection-strings/declare.ts';
import { withParts } from '../../connection-strings/endpoint.ts';
import { connectionStringOf } from '../../connection-strings/from-pairs.ts';
import type { DecodedText } from '../../text/decoded.ts';
import type { SourceText } from '../../text/source-text.ts';
import { driverDeclaration } from '../driver-declaration.ts';

/** The catalog's name of it. */
const PACKAGE = 'laravel/framework (DB_CONNECTION=sqlsrv)';
const KEYWORDS = {
  DB_HOST: 'Server',
  DB_DATABASE: 'Database',
  DB_ENCRYPT: 'Encrypt',
  DB_TRUST_SERVER_CERTIFICATE: 'TrustServerCertificate',
} as const;

/** Nothing unless the variables choose SQL Server. */
export function laravelDatabase(
  source: SourceText,
  vocabulary: Vocabulary,
  variables: readonly { readonly name: string; readonly value: DecodedText }[],
): Declaration[] {
  const values = new Map(variables.map(({ name, value }) => [name, value]));
  const chosen = values.get('DB_CONNECTION');
  if (chosen?.text !== 'sqlsrv') return [];
  const [start, end] = placeOf(chosen);
  const driver = driverDeclaration(source, vocabulary, {
    ecosystem: 'composer',
    package: PACKAGE,
    version: null,
    role: 'uses',
    start,
    end,
  });
  const host = values.get('DB_HOST');
  if (!host?.text) return driver;
  const pairs = Object.entries(KEYWORDS).flatMap(([name, keyword]) => {
    const value = values.get(name);
    return value?.text ? [{ keyword, value }] : [];
  });
  const connection = declareConnection(source, connectionStringOf(pairs, chosen));
  if (!connection) return driver;
  const span = source.span(...placeOf(host));
  const { endpoint } = connection;
  const port = values.get('DB_PORT')?.text ?? null;
  return [
    ...driver,
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
