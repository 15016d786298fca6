/**
 * Terraform, native and JSON (https://developer.hashicorp.com/terraform/language/syntax), and Packer templates: SQL
 * Servers of Azure, AWS and Google, the TLS they take, images with SQL Server inside, and connection strings.
 */
import type { Declaration } from '../../../model/declaration.ts';
import type { Vocabulary } from '../../../model/vocabulary.ts';
import { declareConnection } from '../../connection-strings/declare.ts';
import type { Reader } from '../../reader.ts';
import { fromJsonString } from '../../text/decoded.ts';
import { type HclEntry, type HclText, type HclValue, readHcl, valuesOf } from '../../text/hcl.ts';
import type { SourceText } from '../../text/source-text.ts';
import { declareRdsInstance, declareRdsParameter } from './aws-rds.ts';
import { declareAzureServer, declareImageOffer } from './azure-sql.ts';
import { declareGoogleInstance } from './google-cloud-sql.ts';
import { readTerraformJson } from './terraform-json.ts';
import { TerraformScope } from './terraform-scope.ts';
import type { Written } from './written.ts';

export const terraform: Reader = {
  id: 'terraform',
  matches: (path) => /\.(?:tf|tf\.json|tfvars|tfvars\.json|pkr\.hcl)$/i.test(path),
  read(source, vocabulary) {
    const entries = /\.json$/i.test(source.file) ? readTerraformJson(source) : readHcl(source.text, '"');
    const scope = new TerraformScope(source.text, entries);
    return [
      ...entries.flatMap((entry) => resource(source, vocabulary, scope, entry)),
      ...connections(source, entries),
    ];
  },
};

function resource(
  source: SourceText,
  vocabulary: Vocabulary,
  scope: TerraformScope,
  { words: [keyword, type], value }: HclEntry,
): Declaration[] {
  if (value.kind === 'block' && keyword?.value === 'module')
    return database(source, vocabulary, scope, value);
  if (!type || value.kind !== 'block' || !/^(?:resource|data|source)$/.test(keyword?.value ?? '')) return [];
  const written = (key: string) => scope.written(value, key);
  switch (type.value) {
    case 'aws_db_instance':
      return database(source, vocabulary, scope, value);
    case 'aws_db_parameter_group':
      return parameters(source, scope, value);
    case 'google_sql_database_instance':
      return google(source, vocabulary, scope, value);
    default:
      return [
        ...declareAzureServer(source, vocabulary, {
          type,
          name: written('name'),
          minimumTls: written('minimum_tls_version'),
          isReference: keyword?.value === 'data',
        }),
        ...images(value).flatMap((image) =>
          declareImageOffer(source, vocabulary, scope.written(image, 'offer')),
        ),
        ...declareImageOffer(source, vocabulary, written('image_offer')),
      ];
  }
}

const images = (value: HclValue) =>
  ['source_image_reference', 'storage_image_reference'].flatMap((key) => valuesOf(value, key));

/** Modules for RDS take the names of the resources for their variables. */
function database(
  source: SourceText,
  vocabulary: Vocabulary,
  scope: TerraformScope,
  block: HclValue,
): Declaration[] {
  const [engine, version] = [scope.written(block, 'engine'), scope.written(block, 'engine_version')];
  const lists = valuesOf(block, 'parameters').flatMap((list) => (list.kind === 'list' ? list.items : []));
  const servers = declareRdsInstance(source, vocabulary, engine, version);
  return servers.length === 0 ? [] : [...servers, ...settings(source, scope, engine, lists)];
}

function parameters(source: SourceText, scope: TerraformScope, group: HclValue): Declaration[] {
  return settings(source, scope, scope.written(group, 'family'), valuesOf(group, 'parameter'));
}

function settings(
  source: SourceText,
  scope: TerraformScope,
  family: Written | null,
  blocks: readonly HclValue[],
): Declaration[] {
  return blocks.flatMap((block) =>
    declareRdsParameter(
      source,
      family,
      scope.written(block, 'name')?.value ?? '',
      scope.written(block, 'value'),
    ),
  );
}

function google(
  source: SourceText,
  vocabulary: Vocabulary,
  scope: TerraformScope,
  instance: HclValue,
): Declaration[] {
  const [network] = valuesOf(instance, 'settings').flatMap((one) => valuesOf(one, 'ip_configuration'));
  const sslMode = scope.written(network, 'ssl_mode') ?? scope.written(network, 'require_ssl');
  return declareGoogleInstance(source, vocabulary, scope.written(instance, 'database_version'), sslMode);
}

const MEANT = /connection_?string/i;

/** Every text; one that could be another database's only where its name says that it is a connection string. */
function connections(source: SourceText, entries: readonly HclEntry[], meant = false): Declaration[] {
  return entries.flatMap(({ words, value }) =>
    textsOf(source, value, meant || words.some((word) => MEANT.test(word.value ?? ''))),
  );
}

function textsOf(source: SourceText, value: HclValue, meant: boolean): Declaration[] {
  if (value.kind === 'block') return connections(source, value.entries, meant);
  if (value.kind === 'list') return value.items.flatMap((item) => textsOf(source, item, meant));
  return value.kind === 'text' ? connection(source, value, meant) : [];
}

function connection(source: SourceText, { start, end }: HclText, meant: boolean): Declaration[] {
  const found = declareConnection(source, fromJsonString(source, start, end));
  return found && (meant || !found.ambiguous) && end > start ? [found] : [];
}
