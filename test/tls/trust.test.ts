// Whom a chain leads to, on made chains; the same chains before OpenSSL.
import { spawnSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { judgeTrust, MAX_DEPTH } from '../../src/tls/trust.ts';
import { basicConstraints, commonName, madeCertificate, pem } from './made-certificate.ts';
import { CHAINS, type Chain, ISSUER, LEAF, NOW, ROOT } from './made-chains.ts';

const parsed = (roots: readonly Buffer[]) => roots.map((one) => new X509Certificate(one));
const judge = ({ sent, roots }: Pick<Chain, 'sent' | 'roots'>) => judgeTrust(sent, parsed(roots), NOW);

test.each(CHAINS)('$name: $state', ({ sent, roots, state }) => {
  expect(judge({ sent, roots }).state).toBe(state);
});

test('the reasons name the certificate and what it lacks', () => {
  const reasons = Object.fromEntries(CHAINS.map((chain) => [chain.name, judge(chain).reason]));
  expect(reasons).toMatchObject({
    good: 'its chain leads to CN=Contoso Root',
    'self-signed, trusted by itself': 'it is itself among the roots',
    'self-signed': 'it is signed by itself and not among the roots',
    'the intermediate is missing': 'its issuer CN=Contoso Issuing CA was not sent and is not among the roots',
    'the root is another one': 'its chain leads to CN=Contoso Root, which is not among the roots',
    expired: 'CN=sql01.contoso.example was valid until 2026-06-01',
    'not yet valid': 'CN=sql01.contoso.example is valid from 2030-01-01',
    'the issuer is no CA': 'CN=Contoso Issuing CA may not issue certificates: it is not marked as a CA',
    'the issuer may sign no certificates':
      'CN=Contoso Issuing CA may not issue certificates: its key usage lacks keyCertSign',
    'signed with another key':
      'the signature of CN=sql01.contoso.example does not verify with the key of CN=Contoso Issuing CA',
  });
});

describe('limits', () => {
  test('no certificate, and bytes that are none', () => {
    expect(judge({ sent: [], roots: [ROOT] }).state).toBe('broken');
    expect(judge({ sent: [Buffer.from('no'), LEAF], roots: [ROOT] }).state).toBe('broken');
    expect(judge({ sent: [LEAF, Buffer.from('no'), ISSUER], roots: [ROOT] }).state).toBe('trusted');
  });

  test('the twenty-first certificate is not looked at', () => {
    const filler = Array.from({ length: 19 }, () => ROOT);
    expect(judge({ sent: [LEAF, ...filler, ISSUER], roots: [ROOT] }).state).toBe('unknown-issuer');
  });

  test('a chain without an end', () => {
    const name = (at: number) => commonName(`CA ${at}`);
    const extensions = [basicConstraints(true)];
    const sent = Array.from({ length: MAX_DEPTH + 2 }, (_, at) =>
      madeCertificate({ subject: name(at), issuer: name(at + 1), dnsNames: [], extensions }),
    );
    expect(judge({ sent, roots: [ROOT] })).toMatchObject({ state: 'broken' });
  });

  test('equal names that lead everywhere end soon', () => {
    // Ten ways on at each step: ten thousand million ways in all.
    const [a, b] = [commonName('A'), commonName('B')];
    const sent = Array.from({ length: 20 }, (_, at) =>
      madeCertificate({
        ...(at % 2 === 0 ? { subject: a, issuer: b } : { subject: b, issuer: a }),
        serial: Uint8Array.of(at + 1),
        dnsNames: [],
        extensions: [basicConstraints(true)],
      }),
    );
    expect(judge({ sent, roots: [ROOT] }).state).toBe('broken');
  });
});

const openssl = spawnSync('openssl', ['version'], { encoding: 'utf8' });
const obstacle = openssl.status === 0 ? null : 'openssl is not installed';

/** Errors of X509_verify_cert: x509_vfy.h. */
const STATES: Readonly<Record<string, string>> = {
  2: 'unknown-issuer',
  7: 'broken',
  9: 'not-yet-valid',
  10: 'expired',
  18: 'self-signed',
  19: 'unknown-issuer',
  20: 'unknown-issuer',
  21: 'unknown-issuer',
  24: 'issuer-no-ca',
  32: 'issuer-no-ca',
  79: 'issuer-no-ca',
};

(obstacle === null ? describe : describe.skip)(
  `openssl verify says the same${obstacle ? ` (skipped: ${obstacle})` : ''}`,
  () => {
    // Of untrusted issuers with one name it tries the first alone.
    const alike = CHAINS.filter(({ name }) => !name.startsWith('two issuers'));
    test.each(alike)('$name', ({ sent: [leaf, ...others], roots, state }) => {
      const folder = mkdtempSync(join(tmpdir(), 'trust-'));
      const file = (name: string, certificates: readonly (Buffer | undefined)[]) => {
        writeFileSync(join(folder, name), certificates.map((one) => (one ? pem(one) : '')).join(''));
        return join(folder, name);
      };
      try {
        const known = roots.length > 0 ? ['-CAfile', file('roots', roots)] : ['-no-CAfile'];
        const untrusted = others.length > 0 ? ['-untrusted', file('others', others)] : [];
        const time = ['-attime', String(Date.parse(NOW) / 1000)];
        const said = spawnSync(
          'openssl',
          ['verify', '-no-CApath', '-no-CAstore', ...known, ...untrusted, ...time, file('leaf', [leaf])],
          { encoding: 'utf8' },
        );
        const error = /error (\d+) at/.exec(said.stderr)?.[1];
        expect([said.status === 0 ? 'trusted' : STATES[error ?? ''], said.stderr]).toEqual([
          state,
          expect.any(String),
        ]);
      } finally {
        rmSync(folder, { recursive: true });
      }
    });
  },
);
