// Trusted roots: from a file, and whatever this machine has.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { certificateOptions } from '../../src/cli/certificate-arguments.ts';
import { rootsOfFile, systemRoots } from '../../src/edge/roots.ts';
import { pem } from '../tls/made-certificate.ts';
import { ISSUER, ROOT } from '../tls/made-chains.ts';

const folder = mkdtempSync(join(tmpdir(), 'roots-'));
afterAll(() => rmSync(folder, { recursive: true }));
function fileOf(content: string | Buffer): string {
  const file = join(folder, 'ca');
  writeFileSync(file, content);
  return file;
}
const subjects = (content: string | Buffer) => {
  const found = rootsOfFile(fileOf(content));
  return 'complaint' in found ? found.complaint : found.certificates.map(({ subject }) => subject);
};

describe('a file', () => {
  test('PEM, with words between, and a damaged one among them', () => {
    const damaged = pem(Buffer.from('no certificate'));
    expect(subjects(`# ours\r\n${pem(ROOT)}and\n${damaged}${pem(ISSUER)}`)).toEqual([
      'CN=Contoso Root',
      'CN=Contoso Issuing CA',
    ]);
  });

  test('one certificate in DER', () => {
    expect(subjects(ROOT)).toEqual(['CN=Contoso Root']);
  });

  test.each(['', 'not a certificate', pem(Buffer.from('no'))])('%j has none', (content) => {
    expect(subjects(content)).toMatch(/holds no certificate that can be read; expected PEM/);
  });

  test('missing, or a folder', () => {
    expect(rootsOfFile(join(folder, 'absent'))).toEqual({
      complaint: expect.stringMatching(/no such file\.$/),
    });
    expect(rootsOfFile(folder)).toEqual({ complaint: expect.stringMatching(/it is a folder\.$/) });
  });
});

test('the system has roots, and says which they are', () => {
  const { certificates, from } = systemRoots();
  expect(certificates.length).toBeGreaterThan(0);
  expect(from).toMatch(
    /^(the system store|\/etc\/.*|the list that Node\.js .* brings)( and NODE_EXTRA_CA_CERTS)?$/,
  );
});

// Node reads the variable once, when it starts.
test('NODE_EXTRA_CA_CERTS stands beside the system’s', () => {
  const NODE_EXTRA_CA_CERTS = fileOf(pem(ROOT));
  const module = new URL('../../src/edge/roots.ts', import.meta.url).href;
  const program = `import { systemRoots } from '${module}';
    const { certificates, from } = systemRoots();
    console.log(JSON.stringify([from, certificates.at(-1).subject, certificates.length > 1]));`;
  const { stdout, stderr } = spawnSync(
    process.execPath,
    ['--no-warnings', '--input-type=module', '--eval', program],
    { encoding: 'utf8', env: { ...process.env, NODE_EXTRA_CA_CERTS } },
  );
  expect([JSON.parse(stdout || 'null'), stderr]).toEqual([
    [expect.stringMatching(/ and NODE_EXTRA_CA_CERTS$/), 'CN=Contoso Root', true],
    '',
  ]);
});

describe('arguments', () => {
  test('neither: the system’s roots, the endpoint’s host', () => {
    expect(certificateOptions({})).toEqual({ ca: null, hostName: null });
  });

  test('both', () => {
    const ca = fileOf(pem(ROOT));
    expect(certificateOptions({ ca, 'host-name-in-certificate': 'sql.contoso.example' })).toMatchObject({
      ca: { from: ca, certificates: [expect.anything()] },
      hostName: 'sql.contoso.example',
    });
  });

  test.each(['', 'a b', 'host,1433', 'host\\INSTANCE', 'x'.repeat(254)])('%j is no name', (name) => {
    expect(certificateOptions({ 'host-name-in-certificate': name })).toEqual({
      complaint: expect.stringMatching(/is no host name/),
    });
  });

  test('a file that is not there', () => {
    expect(certificateOptions({ ca: join(folder, 'absent') })).toEqual({
      complaint: expect.stringMatching(/^--ca: .*there is no such file\.$/),
    });
  });
});
