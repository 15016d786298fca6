/** The server part of each grammar as an endpoint. Placeholders are no endpoint: nobody knows what will stand there. */
import type { Endpoint } from '../../model/connection.ts';
import { parseEndpoint } from '../../model/endpoint.ts';

const PLACEHOLDER = /[$#<>{}%*?]|^__.*__$|^\[(?!.*:)/;

/** `tcp:host\instance,port` of ADO.NET, OLE DB and ODBC. */
export function keywordEndpoint(text: string): Endpoint | null {
  return PLACEHOLDER.test(text.trim()) ? null : parseEndpoint(text);
}

/** `host\instance:port` of JDBC and URLs; the comma is understood as well. */
export function urlEndpoint(text: string): Endpoint | null {
  const port = /^([^:]*|\[[^\]]*\]):(\d{1,5})$/.exec(text);
  return keywordEndpoint(port ? `${port[1]},${port[2]}` : text);
}
