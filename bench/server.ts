/**
 * A TDS server of its own process, OpenSSL behind it: `node bench/server.ts CONFIGURATION PORT`. It prints `ready`, and
 * for each line on standard input how many connections came since the last.
 */
import { createInterface } from 'node:readline';
import { opensslOptions } from '../test/observe/configurations.ts';
import { opensslTds } from '../test/observe/openssl-tds.ts';
import { benchConfiguration } from './configurations.ts';

const [name = '', port = ''] = process.argv.slice(2);
const server = await opensslTds(opensslOptions(benchConfiguration(name)), { port: Number(port) });
process.stdout.write('ready\n');
let before = 0;
for await (const _ of createInterface({ input: process.stdin })) {
  const now = server.connections();
  process.stdout.write(`${now - before}\n`);
  before = now;
}
await server.close();
