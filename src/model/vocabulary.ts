import type { Ecosystem, NamedBy, Platform } from './declaration.ts';

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
  /** Catalog id of the driver that `Driver=`, `Provider=`, a JDBC or URL prefix or a providerName names. */
  driverOfName(by: NamedBy, name: string): string | undefined;
  /** Catalog id of the TLS stack behind a runner's label (`ubuntu-22.04`); `null` for any other. */
  stackOfRunner(label: string): string | null;
  /** Catalog id of the TLS stack of an operating system as people write it (`Ubuntu 20.04`, `Windows Server 2016`). */
  stackOfSystem(name: string): string | null;
  /** Label of a server of the catalog (`SQL Server 2019`, `Azure SQL Database`); `null` for an unknown id. */
  productOf(server: string): string | null;
}
