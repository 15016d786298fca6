/**
 * A server of Azure SQL, whatever language declares it, and the lowest protocol it takes.
 * https://learn.microsoft.com/azure/azure-sql/database/connectivity-settings#configure-minimum-tls-version
 */
import type { Declaration } from '../../../model/declaration.ts';
import type { Vocabulary } from '../../../model/vocabulary.ts';
import type { SourceText } from '../../text/source-text.ts';
import { serverDeclaration } from '../server-declaration.ts';
import { type Policy, policyDeclaration } from '../tls-policy-declaration.ts';
import type { Written } from './written.ts';

export interface AzureServer {
  /** `azurerm_mssql_server`, `Microsoft.Sql/servers`: without an API version. */
  readonly type: Written;
  readonly name: Written | null;
  readonly minimumTls: Written | null;
  /** Only named here, and made elsewhere: it says nothing unless its name is known. */
  readonly isReference?: boolean;
}

/** None when the type is no server. */
export function declareAzureServer(
  source: SourceText,
  vocabulary: Vocabulary,
  { type, name, minimumTls, isReference = false }: AzureServer,
): Declaration[] {
  if (isReference && !name?.value) return [];
  const servers = serverDeclaration(source, vocabulary, {
    where: 'resource-type',
    name: type.value ?? '',
    resource: name?.value ?? null,
    start: type.start,
    end: type.end,
  });
  return servers.length === 0 ? [] : [...servers, ...declareMinimumTls(source, minimumTls)];
}

/** Values that leave every protocol on, in the words of Terraform and of ARM. */
const NO_MINIMUM = new Set(['disabled', 'none']);

export function declareMinimumTls(source: SourceText, written: Written | null): Declaration[] {
  if (!written || written.end <= written.start) return [];
  return [
    policyDeclaration(
      source,
      {
        configuration: 'azure-sql',
        side: 'server',
        setting: 'minimum-protocol',
        subject: null,
        value: minimumOf(written.value ?? ''),
      },
      written,
    ),
  ];
}

function minimumOf(text: string): Policy['value'] {
  const version = /^1\.[0-3]$/.exec(text)?.[0];
  if (version !== undefined) return `TLS ${version}`;
  return NO_MINIMUM.has(text.toLowerCase()) ? false : null;
}

/** The image of an Azure virtual machine: its offer names SQL Server and the operating system, `sql2019-ws2019`. */
export function declareImageOffer(
  source: SourceText,
  vocabulary: Vocabulary,
  offer: Written | null,
): Declaration[] {
  if (!offer?.value) return [];
  const { value, start, end } = offer;
  return serverDeclaration(source, vocabulary, { where: 'azure-image-offer', name: value, start, end });
}
