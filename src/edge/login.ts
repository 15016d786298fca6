/** A login where one was asked for: finds the credentials in the environment, and loads the driver only then. */
// Not by name: Node 20 has no getCACertificates, and an import of what is missing does not load.
import {
  type LoginVariables,
  type ServerLogin,
  unsentLogin,
  withoutThumbprints,
} from '../model/server-evidence.ts';
import type { Where } from '../observe/wire/line.ts';
import type { LoginSurroundings, Reach } from './arrival.ts';
import { type Roots, systemRoots } from './roots.ts';

/** This process; `onSecret` masks. */
export function surroundings(onSecret: LoginSurroundings['onSecret'] = () => {}): LoginSurroundings {
  return { environment: process.env, onSecret, nodeVersion: process.versions.node };
}

/** How to go about it, and what a scan or a probe showed before. */
export interface LoginCircumstances extends Pick<Reach, 'deadlineMs' | 'log' | 'surroundings'> {
  /** It takes TDS 8.0. */
  readonly strict: boolean;
  /** It answered PRELOGIN: it is logged in to by TDS 7.x. */
  readonly answered: boolean;
  /** It is a lab server, whose certificate is another in each process: no report names it. */
  readonly lab: boolean;
  /** Whom to trust; absent or `null`: the system's roots. */
  readonly ca?: Roots | null;
}

/** A login, and what it took. */
export interface LoggedIn {
  readonly login: ServerLogin;
  readonly connections: number;
  readonly milliseconds: number;
  /** From the end of the TLS handshake until it was acknowledged; `null`: it was not. */
  readonly acknowledgedMs: number | null;
}

/** What tedious needs; everything else runs on Node 20 too. */
const OLDEST_NODE = 22;

/** One login to the address that was scanned. Never throws for anything a server does or the environment lacks. */
export async function loggedIn(
  where: Where,
  variables: LoginVariables,
  { strict, answered, lab, ca, deadlineMs, log, surroundings: given = surroundings() }: LoginCircumstances,
): Promise<LoggedIn> {
  // A server that did not answer is sent no password.
  if (!answered && !strict) return unmade('the server did not answer PRELOGIN');
  const credentials = credentialsOf(variables, given);
  if (typeof credentials === 'string') return unmade(credentials);
  const { nodeVersion } = given;
  if (Number.parseInt(nodeVersion, 10) < OLDEST_NODE)
    return unmade(
      `it needs Node ${OLDEST_NODE} or later, and this is ${nodeVersion}; everything else works here`,
    );
  const { logIn } = await import('../observe/login/login.ts');
  const started = performance.now();
  let acknowledgedMs: number | null = null;
  const login = await logIn(where, credentials, {
    deadlineMs,
    strict: !answered,
    trustServerCertificate: variables.trustServerCertificate,
    ca: pem(ca ?? systemRoots()),
    onConnection: log,
    onAcknowledged: (ms) => {
      acknowledgedMs = ms;
    },
  });
  return {
    login: lab ? withoutThumbprints(login) : login,
    connections: 1,
    milliseconds: Math.round(performance.now() - started),
    acknowledgedMs,
  };
}

/** What was seen before, with the login. */
export function withLogin<T extends { readonly connections: number; readonly milliseconds: number }>(
  seen: T,
  { login, connections, milliseconds }: LoggedIn,
): T & { readonly login: ServerLogin } {
  return {
    ...seen,
    login,
    connections: seen.connections + connections,
    milliseconds: seen.milliseconds + milliseconds,
  };
}

/** Of a login for which nothing was dialled. */
const unmade = (reason: string): LoggedIn => ({
  login: unsentLogin(reason),
  connections: 0,
  milliseconds: 0,
  acknowledgedMs: null,
});

/** Or why there are none. What is named could be a password that someone took for a name, so no name is repeated. */
function credentialsOf(
  variables: LoginVariables,
  { environment, onSecret }: LoginSurroundings,
): { readonly user: string; readonly password: string } | string {
  const { user = '', password = '' } = {
    user: environment[variables.user],
    password: environment[variables.password],
  };
  if (password !== '') onSecret(password);
  if (user === '' && password === '')
    return 'the environment variables for the user and the password are not set';
  if (user === '') return 'the environment variable for the user is not set';
  return password === '' ? 'the environment variable for the password is not set' : { user, password };
}

const pem = ({ certificates }: Roots) => certificates.map((certificate) => certificate.toString());
