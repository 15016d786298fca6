// nmap as a second opinion: its ssl-enum-ciphers speaks TDS too, on port 1433. Skipped, and said, where it is not installed.
import { execFile, spawnSync } from 'node:child_process';
import { createServer } from 'node:net';
import { promisify } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { type LabProfile, labProfile } from '../../src/lab/profiles.ts';
import { startLab } from '../../src/lab/server.ts';
import { probe } from '../../src/observe/probe.ts';

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
    const forced = labProfile('sql-server-2019-force-encryption');
    if (!forced) throw new Error('no lab profile');

    test.each<[string, Partial<LabProfile>]>([
      ['TLS 1.2, twelve suites', {}],
      ['TLS 1.0 to 1.2', { protocols: ['TLS 1.0', 'TLS 1.1', 'TLS 1.2'] }],
      ['one suite', { suites: ['TLS_RSA_WITH_AES_128_CBC_SHA256'] }],
    ])(
      '%s',
      async (_, parts) => {
        const lab = await startLab({ ...forced, ...parts }, { port: PORT });
        try {
          const where = { host: '127.0.0.1', port: PORT, instance: null, serverName: null };
          const { target } = await probe(where, { endpoint: 'lab', deadlineMs: 2000, hellos: [] });
          const arguments_ = [
            '-Pn',
            '-n',
            '-p',
            String(PORT),
            '--script',
            'ssl-enum-ciphers',
            '-oX',
            '-',
            '127.0.0.1',
          ];
          const { stdout } = await run('nmap', arguments_, { timeout: LIMIT_MS });
          const ours = target.protocols
            .filter(({ state }) => state === 'accepted')
            .map(({ version, suites }) => [version, suites]);
          const theirs = Object.entries(suitesOf(stdout)).map(([version, suites]) => [version, suites]);
          expect(theirs.length).toBeGreaterThan(0);
          expect(
            Object.fromEntries(ours.map(([version, suites]) => [version, [...(suites ?? [])].sort()])),
          ).toEqual(
            Object.fromEntries(theirs.map(([version, suites]) => [version, [...(suites ?? [])].sort()])),
          );
        } finally {
          await lab.close();
        }
      },
      LIMIT_MS,
    );
  },
);
