// The ways of declaring a TLS stack or a server that are no row of the catalog's images: what the research lists beside them.
import type { Declaration, Platform, TlsConfiguration, TlsSetting } from '../../src/model/declaration.ts';

export interface Way {
  readonly how: string;
  readonly isFoundIn: (declaration: Declaration) => boolean;
}

const inFile = (name: RegExp, { span }: Declaration) => name.test(`/${span.file}`);
const runtime = (how: string, file: RegExp, platform: Platform): Way => ({
  how,
  isFoundIn: (one) => one.kind === 'runtime' && one.platform === platform && inFile(file, one),
});
const setting = (how: string, file: RegExp, configuration: TlsConfiguration, of?: TlsSetting): Way => ({
  how,
  isFoundIn: (one) =>
    one.kind === 'tls-policy' &&
    one.configuration === configuration &&
    (of === undefined || one.setting === of) &&
    inFile(file, one),
});
const server = (how: string, file: RegExp, id: RegExp): Way => ({
  how,
  isFoundIn: (one) => one.kind === 'server' && id.test(`${one.server} ${one.product}`) && inFile(file, one),
});
const host = (how: string, of: RegExp): Way => ({
  how,
  isFoundIn: (one) => one.kind === 'connection' && one.endpoint !== null && of.test(one.endpoint.host),
});

const WORKFLOW = /\/\.github\/workflows\//;
const DOCKERFILE = /\/[^/]*dockerfile[^/]*$/i;

/** Sources: the research's map of declarations, in its order; then how servers are declared. */
export const WAYS: readonly Way[] = [
  runtime('setup-node', WORKFLOW, 'node'),
  runtime('.nvmrc', /\/\.nvmrc$/, 'node'),
  runtime('.node-version', /\/\.node-version$/, 'node'),
  runtime('engines and volta of package.json', /\/package\.json$/, 'node'),
  runtime('setup-java', WORKFLOW, 'jdk'),
  runtime('.java-version', /\/\.java-version$/, 'jdk'),
  runtime('.sdkmanrc', /\/\.sdkmanrc$/, 'jdk'),
  runtime('compiler release of pom.xml', /\/pom\.xml$/, 'jdk'),
  runtime('toolchain of Gradle', /\.gradle(?:\.kts)?$/, 'jdk'),
  runtime('setup-go', WORKFLOW, 'go'),
  runtime('go and toolchain lines of go.mod', /\/go\.mod$/, 'go'),
  setting('godebug of go.mod', /\/go\.mod$/, 'go'),
  setting('//go:debug', /\.go$/, 'go'),
  runtime('TargetFramework of the .NET Framework', /\.csproj$/, 'dotnet-framework'),
  runtime('TargetFramework of .NET', /\.csproj$/, 'dotnet'),
  {
    how: 'features of Cargo.toml',
    isFoundIn: (one) => one.kind === 'driver' && (one.features?.includes('rustls') ?? false),
  },
  setting('openssl.cnf edited in a Dockerfile', DOCKERFILE, 'openssl'),
  setting('openssl.cnf', /\.cnf$/, 'openssl'),
  setting('update-crypto-policies in a Dockerfile', DOCKERFILE, 'crypto-policies', 'policy'),
  setting('JAVA_TOOL_OPTIONS, -Djdk.tls.client.protocols', /./, 'java', 'protocol'),
  setting('java.security', /java\.security/, 'java'),
  setting('NODE_OPTIONS', /\/package\.json$/, 'node', 'minimum-protocol'),
  setting('SCHANNEL protocols in a registry export', /\.reg$/, 'schannel', 'protocol'),
  setting('SCHANNEL ciphers', /./, 'schannel', 'cipher'),
  setting('SCHANNEL hashes', /./, 'schannel', 'hash'),
  setting('SCHANNEL key exchange', /./, 'schannel', 'key-exchange'),
  setting('SCHANNEL key lengths', /./, 'schannel', 'minimum-key-bits'),
  setting('order of suites, local and by policy', /./, 'schannel', 'cipher-suites'),
  setting('SCHANNEL extended master secret', /./, 'schannel', 'extended-master-secret'),
  server('an image of a compose file', /compose[^/]*\.ya?ml$/, /sqlserver-linux/),
  server('an image of Kubernetes', /kubernetes\/.*\.ya?ml$/, /sqlserver-linux/),
  server('an image of a Helm chart', /helm\/.*\.ya?ml$/, /sqlserver-linux/),
  server('an image of a development container', /devcontainer/, /sqlserver-linux/),
  server('a service of a GitHub workflow', WORKFLOW, /sqlserver-linux/),
  server('a service of GitLab', /gitlab-ci\.yml$/, /sqlserver-linux/),
  server('Testcontainers', /\.(?:kt|java|cs|ts|go|py)$/, /sqlserver-linux/),
  server('an action that sets up SQL Server', WORKFLOW, /20(?:17|19|22|25)/),
  server('azurerm_mssql_server', /\.tf$/, /azure-sql/),
  setting('minimum_tls_version of Terraform', /\.tf$/, 'azure-sql', 'minimum-protocol'),
  server('Bicep', /\.bicep$/, /azure-sql/),
  setting('minimalTlsVersion of Bicep', /\.bicep$/, 'azure-sql', 'minimum-protocol'),
  server('an ARM template', /\.json$/, /azure-sql/),
  setting('minimalTlsVersion of ARM', /\.json$/, 'azure-sql', 'minimum-protocol'),
  setting('az sql server --minimal-tls-version', /\.(?:sh|ya?ml)$/, 'azure-sql', 'minimum-protocol'),
  setting('Set-AzSqlServer -MinimalTlsVersion', /\.ps1$/, 'azure-sql', 'minimum-protocol'),
  server('aws_db_instance', /\.tf$/, /rds/),
  setting('parameter group of RDS in Terraform', /\.tf$/, 'aws-rds'),
  server('AWS::RDS::DBInstance', /\.(?:ya?ml|json|template)$/, /rds/),
  setting('AWS::RDS::DBParameterGroup', /\.(?:ya?ml|json|template)$/, 'aws-rds'),
  server('google_sql_database_instance', /\.tf$/, /gcp|google/i),
  server('an image of an Azure virtual machine', /\.tf$/, /sqlserver-20|SQL Server 20/),
  server(
    'Chocolatey, winget, Packer or Vagrant',
    /\.(?:ps1|cmd|bat|hcl)$|Vagrantfile$/,
    /sqlserver-20|SQL Server 20/,
  ),
  server("the role of Ansible's SQL Server", /\.ya?ml$/, /SQL Server 20/),
  setting("TLS of Ansible's SQL Server", /\.ya?ml$/, 'sql-server'),
  setting('tlsprotocols of mssql.conf', /mssql[^/]*\.conf$/, 'sql-server', 'protocol'),
  setting('tlsciphers of mssql.conf', /mssql[^/]*\.conf$/, 'sql-server', 'cipher-suites'),
  setting('forceencryption of mssql.conf', /mssql[^/]*\.conf$/, 'sql-server', 'force-encryption'),
  setting('forcestrict of mssql.conf', /mssql[^/]*\.conf$/, 'sql-server', 'force-strict'),
  setting('SuperSocketNetLib of the registry', /\.reg$/, 'sql-server', 'force-encryption'),
  host('a host of Azure SQL', /\.database\.windows\.net$/),
  host('a host of RDS', /\.rds\.amazonaws\.com$/),
  host('a host of Fabric', /\.database\.fabric\.microsoft\.com$/),
  host('this machine', /^localhost$/),
  host('LocalDB', /^\(localdb\)/i),
];
