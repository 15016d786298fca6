/** Cloud SQL for SQL Server. https://cloud.google.com/sql/docs/sqlserver/configure-ssl-instance */
import type { Declaration } from '../../../model/declaration.ts';
import type { Vocabulary } from '../../../model/vocabulary.ts';
import type { SourceText } from '../../text/source-text.ts';
import { serverDeclaration } from '../server-declaration.ts';
import { policyDeclaration } from '../tls-policy-declaration.ts';
import type { Written } from './written.ts';

const FORCES: Readonly<Record<string, boolean>> = {
  allow_unencrypted_and_encrypted: false,
  encrypted_only: true,
  trusted_client_certificate_required: true,
  true: true,
  false: false,
};

/** `sslMode` is `ssl_mode` or the older `require_ssl`. */
export function declareGoogleInstance(
  source: SourceText,
  vocabulary: Vocabulary,
  version: Written | null,
  sslMode: Written | null,
): Declaration[] {
  if (!version?.value) return [];
  const servers = serverDeclaration(source, vocabulary, {
    where: 'google-database-version',
    name: version.value,
    start: version.start,
    end: version.end,
  });
  if (servers.length === 0 || !sslMode || sslMode.end <= sslMode.start) return servers;
  const value = FORCES[sslMode.value?.toLowerCase() ?? ''] ?? null;
  const policy = { configuration: 'google-cloud-sql', side: 'server', setting: 'force-encryption' } as const;
  return [...servers, policyDeclaration(source, { ...policy, subject: null, value }, sslMode)];
}
