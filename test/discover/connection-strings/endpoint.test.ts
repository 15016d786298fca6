import { expect, test } from '@jest/globals';
import {
  keywordEndpoint,
  portOf,
  urlEndpoint,
  withParts,
} from '../../../src/discover/connection-strings/endpoint.ts';

const endpoint = (host: string, port: number | null = null, instance: string | null = null) => ({
  host,
  port,
  instance,
});

test.each([
  ['sql1', endpoint('sql1')],
  [' tcp:sql1.contoso.example , 1433 ', endpoint('sql1.contoso.example', 1433)],
  ['sql1\\A', endpoint('sql1', null, 'A')],
  ['sql1\\MSSQL$A,1500', endpoint('sql1', 1500, 'MSSQL$A')],
  ['.\\SQLEXPRESS', endpoint('.', null, 'SQLEXPRESS')],
  ['(local)', endpoint('(local)')],
  ['(localdb)\\MSSQLLocalDB', endpoint('(localdb)', null, 'MSSQLLocalDB')],
  ['[::1],1433', endpoint('::1', 1433)],
  ['sql1:1433', null],
  ['np:sql1', null],
  ['lpc:.', null],
  ['\\\\sql1\\pipe\\sql\\query', null],
  ['sql1,0', null],
  ['sql1,99999', null],
  ['$HOST', null],
  ['sql1,$PORT', null],
  ['%DB%', null],
  ['sql-__ENV__', null],
  ['[server]', null],
  ['', null],
  ['x'.repeat(100_000), null],
])('keyword: %s', (text, expected) => expect(keywordEndpoint(text)).toEqual(expected));

test.each([
  ['sql1:1433', endpoint('sql1', 1433)],
  ['sql1\\A:1433', endpoint('sql1', 1433, 'A')],
  ['[::1]:1433', endpoint('::1', 1433)],
  ['sql1,1433', endpoint('sql1', 1433)],
  [`\${HOST}:1433`, null],
  ['sql1:99999', null],
  ['sql1:1433:2', null],
])('URL: %s', (text, expected) => expect(urlEndpoint(text)).toEqual(expected));

test.each([
  ['1433', 1433],
  [' 1433 ', 1433],
  ['0', null],
  ['65536', null],
  ['x', null],
  ['', null],
  ['1,2', null],
])('port: %s', (text, port) => expect(portOf(text)).toBe(port));

test.each([
  ['what the server leaves open', endpoint('sql1', null), '1433', 'A', endpoint('sql1', 1433, 'A')],
  ['its own parts win', endpoint('sql1', 1, 'B'), '1433', 'A', endpoint('sql1', 1, 'B')],
  ['nothing more', endpoint('sql1', null), null, '', endpoint('sql1', null)],
  ['a port to be filled in', endpoint('sql1', null), `\${PORT}`, null, null],
  ['one that does not count', endpoint('sql1', 1433), `\${PORT}`, null, endpoint('sql1', 1433)],
])('parts: %s', (_, written, port, instance, expected) =>
  expect(withParts(written, { port, instance })).toEqual(expected),
);
