// docs/probing.md: its numbers are the code's, its PRELOGIN table is the one that the lab plays.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { connectionsToTime } from '../../src/cli/timing-arguments.ts';
import { type Agreement, agree, type ServerEncryption } from '../../src/lab/encryption.ts';
import { labProfiles } from '../../src/lab/profiles.ts';
import type { EncryptionOption } from '../../src/model/observation.ts';
import { THRESHOLDS } from '../../src/observe/timings/timing-hint.ts';
import { IN_VAIN, TIMING_DEFAULTS } from '../../src/observe/timings/timings.ts';

const text = readFileSync('docs/probing.md', 'utf8').replace(/\s+/g, ' ');

test.each([
  [`| ${TIMING_DEFAULTS.connections} more, or as many as \`--connects\` says |`],
  [`at most ${TIMING_DEFAULTS.atOnce} at a time and at least ${TIMING_DEFAULTS.paceMs} ms apart`],
  [`when ${IN_VAIN} connections in a row had no answer`],
  [`With ${TIMING_DEFAULTS.connections} connections p95 is the second slowest`],
  [`version ${THRESHOLDS.lastExposedMajor.value}.x (SQL Server 2017) or older`],
  [`at least ${THRESHOLDS.synRetransmissionMs.value} ms longer than the fastest`],
  [`p95 is more than ${THRESHOLDS.slowPreloginMs.value} ms above the median connect`],
  [
    `more than ${THRESHOLDS.tailRatio.value} times its own median and above ${THRESHOLDS.tailFloorMs.value} ms`,
  ],
])('says: %s', (sentence) => {
  expect(text).toContain(sentence);
});

test('--timings asks for as many as it says', () => {
  expect(connectionsToTime({ timings: true })).toBe(TIMING_DEFAULTS.connections);
});

test('every lab profile it names can be played', () => {
  const named = [...text.matchAll(/lab:([\w-]+)/g)].map(([, name]) => name);
  expect(named.length).toBeGreaterThan(0);
  for (const name of named) expect(labProfiles().map((profile) => profile.name)).toContain(name);
});

describe('the PRELOGIN table', () => {
  const WORDS: Readonly<Record<Agreement['tls'], string>> = {
    always: 'TLS for all',
    'login-only': 'TLS for the login only',
    none: 'no TLS',
    never: 'closed',
  };
  const SERVERS: readonly ServerEncryption[] = ['OFF', 'ON', 'NOT_SUP'];

  test.each<EncryptionOption>(['OFF', 'ON', 'NOT_SUP', 'REQ'])('a client that says %s', (client) => {
    const cells = SERVERS.map((server) => {
      const { answer, tls } = agree(server, client);
      return `${answer}: ${WORDS[tls]}`;
    });
    expect(text).toContain(`| ${client} | ${cells.join(' | ')} |`);
  });
});
