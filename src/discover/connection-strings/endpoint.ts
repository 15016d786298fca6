/** The server part of each grammar as an endpoint. Placeholders are no endpoint: nobody knows what will stand there. */
import type { Endpoint } from '../../model/connection.ts';
import { parseEndpoint } from '../../model/endpoint.ts';

const LONGEST = 300;
/**
 * `${X}`, `$(X)`, `{{ x }}`, `#{X}#`, `__X__`, `%X%`, `<server>`, `[server]`, `YOUR_SERVER`, `your-server`; `$X` at the
 * beginning of a part.
 */
const PLACEHOLDER =
  /(?:^|[:.,\\])your[_-]?(?:sql|azure|server|host|db|database|instance)|[{}<>%*?]|\$\(|#.*#|__\w+__|(?:^|[\\,:])\s*\$\w|^\[(?!.*:)/i;

/** Something is still to be filled in. */
export function isPlaceholder(text: string): boolean {
  return text.length <= LONGEST && PLACEHOLDER.test(text.trim());
}

/** `tcp:host\instance,port` of ADO.NET, OLE DB and ODBC. Named pipes and shared memory (`np:`, `lpc:`) have no endpoint. */
export function keywordEndpoint(text: string): Endpoint | null {
  return isPlaceholder(text) ? null : parseEndpoint(text);
}

/** `host\instance:port` of JDBC and URLs; the comma is understood as well. */
export function urlEndpoint(text: string): Endpoint | null {
  const port = /^([^:]*|\[[^\]]*\]):(\d{1,5})$/.exec(text.trim());
  return keywordEndpoint(port ? `${port[1]},${port[2]}` : text);
}

/** With the port and the instance that are written by themselves; `null` where such a one is still to be filled in. */
export function withParts(
  { host, port, instance }: Endpoint,
  parts: { readonly port: string | null; readonly instance: string | null },
): Endpoint | null {
  const portText = port === null ? parts.port : null;
  const instanceText = instance === null ? parts.instance : null;
  if (isPlaceholder(portText ?? '') || isPlaceholder(instanceText ?? '')) return null;
  return { host, port: port ?? portOf(portText ?? ''), instance: instance ?? (instanceText || null) };
}

/** `null` when it is no port. */
export function portOf(text: string): number | null {
  return parseEndpoint(`host,${text}`)?.port ?? null;
}
