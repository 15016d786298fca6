/** A SQL Server that is declared by a name: of a resource, an engine version, an installer's package. */
import type { Endpoint } from '../../model/connection.ts';
import type { ServerDeclaration } from '../../model/declaration.ts';
import type { ServerNaming, Vocabulary } from '../../model/vocabulary.ts';
import type { SourceText } from '../text/source-text.ts';
import type { Place } from './tls-policy-declaration.ts';

/** Azure's names of logical servers and workspaces: https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules */
const RESOURCE_NAME = /^[a-z0-9][a-z0-9-]{0,62}$/i;

export interface Naming extends Place {
  readonly where: ServerNaming;
  readonly name: string;
  /** Name of the resource; `null` when it stands in a variable or there is none. */
  readonly resource?: string | null;
}

/** None when the catalog does not know the name. */
export function serverDeclaration(
  source: SourceText,
  vocabulary: Vocabulary,
  { where, name, resource = null, start, end }: Naming,
): ServerDeclaration[] {
  const named = vocabulary.serverOfName(where, name);
  if (!named) return [];
  return [
    {
      kind: 'server',
      span: source.span(start, end),
      text: source.text.slice(start, end),
      scope: source.folder,
      image: null,
      product: named.product,
      server: named.id,
      stack: named.stack,
      endpoints: endpointsOf(named.hostOf, resource),
    },
  ];
}

function endpointsOf(hostOf: string | null, resource: string | null): readonly Endpoint[] {
  if (hostOf === null || resource === null || !RESOURCE_NAME.test(resource)) return [];
  return [{ host: hostOf.replace('{name}', resource), port: 1433, instance: null }];
}
