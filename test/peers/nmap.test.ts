// nmap as a second opinion: its ssl-enum-ciphers speaks TDS too, on port 1433. Skipped, and said, where it is not installed.
import { execFile, spawnSync } from 'node:child_process';
import { createServer } from 'node:net';
import { promisify } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { probe } from '../../src/observe/probe.ts';
import { CONFIGURATIONS, opensslOptions } from '../observe/configurations.ts';
import { opensslTds } from '../observe/openssl-tds.ts';

const PORT = 1433;
const LIMIT_MS = 60_000;
const run = promisify(execFile);

/** nmap speaks TDS to this port alone; where something else listens on it there is nothing to compare. */
async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  const free = await new Promise<boolean>((done) => {
    server.once('error', () => done(false));
    server.listen(port, '127.0.0.1', () => done(true));
  });
  await new Promise((closed) => server.close(closed));
  return free;
}

/** `TLSv1.2` → suites, as nmap lists them: sorted by preference where the server has one. */
function suitesOf(xml: string): Record<string, string[]> {
  const versions = [
    ...xml.matchAll(/<table key="((?:TLS|SSL)v[\d.]+)">([\s\S]*?)<elem key="cipher preference">/g),
  ];
  return Object.fromEntries(
    versions.map(([, version = '', block = '']) => [
      version.replace('v', ' '),
      [...block.matchAll(/<elem key="name">([^<]+)<\/elem>/g)].map(([, name = '']) => name),
    ]),
  );
}

const installed = spawnSync('nmap', ['--version']).status === 0;
const obstacle = !installed ? 'nmap is not installed' : (await isFree(PORT)) ? null : `port ${PORT} is taken`;

(obstacle === null ? describe : describe.skip)(
  `nmap finds what we find${obstacle ? ` (skipped: ${obstacle})` : ''}`,
  () => {
    test.each(CONFIGURATIONS)(
      '$name',
      async (configuration) => {
        const server = await opensslTds(opensslOptions(configuration), { port: PORT });
        try {
          const where = { host: '127.0.0.1', port: PORT, instance: null, serverName: null };
          const { target } = await probe(where, { endpoint: 'openssl', deadlineMs: 4000, hellos: [] });
          const ours = target.protocols
            .filter(({ state }) => state === 'accepted')
            .map(({ version, suites }) => [version, sorted(suites)]);
          const options = ['-Pn', '-n', '-p', String(PORT), '--script', 'ssl-enum-ciphers', '-oX', '-'];
          const { stdout } = await run('nmap', [...options, '127.0.0.1'], { timeout: LIMIT_MS });
          const theirs = Object.entries(suitesOf(stdout)).map(([version, suites]) => [
            version,
            sorted(suites),
          ]);
          expect(Object.fromEntries(theirs)).toEqual(Object.fromEntries(ours));
        } finally {
          await server.close();
        }
      },
      LIMIT_MS,
    );
  },
);

const sorted = (names: readonly string[]) => [...names].sort();
