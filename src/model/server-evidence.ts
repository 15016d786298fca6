/** What a login to a server learned: what only the server itself knows. */

/** Names of environment variables, never their values. */
export interface LoginVariables {
  readonly user: string;
  readonly password: string;
  /** Log in although the certificate cannot be verified: whoever answers gets the password. */
  readonly trustServerCertificate: boolean;
}

/** One login, asked for in the policy file or on the command line. Made once and never again, so that it locks no account. */
export interface ServerLogin {
  /** `rejected`: the server said no to it. `no-answer`: no login was answered. `not-asked`: none was sent. */
  readonly state: 'accepted' | 'rejected' | 'no-answer' | 'not-asked';
  /** Why there is no evidence, a sentence without its full stop; `null` when there is. */
  readonly reason: string | null;
  /** `null` unless the login was accepted. */
  readonly evidence: ServerEvidence | null;
}

/** A part that is `null` could not be read; `notes` says why. */
export interface ServerEvidence {
  readonly product: ServerProduct | null;
  readonly host: ServerHost | null;
  readonly session: ServerSession | null;
  readonly certificate: CertificateInUse;
  readonly connectivity: Connectivity | null;
  readonly workers: ServerWorkers | null;
  readonly dispatcherPools: readonly DispatcherPool[] | null;
  /** What was not to be learned and why: sentences without their full stops. */
  readonly notes: readonly string[];
}

/** SERVERPROPERTY and @@VERSION. */
export interface ServerProduct {
  /** e.g. `15.0.4430.1`. */
  readonly build: string | null;
  /** e.g. `RTM`, `SP3`. */
  readonly level: string | null;
  /** e.g. `CU32`; `null` without one, and below SQL Server 2012. */
  readonly updateLevel: string | null;
  readonly edition: string | null;
  /** @@VERSION on one line. */
  readonly version: string | null;
}

/** sys.dm_os_host_info (SQL Server 2017 and later); before, what @@VERSION says after `on`. */
export interface ServerHost {
  readonly platform: 'Windows' | 'Linux' | null;
  /** e.g. `Windows Server 2019 Standard`, `Ubuntu`. */
  readonly distribution: string;
  /** e.g. `10.0` of Windows, `22.04` of Ubuntu. */
  readonly release: string | null;
  /** Windows build, e.g. `17763`, where @@VERSION names it. */
  readonly windowsBuild: number | null;
}

/** The session of this login as the server sees it: sys.dm_exec_connections. */
export interface ServerSession {
  /** `encrypt_option`. `false` although the login came through TLS: something in between ends TLS. */
  readonly encrypted: boolean | null;
  /** e.g. `TCP`. */
  readonly transport: string | null;
  /** e.g. `SQL`. */
  readonly authentication: string | null;
  /** TDS version, e.g. `0x74000004`. */
  readonly tdsVersion: string | null;
}

/**
 * No view names the certificate that a running server uses. Two things are known of it: what the handshake of this login
 * showed, and what the registry is set to, which counts from the next start on.
 */
export interface CertificateInUse {
  /** SHA-1 of the DER of the leaf that this login saw, lower-case hexadecimal; `null` when it was not seen. */
  readonly seen: string | null;
  /** Thumbprint in the registry; `''`: none is set; `null`: not known, as on Linux. */
  readonly configured: string | null;
  /** `self-generated or picked`: none is set, so the server chose one or made one at its start. `null`: not known. */
  readonly relation: 'as configured' | 'other than configured' | 'self-generated or picked' | null;
  /** Force Encryption and Force Strict Encryption in the registry; `null`: not known. */
  readonly forceEncryption: boolean | null;
  readonly forceStrict: boolean | null;
}

/** Entries of sys.dm_os_ring_buffers, RING_BUFFER_CONNECTIVITY. Whose connections they were is left out on purpose. */
export interface Connectivity {
  readonly records: number;
  /** Entries that were no XML of the known shape. */
  readonly unreadable: number;
  /** Age of the oldest and the newest entry; `null` without entries. */
  readonly oldestSeconds: number | null;
  readonly newestSeconds: number | null;
  /** Entries by what ended the connection, most frequent first. */
  readonly causes: readonly ConnectivityCause[];
  /** Milliseconds of logins that failed or were slow, as far as entries carry timers; `null` when none does. */
  readonly loginTimers: LoginTimers | null;
}

export interface ConnectivityCause {
  readonly count: number;
  /** `Error`, `LoginTimers`, `ConnectionClose`. */
  readonly recordType: string;
  /** e.g. `Tds`, `Sni`; `null` when it does not say. */
  readonly recordSource: string | null;
  /** Operating system error, e.g. 10054; `null` for none. */
  readonly osError: number | null;
  /** SQL Server's own error, e.g. 17830; `null` for none. */
  readonly sniConsumerError: number | null;
  /** Operating system errors of reading from the client and of writing to it; `null` for none. */
  readonly tdsInputBufferError: number | null;
  readonly tdsOutputBufferError: number | null;
  /** TdsDisconnectFlags that are set, in alphabetical order, e.g. `ErrorFoundBeforeLogin`. */
  readonly disconnectFlags: readonly string[];
}

/** Timers of an entry, in the order of the XML. */
export const LOGIN_TIMERS = [
  'total',
  'enqueued',
  'networkWrites',
  'networkReads',
  'ssl',
  'sspi',
  'loginTrigger',
] as const;
export type LoginTimer = (typeof LOGIN_TIMERS)[number];

export interface LoginTimers {
  /** Entries with timers. */
  readonly count: number;
  /** Each in milliseconds. `enqueued`: the login waited for a worker. `loginTrigger`: and Resource Governor. */
  readonly median: Readonly<Record<LoginTimer, number>>;
  readonly longest: Readonly<Record<LoginTimer, number>>;
}

/** sys.dm_os_sys_info, sys.dm_os_schedulers (VISIBLE ONLINE) and THREADPOOL of sys.dm_os_wait_stats. */
export interface ServerWorkers {
  readonly maxWorkers: number | null;
  readonly currentWorkers: number | null;
  readonly activeWorkers: number | null;
  /** Tasks that wait for a worker now. */
  readonly waitingTasks: number | null;
  readonly schedulers: number | null;
  /** Times since the start that a task waited for a worker, and for how long in all. */
  readonly threadpoolWaits: number | null;
  readonly threadpoolWaitMs: number | null;
}

/** A row of sys.dm_os_dispatcher_pools. */
export interface DispatcherPool {
  readonly name: string;
  readonly dispatchers: number | null;
  readonly idealDispatchers: number | null;
  readonly waiting: number | null;
  /** Work items that wait for a dispatcher. */
  readonly queueLength: number | null;
}

/** Of a login that was asked for and not sent. */
export const unsentLogin = (reason: string): ServerLogin => ({ state: 'not-asked', reason, evidence: null });

/** Without what tells a certificate from another of the same making; an empty `configured` stays. */
export function withoutThumbprints(login: ServerLogin): ServerLogin {
  if (login.evidence === null) return login;
  const { certificate } = login.evidence;
  const configured = certificate.configured === '' ? '' : null;
  return {
    ...login,
    evidence: { ...login.evidence, certificate: { ...certificate, seen: null, configured } },
  };
}
