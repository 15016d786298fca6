/** What goes into docker's command line for a SQL Server, and what is read of its answers. Pure. */
import { randomBytes } from 'node:crypto';

/** On every container that is started here: `docker ps -a --filter label=mssql-tls-preflight` lists what a power cut left. */
export const LABEL = 'mssql-tls-preflight';
export const PORT = '1433/tcp';
/** The environment variable of Microsoft's images, 2017 and later. */
export const PASSWORD = 'MSSQL_SA_PASSWORD';
/** `2027-03-01T12:00:00.123456789Z` */
const TIME_WIDTH = 30;

/**
 * Meets SQL Server's password policy, whatever the random part holds: upper and lower case, a digit, a sign. Written the
 * same in a URL (RFC 3986 §2.3) and in JSON, so that masking it finds it there too.
 */
export function generatedPassword(): string {
  return `${randomBytes(24).toString('base64url')}aA1-`;
}

/** The password is named here; its value stands in the environment of docker alone. */
export function createArguments(name: string, image: string): readonly string[] {
  return [
    'create',
    ...['--name', name, '--label', LABEL, '--pull', 'never'],
    ...['--publish', `127.0.0.1::${PORT}`],
    ...['--env', 'ACCEPT_EULA=Y', '--env', PASSWORD],
    image,
  ];
}

/** True when docker's engine runs on another machine, whose loopback port is not ours. `endpoint` is as DOCKER_HOST writes it. */
export function isElsewhere(endpoint: string): boolean {
  if (/^ssh:/i.test(endpoint)) return true;
  const host = /^(?:tcp|https?):\/\/(\[[^\]]*\]|[^:/]*)/i.exec(endpoint)?.[1];
  return host !== undefined && !/^(?:localhost|127(?:\.\d+){3}|\[::1\]|)$/i.test(host);
}

/** The port of a line such as `127.0.0.1:49153`, as `docker port` writes it. */
export function publishedPort(text: string): number | null {
  const port = Number(/^127\.0\.0\.1:(\d+)\s*$/m.exec(text)?.[1]);
  return port > 0 ? port : null;
}

/** The two streams of `docker logs --timestamps` as one, without the times: RFC 3339 of equal width sorts as text. */
export function inOrder(...streams: readonly string[]): string {
  const lines = streams.flatMap((stream) => stream.split('\n').filter((line) => line !== ''));
  return lines
    .sort((one, other) => compare(one.slice(0, TIME_WIDTH), other.slice(0, TIME_WIDTH)))
    .map((line) => line.replace(/^\d{4}-\d\d-\d\dT\S+ ?/, ''))
    .join('\n');
}

const compare = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0);
