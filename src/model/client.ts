import type { EncryptMode, Endpoint, Setting } from './connection.ts';
import type { Ecosystem } from './declaration.ts';
import type { Evidence, Fact } from './evidence.ts';
import type { ClientHelloProfile } from './hello.ts';
import type { Span } from './span.ts';

/** What a client refuses although its hello offers it: none of it can be seen on the wire beforehand. */
export interface ClientLimits {
  /** Shortest prime of TLS_DHE, in bits; `null`: not known. */
  readonly minDhBits: number | null;
  /** Shortest RSA key of a certificate, in bits; `null`: not known. */
  readonly minRsaBits: number | null;
  /**
   * A certificate signed with a hash that its hello does not list: Schannel drops it also where it is told to trust any;
   * most others where they validate; OpenSSL itself never looks at it (only its security level does).
   */
  readonly unlistedHash: 'refused' | 'refused-when-validating' | 'taken';
  /** Whether or not it validates the certificate. */
  readonly refusesNegativeSerial: boolean;
  readonly refusesX509v1: boolean;
  /** `null`: it is no Windows, or not known. */
  readonly leadingZeroFix: LeadingZeroFix | null;
}

/**
 * Are leading zero bytes of a TLS_DHE secret stripped, RFC 5246 §8.1.2? `needs-update`: some builds of this Windows do, and
 * which one it is is not known.
 */
export type LeadingZeroFix = 'fixed' | 'not-fixed' | 'needs-update';

export const NO_LIMITS: ClientLimits = {
  minDhBits: null,
  minRsaBits: null,
  unlistedHash: 'taken',
  refusesNegativeSerial: false,
  refusesX509v1: false,
  leadingZeroFix: null,
};

/**
 * One way a client could be meant: a driver build on one TLS stack. A client whose runtime is not declared carries
 * every case that could be meant; the verdict is quantified over them.
 */
export interface ClientCase {
  /** What people call it, e.g. `Windows Server 2012 R2`, `JDK 8u291 and later`. */
  readonly label: string;
  /** What must hold for this case beside the label, e.g. `without the TLS 1.2 update`; `null` when nothing. */
  readonly condition: string | null;
  /** `null` when the catalog does not know what this case sends. */
  readonly hello: ClientHelloProfile | null;
  /** No TLS at all: the driver says NOT_SUP and sends its login in clear text. */
  readonly clearText: boolean;
  readonly limits: ClientLimits;
  /** Catalog id of the TLS stack; `null` where there is none. */
  readonly stack: string | null;
  /** Last day of support of what it runs on, ISO date; `null`: supported, or not known. */
  readonly supportEnds: string | null;
  /** The smallest change that brings TLS 1.2 to this case, when it lacks it. */
  readonly tls12Fix: string | null;
  readonly evidence: readonly Evidence[];
}

export interface ConnectionSettings {
  /** `null`: the driver's default is not known either. */
  readonly encrypt: Fact<EncryptMode> | null;
  /** What is written for Encrypt, where the driver takes it for `true` although it means something else. */
  readonly encryptMisread: string | null;
  readonly trustServerCertificate: Fact<boolean> | null;
  readonly hostNameInCertificate: string | null;
  /** As written; `null`: not written. */
  readonly pooling: Setting<boolean> | null;
  readonly connectTimeout: Setting<number> | null;
}

export interface DeclaredDriver {
  readonly ecosystem: Ecosystem;
  readonly package: string;
  /** The text at `driverSpan` is the version and nothing else. */
  readonly plain: boolean;
}

/** A later build of the same driver. */
export interface Upgrade {
  /** The lowest version of its row in the catalog, as the ecosystem writes it. */
  readonly version: string;
  readonly sameMajor: boolean;
  /** It does TLS 1.2, or TDS 8.0, by itself, which the build in use does not. */
  readonly tls12: boolean;
  readonly strict: boolean;
  /** Nothing else changes with it: the same default of Encrypt and of TrustServerCertificate, the same TLS stacks. */
  readonly sameDefaults: boolean;
  /** ISO date; `null`: no day is set. */
  readonly supportEnds: string | null;
  readonly source: string | null;
}

/** Where a connection string stands, and what is written in it; `null` for what is not. */
export interface ConnectionSpans {
  readonly connectionSpan: Span | null;
  readonly encryptSpan: Span | null;
  readonly trustSpan: Span | null;
  readonly endpointSpan: Span | null;
  readonly passwordSpan: Span | null;
}

/** A driver with its possible TLS stacks and its connection settings: one row of the matrix. */
export interface Client extends ConnectionSpans {
  /** Unique, stable, readable: the component's folder or the policy's name, with the driver where one folder has several. */
  readonly name: string;
  /** `server`: a SQL Server that is itself a client of another one. */
  readonly origin: 'repository' | 'policy' | 'server';
  /** Folder of the component, `''` for the root. */
  readonly path: string;
  readonly driver: {
    readonly id: string;
    /** Name for people, e.g. `Microsoft JDBC Driver`. */
    readonly label: string;
    /** As written, or as a lockfile or central file pins it; `null` when unknown. */
    readonly version: string | null;
    /** The version is unknown and the builds it could be differ in what they can do: says in which way. */
    readonly versionMatters: string | null;
    /** Last day of any support, ISO date; `null`: not set, or the builds it could be differ. */
    readonly supportEnds: string | null;
    /** Deprecated or out of support by its vendor's word. */
    readonly givenUp: boolean;
    /** How a file names it; `null`: a wrapper, a bill of materials or the policy file brings it. */
    readonly declared: DeclaredDriver | null;
    /** Builds later than the version, the lowest first; none where the version is unknown or no plain number. */
    readonly upgrades: readonly Upgrade[];
    /** Can this build do TDS 8.0? `null` when the builds it could be differ. */
    readonly strict: boolean | null;
    /** Does it validate the certificate also where only the server forces encryption? `null` when builds differ, or not known. */
    readonly validatesWhenForced: boolean | null;
  };
  /** Where the reason for what this client can do stands: version text, else name. */
  readonly driverSpan: Span;
  readonly endpoint: Endpoint | null;
  /** Where else its files say the same. */
  readonly repeated: {
    /** The driver, with no other version: a lockfile, a second manifest. */
    readonly driver: readonly Span[];
    /** Strings to the same server with the same settings. */
    readonly connections: readonly ConnectionSpans[];
  };
  /** Its server is this very machine, or a container that the repository itself starts: nothing crosses a network. */
  readonly local: boolean;
  readonly settings: ConnectionSettings;
  readonly cases: readonly ClientCase[];
  /** Targets it connects to by the policy file's word; `null`: its endpoint decides. */
  readonly connectsTo: readonly string[] | null;
  /** What could not be read or resolved about this client, in sentences. */
  readonly unresolved: readonly string[];
}
