/**
 * Logs in once and reads what only the server knows. This file brings in tedious, so it is imported only when a login was
 * asked for. What the server or the driver says in words is never passed on: it may hold the user's name.
 */
import { connect as connectTcp, type Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { Connection, type ConnectionConfiguration, Request } from 'tedious';
import type {
  CertificateInUse,
  ServerEvidence,
  ServerHost,
  ServerLogin,
} from '../../model/server-evidence.ts';
import type { Where } from '../wire/line.ts';
import { type Failed, failureOf, noteOf, RowLimit } from './login-failure.ts';
import {
  CONNECTIVITY,
  DISPATCHER_POOLS,
  HOST,
  hostOfVersion,
  PRODUCT,
  type Query,
  type QueryRow,
  REGISTRY,
  type Registry,
  SESSION,
  WORKERS,
} from './login-queries.ts';

export interface Credentials {
  readonly user: string;
  readonly password: string;
}

export interface LoginOptions {
  /** For the connection, the handshake and the login together, and for each query. */
  readonly deadlineMs: number;
  readonly trustServerCertificate: boolean;
  /** TDS 8.0, for a server that takes nothing else. */
  readonly strict: boolean;
  /** Certificates (PEM) to trust; absent: those of Node. */
  readonly ca?: readonly string[];
  readonly onConnection?: (line: string) => void;
  /** Milliseconds from the end of the TLS handshake until the login was acknowledged. */
  readonly onAcknowledged?: (milliseconds: number) => void;
}

/** For all queries together. */
const QUERIES_MS = 30_000;
/** More than any query asks for. */
const MOST_ROWS = 2000;

/** Never throws for anything a server does. One connection, to `where` and nowhere else; one login. */
export async function logIn(
  where: Where,
  credentials: Credentials,
  options: LoginOptions,
): Promise<ServerLogin> {
  const dialled = new OneDial(where, options.deadlineMs);
  const connection = new Connection(configuration(where, credentials, options, dialled));
  const opened = new Opened(connection);
  try {
    const failure = await opened.login();
    const name = `${where.serverName ?? where.host},${where.port}`;
    if (failure) {
      const login = failureOf(failure, { redirected: dialled.again, ...options });
      options.onConnection?.(`${name}: login: ${login.reason}`);
      return login;
    }
    options.onConnection?.(`${name}: logged in`);
    if (opened.secured !== null) options.onAcknowledged?.(performance.now() - opened.secured);
    return { state: 'accepted', reason: null, evidence: await evidenceOf(opened) };
  } finally {
    connection.close();
  }
}

function configuration(
  { host, port, serverName }: Where,
  { user, password }: Credentials,
  { deadlineMs, trustServerCertificate, strict, ca }: LoginOptions,
  dialled: OneDial,
): ConnectionConfiguration {
  return {
    server: host,
    authentication: { type: 'default', options: { userName: user, password } },
    options: {
      port,
      // Every login can open it; a login's own database may be gone.
      database: 'master',
      appName: 'mssql-tls-preflight',
      encrypt: strict ? 'strict' : true,
      trustServerCertificate,
      ...(serverName !== null && { serverName }),
      // Whatever NODE_OPTIONS allow, no password goes out through less.
      cryptoCredentialsDetails: { minVersion: 'TLSv1.2', ...(ca && { ca: [...ca] }) },
      connector: () => dialled.dial(),
      maxRetriesOnTransientErrors: 0,
      connectTimeout: deadlineMs,
      requestTimeout: deadlineMs,
      cancelTimeout: deadlineMs,
    },
  };
}

/** The address that was checked is dialled, once: no retry, and no other server that this one names (routing). */
class OneDial {
  readonly #where: Where;
  readonly #deadlineMs: number;
  #dialled = false;
  /** It was to dial a second time. */
  again = false;

  constructor(where: Where, deadlineMs: number) {
    this.#where = where;
    this.#deadlineMs = deadlineMs;
  }

  dial(): Promise<Socket> {
    if (this.#dialled) {
      this.again = true;
      return Promise.reject(new Error('a second connection is not made'));
    }
    this.#dialled = true;
    const { host, port } = this.#where;
    return new Promise((connected, failed) => {
      const socket = connectTcp({ host, port });
      const timer = setTimeout(() => {
        socket.destroy();
        failed(Object.assign(new Error('no connection'), { code: 'ETIMEDOUT' }));
      }, this.#deadlineMs);
      socket.once('error', failed);
      socket.once('connect', () => {
        clearTimeout(timer);
        socket.off('error', failed);
        connected(socket);
      });
      socket.once('close', () => clearTimeout(timer));
    });
  }
}

/** A connection, and what was noticed on it. */
class Opened {
  readonly #connection: Connection;
  readonly notes: string[] = [];
  /** Set when nothing more can be asked. */
  over = false;
  /** When the TLS handshake was done, on the monotonic clock. */
  secured: number | null = null;
  /** SHA-1 of the leaf certificate. */
  seen: string | null = null;
  #number: number | null = null;

  constructor(connection: Connection) {
    this.#connection = connection;
    connection.on('errorMessage', ({ number }: { number: number }) => {
      this.#number = number;
    });
    connection.on('secure', (tls: TLSSocket) => {
      this.secured = performance.now();
      const fingerprint = tls.getPeerX509Certificate()?.fingerprint;
      this.seen = fingerprint ? fingerprint.replaceAll(':', '').toLowerCase() : null;
    });
    // What ends the connection ends the request too, which tells.
    connection.on('error', () => {
      this.over = true;
    });
    connection.on('end', () => {
      this.over = true;
    });
  }

  /** `null`: it is open. */
  login(): Promise<Failed | null> {
    return new Promise((done) => {
      this.#connection.connect((error) => done(error ? { error, number: this.#number } : null));
    });
  }

  /** `null` when it could not be read: a note says why. */
  async read<T>(query: Query<T>): Promise<T | null> {
    if (this.over) {
      this.notes.push(`${query.reads}: not asked, as the connection had ended`);
      return null;
    }
    try {
      const found = query.read(await this.#rows(query.sql));
      if (found === null) this.notes.push(`${query.reads}: ${query.nothing ?? 'it shows nothing'}`);
      return found;
    } catch (error) {
      this.notes.push(noteOf(query, error));
      return null;
    }
  }

  #rows(sql: string): Promise<readonly QueryRow[]> {
    return new Promise((done, failed) => {
      const rows: QueryRow[] = [];
      const request = new Request(sql, (error) => {
        if (error) failed(rows.length > MOST_ROWS ? new RowLimit() : error);
        else done(rows);
      });
      request.on('row', (columns: readonly Column[]) => {
        if (rows.length > MOST_ROWS) return;
        rows.push(Object.fromEntries(columns.map(({ metadata, value }) => [metadata.colName, plain(value)])));
        // Not closed: tedious would go on with what has come already, and find no request for it.
        if (rows.length > MOST_ROWS) this.#connection.cancel();
      });
      this.#connection.execSqlBatch(request);
    });
  }

  /** No more of it after a while, whatever it does. */
  limit(ms: number): () => void {
    const timer = setTimeout(() => {
      this.over = true;
      this.#connection.cancel();
    }, ms);
    return () => clearTimeout(timer);
  }
}

interface Column {
  readonly metadata: { readonly colName: string };
  readonly value: unknown;
}

const plain = (value: unknown) =>
  typeof value === 'string' || typeof value === 'number' ? `${value}` : null;

async function evidenceOf(opened: Opened): Promise<ServerEvidence> {
  const unlimited = opened.limit(QUERIES_MS);
  try {
    const product = await opened.read(PRODUCT);
    const host = await opened.read(HOST);
    const session = await opened.read(SESSION);
    const registry = await opened.read(REGISTRY);
    const connectivity = await opened.read(CONNECTIVITY);
    const workers = await opened.read(WORKERS);
    const dispatcherPools = await opened.read(DISPATCHER_POOLS);
    if (session?.encrypted === false)
      opened.notes.push('the server sees this connection without TLS: something before it ends TLS');
    return {
      product,
      host: hostOf(host, product?.version ?? null),
      session,
      certificate: certificateOf(opened.seen, registry),
      connectivity,
      workers,
      dispatcherPools,
      notes: opened.notes,
    };
  } finally {
    unlimited();
  }
}

/** @@VERSION needs no permission and names the build of Windows; the view names the release of Linux. */
function hostOf(viewed: ServerHost | null, version: string | null): ServerHost | null {
  const said = version === null ? null : hostOfVersion(version);
  return viewed ? { ...viewed, windowsBuild: said?.windowsBuild ?? null } : said;
}

function certificateOf(seen: string | null, registry: Registry | null): CertificateInUse {
  const { configured, forceEncryption, forceStrict } = registry ?? {
    configured: null,
    forceEncryption: null,
    forceStrict: null,
  };
  return { seen, configured, relation: relationOf(seen, configured), forceEncryption, forceStrict };
}

function relationOf(seen: string | null, configured: string | null): CertificateInUse['relation'] {
  if (configured === null) return null;
  if (configured === '') return 'self-generated or picked';
  if (seen === null) return null;
  return seen === configured ? 'as configured' : 'other than configured';
}
