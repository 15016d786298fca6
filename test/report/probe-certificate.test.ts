// The certificate on a probe's page.
import { X509Certificate } from 'node:crypto';
import { expect, test } from '@jest/globals';
import type { CertificateChecks } from '../../src/model/certificate-checks.ts';
import { certificateRows } from '../../src/report/probe-certificate.ts';
import { MARGIN } from '../../src/report/probe-row.ts';
import { painter } from '../../src/report/style.ts';
import { decodeCertificate } from '../../src/tls/certificate.ts';
import { certificateNames } from '../../src/tls/certificate-names.ts';
import { certificateRequirements } from '../../src/tls/certificate-requirements.ts';
import { judgeTrust } from '../../src/tls/trust.ts';
import {
  BMP_STRING,
  basicConstraints,
  commonName,
  keyUsage,
  madeCertificate,
  purposes,
  SERVER_AUTH,
} from '../tls/made-certificate.ts';
import { ISSUER, leafOf, ROOT } from '../tls/made-chains.ts';

const GOOD = { extensions: [purposes(SERVER_AUTH), keyUsage(5, 0xa0)] };

interface Asked {
  readonly host?: string | null;
  readonly at?: string;
  readonly roots?: readonly Buffer[];
  readonly width?: number;
  readonly color?: boolean;
}

function page(
  sent: readonly Buffer[],
  { host = 'sql01.contoso.example', at = '2027-01-01T00:00:00Z', roots = [ROOT], ...style }: Asked = {},
): readonly string[] {
  const { width = 120, color = false } = style;
  const chain = sent.map(decodeCertificate);
  const [certificate] = chain;
  if (!certificate) throw new Error('a chain has a leaf');
  const trusted = roots.map((one) => new X509Certificate(one));
  const certificateChecks: CertificateChecks = {
    host,
    nameMatches: host === null ? null : certificateNames(certificate, host),
    trust: { ...judgeTrust(sent, trusted, at), roots: 'roots.pem' },
    requirements: certificateRequirements({ certificate, host, at }),
  };
  const paint = painter({ color, width });
  return certificateRows({ certificate, chain, certificateChecks }, width + MARGIN, paint).map(
    ({ text }) => text,
  );
}

test('a good one: names the host, trusted', () => {
  expect(page([leafOf(GOOD), ISSUER])).toEqual([
    'CN=sql01.contoso.example: RSA 2048, signed with SHA-256 by CN=Contoso Issuing CA, 2 certificates sent',
    'valid from 2026-01-01 until 2036-01-01',
    'names sql01.contoso.example',
    'it names sql01.contoso.example',
    'trusted: its chain leads to CN=Contoso Root (roots: roots.pem)',
  ]);
});

test('expired stands out', () => {
  const lines = page([leafOf(GOOD), ISSUER], { at: '2037-01-01T00:00:00Z', color: true });
  expect(lines[1]).toBe('\u001b[31mit expired on 2036-01-01\u001b[0m');
  expect(lines[4]).toBe(
    '\u001b[33mnot trusted: CN=sql01.contoso.example was valid until 2036-01-01 (roots: roots.pem)\u001b[0m',
  );
});

test('signed by itself, another name, unfit', () => {
  const extensions = [purposes('1.3.6.1.5.5.7.3.2'), keyUsage(7, 0x80), basicConstraints(true)];
  expect(page([madeCertificate({ extensions, serial: Uint8Array.of(0xff, 1) })], { host: 'sql02' })).toEqual([
    'CN=sql01.contoso.example: RSA 2048, signed with SHA-256 by itself',
    'valid from 2026-01-01 until 2036-01-01',
    'names sql01.contoso.example',
    'it does not name sql02',
    'not trusted: it is signed by itself and not among the roots (roots: roots.pem)',
    'against what SQL Server requires: it is meant for clientAuth, not for Server Authentication (1.3.6.1.5.5.7.3.1)',
    'against what SQL Server requires: its key usage lacks keyEncipherment',
    'its serial number is negative: clients built with Go 1.23 or later refuse it, trusted or not',
    'it is marked as a CA: rustls, when it verifies, takes no CA for a server',
  ]);
});

test('SQL Server’s own, of X.509 v1', () => {
  const subject = commonName('SSL_Self_Signed_Fallback', BMP_STRING);
  expect(page([madeCertificate({ subject, dnsNames: null })])).toEqual([
    'CN=SSL_Self_Signed_Fallback: RSA 2048, signed with SHA-256 by itself',
    'valid from 2026-01-01 until 2036-01-01',
    'SQL Server made it for itself: a client that verifies certificates refuses it',
    'it is of X.509 version 1: clients on rustls take version 3 only, trusted or not',
  ]);
});

test('many names are counted', () => {
  const dnsNames = Array.from({ length: 40 }, (_, at) => `sql${at}.example`);
  expect(page([madeCertificate({ dnsNames })], { width: 200 })[2]).toMatch(
    /^names sql0\.example, .*, sql7\.example and 32 more$/,
  );
});

test('lines fit, and words of a server are made safe', () => {
  const lines = page(
    [madeCertificate({ subject: commonName('a\u001b[31m\u202e'), dnsNames: ['b\u001b[0m'] })],
    { width: 60 },
  );
  expect(lines.filter((line) => line.length > 60)).toEqual([]);
  const text = lines.join();
  expect([text.includes('\u001b'), text.includes('\u202e')]).toEqual([false, false]);
});

test('a name of a page’s length is cut', () => {
  const subject = commonName('x y '.repeat(20_000));
  expect(page([madeCertificate({ subject })]).length).toBeLessThan(30);
});

test('no certificate, no rows; without checks what it says of itself', () => {
  const paint = painter({ color: false, width: 80 });
  expect(certificateRows({ certificate: null, chain: [], certificateChecks: null }, 80, paint)).toEqual([]);
  const unreadable: CertificateChecks = {
    host: null,
    nameMatches: null,
    trust: { ...judgeTrust([Buffer.from('no')], [], ''), roots: '' },
    requirements: [],
  };
  expect(certificateRows({ certificate: null, chain: [], certificateChecks: unreadable }, 80, paint)).toEqual(
    [{ label: 'certificate', text: 'the server sent no certificate that can be read' }],
  );
  const certificate = decodeCertificate(madeCertificate());
  const rows = certificateRows({ certificate, chain: [certificate], certificateChecks: null }, 120, paint);
  expect(rows.map(({ label }) => label)).toEqual(['certificate', '', '']);
});
