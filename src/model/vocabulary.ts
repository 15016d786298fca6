import type { Ecosystem, Platform } from './declaration.ts';

/** What a container image means for TLS. */
export interface ImageMeaning {
  /** The image runs a SQL Server. */
  readonly server: {
    readonly id: string | null;
    readonly product: string | null;
    /** Catalog id of the TLS stack of the operating system inside. */
    readonly stack: string | null;
  } | null;
  /** The image is a base to run clients on. */
  readonly runtime: {
    readonly platform: Platform;
    readonly version: string | null;
    /** Catalog id of the TLS stack of the image's operating system. */
    readonly stack: string | null;
  } | null;
}

/** A file that is part of a driver. */
export interface NamedFile {
  readonly ecosystem: 'dll' | 'so' | 'msi' | 'path';
  /** The catalog's name of it. */
  readonly package: string;
  /** `null` when neither its name nor its path says. */
  readonly version: string | null;
  /** Place of the version in the text, else of the name. */
  readonly start: number;
  readonly end: number;
}

/**
 * Where a SQL Server is named other than by an image: the type of a cloud resource (`azurerm_mssql_server`,
 * `Microsoft.Sql/servers`), an engine or database version of AWS or Google, the offer of an Azure image, the registry
 * key of an instance (`MSSQL15.SQLEXPRESS`), an installer's package (Chocolatey's with `@version`), the
 * folder of installation media, the version of Ansible's `microsoft.sql.server`.
 */
export type ServerNaming =
  | 'resource-type'
  | 'rds-engine-version'
  | 'google-database-version'
  | 'azure-image-offer'
  | 'instance-key'
  | 'chocolatey'
  | 'winget'
  | 'install-media'
  | 'ansible-role';

/** A SQL Server that is named, not shipped as an image. */
export interface NamedServer {
  readonly id: string;
  readonly product: string | null;
  /** Catalog id of the TLS stack of its operating system, when the name says it. */
  readonly stack: string | null;
  /** Host name of the service, with `{name}` for that of the resource; `null` when there is no such rule. */
  readonly hostOf: string | null;
}

/** The names that readers look for. The catalog provides it; readers know no driver by themselves. */
export interface Vocabulary {
  /** Catalog id of the driver that a package is or brings; `undefined` for any other package. */
  driverOfPackage(ecosystem: Ecosystem, name: string): string | undefined;
  /** `false`: the package brings the driver under a version number of its own, which says nothing of the driver's. */
  hasVersionOfDriver(ecosystem: Ecosystem, name: string): boolean;
  /** Every package name of an ecosystem, for readers that search text. */
  packagesOf(ecosystem: Ecosystem): readonly string[];
  /** The first file of a driver that a path, a URL or a search path names: a library, an installer, an installed program. */
  fileNamed(text: string): NamedFile | undefined;
  /** Meaning of an image reference with its tag; both parts `null` when the image says nothing. */
  meaningOfImage(image: string): ImageMeaning;
  /** Catalog id of the TLS stack behind a runner's label (`ubuntu-22.04`); `null` for any other. */
  stackOfRunner(label: string): string | null;
  /** Label of a server of the catalog (`SQL Server 2019`, `Azure SQL Database`); `null` for an unknown id. */
  productOf(server: string): string | null;
  /** The SQL Server that a name of infrastructure as code, an installer or the registry means. */
  serverOfName(where: ServerNaming, name: string): NamedServer | null;
}
