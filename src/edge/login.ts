/** A login where one was asked for: finds the credentials in the environment, and loads the driver only then. */
// Not by name: Node 20 has no getCACertificates, and an import of what is missing does not load.
import tls from 'node:tls';
import { type LoginVariables, type ServerLogin, unsentLogin } from '../model/server-evidence.ts';
import type { Where } from '../observe/line.ts';
import { type Roots, systemRoots } from './roots.ts';

/** What a login needs of the process it runs in. */
export interface LoginSurroundings {
  /** Environment variables. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Told the password before anything else happens, so that it can be masked. */
  readonly onSecret: (secret: string) => void;
  /** e.g. `22.23.3`. */
  readonly nodeVersion: string;
}

/** This process, with nobody who masks. */
export function surroundings(onSecret: LoginSurroundings['onSecret'] = () => {}): LoginSurroundings {
  return { environment: process.env, onSecret, nodeVersion: process.versions.node };
}

interface Options {
  readonly deadlineMs: number;
  /** The server takes TDS 8.0 alone. */
  readonly strict: boolean;
  /** Whom to trust; `null`: the system's roots. */
  readonly ca: Roots | null;
  readonly onConnection?: (line: string) => void;
}

/** What tedious needs; everything else runs on Node 20 too. */
const OLDEST_NODE = 22;

/** A login, and what it took. */
export interface LoggedIn {
  readonly login: ServerLogin;
  readonly connections: number;
  readonly milliseconds: number;
}

/** One login to where the scan went. Never throws for anything a server does or the environment lacks. */
export async function loggedIn(
  where: Where,
  { user, password, trustServerCertificate }: LoginVariables,
  { environment, onSecret, nodeVersion }: LoginSurroundings,
  options: Options,
): Promise<LoggedIn> {
  const credentials = { user: environment[user] ?? '', password: environment[password] ?? '' };
  if (credentials.password !== '') onSecret(credentials.password);
  // What is named could be a password that someone took for a name, so no name is repeated.
  const unset = Object.entries(credentials).flatMap(([name, value]) => (value === '' ? [name] : []));
  if (unset.length > 0)
    return unmade(
      unset.length > 1
        ? 'the environment variables for the user and the password are not set'
        : `the environment variable for the ${unset[0]} is not set`,
    );
  if (Number.parseInt(nodeVersion, 10) < OLDEST_NODE)
    return unmade(
      `it needs Node ${OLDEST_NODE} or later, and this is ${nodeVersion}; everything else works here`,
    );
  const { logIn } = await import('../observe/login.ts');
  const started = performance.now();
  const login = await logIn(where, credentials, {
    ...options,
    trustServerCertificate,
    ca: trusted(options.ca),
  });
  return { login, connections: 1, milliseconds: Math.round(performance.now() - started) };
}

/** Of a login for which nothing was dialled. */
export const unmade = (reason: string): LoggedIn => ({
  login: unsentLogin(reason),
  connections: 0,
  milliseconds: 0,
});

/** Beside the system's, what NODE_EXTRA_CA_CERTS names: a company's authority is often there alone. */
function trusted(ca: Roots | null): readonly string[] {
  if (ca) return pem(ca);
  const extra = typeof tls.getCACertificates === 'function' ? tls.getCACertificates('extra') : [];
  return [...pem(systemRoots()), ...extra];
}

const pem = ({ certificates }: Roots) => certificates.map((certificate) => certificate.toString());
