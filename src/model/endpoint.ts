// The server part of a connection string and of the policy file: `tcp:host\instance,port`.
// Grammar: the "Data Source" keyword of Microsoft.Data.SqlClient; ODBC and OLE DB take the same spelling.
import type { Endpoint } from './connection.ts';

/** A DNS name, an IPv4 address, `.`, `(local)` or `(localdb)`; no placeholder, no `host:port`. */
const HOST_NAME = /^(?:[\p{L}\p{N}_][\p{L}\p{N}_.-]*|\.|\((?:local|localdb)\))$/iu;
const IPV6 = /^(?=.*:.*:)[0-9a-f:.]+(?:%[\w.-]+)?$/i;
const INSTANCE = /^[\p{L}\p{N}_$#&-]+$/u;
const LONGEST = 300;

/**
 * Reads `host`, `host,port`, `host\instance`, `host\instance,port` or `[IPv6],port`, each with or without `tcp:`.
 * Spaces around the parts do not count. An IPv6 host comes without its brackets.
 * `null` for anything else: another protocol (`np:`, `admin:`), `host:port`, a port outside 1–65535, a placeholder.
 */
export function parseEndpoint(text: string): Endpoint | null {
  if (text.length > LONGEST) return null;
  const [place = '', portText, ...tooMuch] = text.replace(/^\s*tcp:/i, '').split(',');
  const [hostText = '', instanceText, ...tooDeep] = place.split('\\');
  if (tooMuch.length > 0 || tooDeep.length > 0) return null;

  const host = parseHost(hostText.trim());
  const port = portText === undefined ? null : parsePort(portText.trim());
  const instance = instanceText?.trim() ?? null;
  if (host === null || port === undefined || (instance !== null && !INSTANCE.test(instance))) return null;
  return { host, port, instance };
}

function parseHost(text: string): string | null {
  const bracketed = /^\[(.*)\]$/.exec(text)?.[1];
  if (bracketed !== undefined) return IPV6.test(bracketed) ? bracketed : null;
  return HOST_NAME.test(text) || IPV6.test(text) ? text : null;
}

/** `undefined` when it is no port. */
function parsePort(text: string): number | undefined {
  if (!/^\d{1,5}$/.test(text)) return undefined;
  const port = Number(text);
  return port >= 1 && port <= 65535 ? port : undefined;
}
