import type { EncryptMode, Endpoint, Setting } from './connection.ts';
import type { Span } from './span.ts';

/** Package ecosystems and other places that name a driver, in the words of the catalog's `declared_as`. */
export type Ecosystem =
  | 'nuget'
  | 'maven'
  | 'gradle'
  | 'npm'
  | 'pypi'
  | 'conda'
  | 'go'
  | 'cargo'
  | 'composer'
  | 'pecl'
  | 'rubygems'
  | 'cran'
  | 'apt'
  | 'apk'
  | 'rpm'
  | 'brew'
  | 'winget'
  | 'github-action'
  | 'docker-image'
  | 'msbuild'
  | 'config'
  | 'code'
  | 'odbcinst'
  | 'odbc'
  | 'oledb'
  /** Files of the driver itself: a library, an installer, an archive, an installed program. */
  | 'dll'
  | 'so'
  | 'msi'
  | 'jar'
  | 'path';

/** Where a connection string or a file of settings names a driver. `pdo`: the prefix of a data source name of PHP. */
export type NamedBy = 'odbc' | 'oledb' | 'jdbc' | 'url' | 'pdo' | 'provider';

interface Declared {
  /** A driver's span is its version text where one is written, else its name; a connection's the string inside its quotes. */
  readonly span: Span;
  /** The text of the span; a secret in it is masked. */
  readonly text: string;
  /** The folder this speaks for, relative, `''` for the root. Usually the file's own. */
  readonly scope: string;
}

/** A package or installed component that is (or brings) a SQL Server driver. */
export interface DriverDeclaration extends Declared {
  readonly kind: 'driver';
  readonly ecosystem: Ecosystem;
  /** Package name as written, e.g. `Microsoft.Data.SqlClient`, `com.microsoft.sqlserver:mssql-jdbc`. */
  readonly package: string;
  /** Catalog id. */
  readonly driver: string;
  /** Version or range as written; `null` when the file gives none. */
  readonly version: string | null;
  /** `uses`: the component takes this driver. `pins`: only fixes the version for those who do (lockfile, central versions). */
  readonly role: 'uses' | 'pins';
  /** Features of a crate, where some are written; `default` among them unless it is switched off. */
  readonly features?: readonly string[];
}

/** A connection string, or a section of settings that says the same. It never holds a password: secrets are dropped in the lexer. */
export interface ConnectionDeclaration extends Declared {
  readonly kind: 'connection';
  /** `options`: not a string, but an object with a value for each setting. */
  readonly grammar: 'options' | 'ado' | 'odbc' | 'oledb' | 'jdbc' | 'url' | 'freetds';
  /** The driver that the string itself names: `ODBC Driver 17 for SQL Server`, `MSOLEDBSQL`, `mssql+pyodbc`, `jdbc:jtds`, `sqlsrv`. */
  readonly names: {
    readonly ecosystem: NamedBy;
    readonly name: string;
    readonly span: Span;
  } | null;
  /** Could as well be another database's string (`Server=…;Database=…` is also MySQL's). */
  readonly ambiguous: boolean;
  /** `null` when the server is a placeholder or absent. */
  readonly endpoint: Endpoint | null;
  readonly endpointSpan: Span | null;
  readonly encrypt: Setting<EncryptMode> | null;
  readonly trustServerCertificate: Setting<boolean> | null;
  readonly hostNameInCertificate: Setting<string> | null;
  /** Does the driver keep connections for the next use? */
  readonly pooling: Setting<boolean> | null;
  /** Of Integration Services: is the connection kept for the next task (RetainSameConnection)? Absent elsewhere. */
  readonly retained?: boolean;
  /** Where a password is written; its text is never kept. `null`: none, or a placeholder stands there. */
  readonly passwordSpan: Span | null;
  /** Seconds until a connection attempt is given up; 0: never. */
  readonly connectTimeout: Setting<number> | null;
}

/** A SQL Server that a file starts or describes. */
export interface ServerDeclaration extends Declared {
  readonly kind: 'server';
  /** e.g. `mcr.microsoft.com/mssql/server:2019-latest`; `null` when no image starts it. */
  readonly image: string | null;
  /** e.g. `SQL Server 2019`; `null` when the tag does not say. */
  readonly product: string | null;
  /** Catalog id of the product. */
  readonly server: string | null;
  /** Catalog id of the TLS stack of the operating system inside. */
  readonly stack: string | null;
  /** Names under which clients of the same file reach it. */
  readonly endpoints: readonly Endpoint[];
}

export type Platform = 'dotnet-framework' | 'dotnet' | 'jdk' | 'node' | 'go' | 'python' | 'os';

/** What a component runs on. */
export interface RuntimeDeclaration extends Declared {
  readonly kind: 'runtime';
  readonly platform: Platform;
  /** Version as the platform writes it (`4.0`, `8.0`, `8u292`, `18`); `null` when unknown. */
  readonly version: string | null;
  /** Only "at least this": a target framework, a compiler level, an engines range. */
  readonly lowerBound: boolean;
  /** Catalog id of the TLS stack of the operating system, when the declaration decides it. */
  readonly stack: string | null;
}

/** Whose configuration a TLS setting belongs to: the software that reads it. */
export type TlsConfiguration =
  | 'schannel'
  | 'dotnet'
  | 'java'
  | 'node'
  | 'go'
  | 'openssl'
  | 'crypto-policies'
  | 'freetds'
  | 'sql-server'
  | 'azure-sql'
  | 'aws-rds'
  | 'google-cloud-sql';

/** What a TLS setting decides. */
export type TlsSetting =
  /** A protocol is on or off (`subject`: the protocol), or `value` lists those that are on. */
  | 'protocol'
  | 'minimum-protocol'
  | 'maximum-protocol'
  /** A suite is on or off (`subject`: its IANA name), or `value` is the order, as written. */
  | 'cipher-suites'
  /** On or off, in the configuration's own words: `RC4 128/128`, `SHA`, `Diffie-Hellman`. */
  | 'cipher'
  | 'hash'
  | 'key-exchange'
  | 'groups'
  | 'signature-algorithms'
  /** Smallest key, in bits; `subject` says of what. */
  | 'minimum-key-bits'
  | 'extended-master-secret'
  /** The server refuses clients without encryption; or without strict encryption. */
  | 'force-encryption'
  | 'force-strict'
  /** It stands under a name that the software does not know (`subject`), so it does nothing. */
  | 'ignored'
  /** A named policy as a whole: `FUTURE`, `FIPS`, `SECLEVEL 2`. */
  | 'policy';

/** What a file sets about TLS beside drivers and connection strings. */
export interface TlsPolicyDeclaration extends Declared {
  readonly kind: 'tls-policy';
  readonly configuration: TlsConfiguration;
  /** The end of a connection that it rules. */
  readonly side: 'client' | 'server' | 'both';
  readonly setting: TlsSetting;
  /** What it speaks of, where one setting has many: `TLS 1.0`, `RC4 128/128`, `Diffie-Hellman`. */
  readonly subject: string | null;
  /** `true` and `false` for on and off; `null` when it stands in a variable. */
  readonly value: boolean | number | string | readonly string[] | null;
}

/** A file, or a part of one, that could not be read. */
export interface UnreadableDeclaration extends Declared {
  readonly kind: 'unreadable';
  readonly reason: string;
}

export type Declaration =
  | DriverDeclaration
  | ConnectionDeclaration
  | ServerDeclaration
  | RuntimeDeclaration
  | TlsPolicyDeclaration
  | UnreadableDeclaration;
