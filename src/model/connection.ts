import type { Span } from './span.ts';

/** `Encrypt` as the current Microsoft drivers name it. */
export type EncryptMode = 'Optional' | 'Mandatory' | 'Strict';

/** The place of a server in the words of a connection string. */
export interface Endpoint {
  readonly host: string;
  /** `null` when not written: 1433 for a default instance, SQL Browser decides for a named one. */
  readonly port: number | null;
  readonly instance: string | null;
}

/** One keyword of a connection string that says something about TLS, with the place of its value. */
export interface Setting<T> {
  /** The keyword as written, e.g. `Trust Server Certificate`. */
  readonly keyword: string;
  /** The value as written. */
  readonly written: string;
  /** Its meaning; `null` when the text is not a value the grammar knows. */
  readonly value: T | null;
  readonly span: Span;
}

/** `host,port`, `host\instance` or `host`: one spelling for people and for comparing. */
export function formatEndpoint({ host, port, instance }: Endpoint): string {
  if (instance !== null && port === null) return `${host}\\${instance}`;
  return port === null ? host : `${host},${port}`;
}

/** True when both name the same listener: host without case, port 1433 when none is written and no instance is. */
export function sameEndpoint(one: Endpoint, other: Endpoint): boolean {
  if (plainHost(one) !== plainHost(other)) return false;
  const port = ({ port, instance }: Endpoint) => port ?? (instance === null ? 1433 : null);
  if (port(one) !== null && port(other) !== null) return port(one) === port(other);
  return one.instance?.toLowerCase() === other.instance?.toLowerCase();
}

/** `localhost`, `127.0.0.1`, `.` and `(local)` are one host. */
function plainHost({ host }: Endpoint): string {
  return LOOPBACK.test(host) ? 'localhost' : host.toLowerCase();
}

const LOOPBACK = /^(localhost|127\.0\.0\.1|::1|\[::1\]|\.|\(local\))$/i;
const THIS_MACHINE = /^(localhost|127(\.\d{1,3}){3}|::1|\[::1\]|\.|\(local\)|\(localdb\).*)$/i;

/** The endpoint is the machine that the client itself runs on: nothing crosses a network. */
export function isThisMachine({ host }: Endpoint): boolean {
  return THIS_MACHINE.test(host);
}
