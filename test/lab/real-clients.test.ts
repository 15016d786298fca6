// Clients that people run, each in a process of its own, log in to lab servers with every TLS version they support.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, test } from '@jest/globals';
import { mintCertificate } from '../../src/lab/certificates.ts';
import { type LabProfile, labProfile } from '../../src/lab/profiles.ts';
import type { RunningLab } from '../../src/lab/running.ts';
import { startLab } from '../../src/lab/server.ts';
import { type Command, REAL_CLIENTS } from '../clients/clients.ts';

const LIMIT_MS = 30_000;
const HOST = '127.0.0.1';
const labs: RunningLab[] = [];
const folder = mkdtempSync(join(tmpdir(), 'real-clients-'));

afterAll(() => rmSync(folder, { recursive: true }));

afterEach(async () => {
  await Promise.all(labs.splice(0).map((lab) => lab.close()));
});

async function playing(name: string, parts: Partial<LabProfile>) {
  const profile = labProfile(name);
  if (!profile) throw new Error(`no lab profile ${name}`);
  const events: string[] = [];
  const lab = await startLab({ ...profile, ...parts }, { onEvent: (line) => events.push(line) });
  labs.push(lab);
  const trusted = join(folder, `${name}.pem`);
  writeFileSync(trusted, mintCertificate(profile.certificate).chain);
  return { port: lab.port, events, trusted };
}

/** What it prints, both streams in one. */
function output({ file, args, env, input = '' }: Command): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { env: { ...process.env, ...env }, timeout: LIMIT_MS });
    const parts: Buffer[] = [];
    child.on('error', reject);
    child.stdout.on('data', (part) => parts.push(part));
    child.stderr.on('data', (part) => parts.push(part));
    child.on('close', () => resolve(Buffer.concat(parts).toString()));
    child.stdin.on('error', () => {});
    child.stdin.end(input);
  });
}

/** Suites that every version has, and some of TLS 1.2 alone. */
const SUITES = [
  'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384',
  'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA',
  'TLS_RSA_WITH_AES_128_CBC_SHA',
];
const NAMES = { 'TLS 1.0': 'TLSv1', 'TLS 1.1': 'TLSv1.1', 'TLS 1.2': 'TLSv1.2' } as const;

for (const { name, obstacle, protocols, connect, byDefault, answer } of REAL_CLIENTS) {
  (obstacle === null ? describe : describe.skip)(
    `${name} logs in${obstacle ? ` (skipped: ${obstacle})` : ''}`,
    () => {
      test.each(Object.entries(NAMES).filter(([version]) => protocols.some((own) => own === version)))(
        'with %s alone',
        async (version, inEvents) => {
          const only = protocols.filter((own) => own === version);
          const lab = await playing('sql-server-2019-tls12-only', { protocols: only, suites: SUITES });
          expect(await output(connect(HOST, lab.port, { only: only[0], trusted: lab.trusted }))).toMatch(
            answer,
          );
          expect(lab.events).toContainEqual(
            expect.stringMatching(new RegExp(`^handshake: ${inEvents} TLS_`)),
          );
          expect(lab.events.join('\n')).not.toContain('canary');
        },
        LIMIT_MS,
      );

      test(
        'as it is set up, to a server that takes TLS 1.2 with ECDHE alone',
        async () => {
          const lab = await playing('sql-server-2022', {});
          expect(await output(connect(HOST, lab.port, { trusted: lab.trusted }))).toMatch(answer);
          expect(lab.events).toContainEqual(expect.stringMatching(/^handshake: TLSv1\.2 TLS_ECDHE_/));
        },
        LIMIT_MS,
      );

      const unasked = byDefault ? ['sql-server-2022', 'sql-server-2019-force-encryption'] : [];
      for (const profile of unasked) {
        test(
          `without asking for encryption, to ${profile}`,
          async () => {
            const lab = await playing(profile, {});
            const printed = byDefault ? await output(byDefault.connect(HOST, lab.port)) : '';
            if (byDefault?.handshake) {
              expect(printed).toMatch(answer);
              expect(lab.events).toEqual([expect.stringMatching(/^handshake: TLSv1\.2 /)]);
            } else if (profile === 'sql-server-2022') {
              expect(printed).toMatch(answer);
              expect(lab.events).toEqual([]);
            } else {
              expect(printed).not.toMatch(answer);
              expect(lab.events).toEqual(['closed: encryption is forced, and the login came in clear text']);
            }
          },
          LIMIT_MS,
        );
      }

      test(
        'not where nothing is in common',
        async () => {
          const lab = await playing('sql-server-2022', {
            suites: ['TLS_RSA_WITH_CAMELLIA_128_CBC_SHA'],
          });
          expect(await output(connect(HOST, lab.port, { trusted: lab.trusted }))).not.toMatch(answer);
          expect(lab.events).toContainEqual(expect.stringMatching(/^refused by reset: /));
        },
        LIMIT_MS,
      );
    },
  );
}
