// docs/certificate.md: its tables are the code's.
import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { decodeCertificate } from '../../src/tls/certificate.ts';
import { certificateRequirements } from '../../src/tls/certificate-requirements.ts';
import { MAX_DEPTH, MAX_SENT } from '../../src/tls/trust.ts';
import { madeCertificate } from '../tls/made-certificate.ts';
import { CHAINS } from '../tls/made-chains.ts';

const text = readFileSync('docs/certificate.md', 'utf8').replace(/\s+/g, ' ');
const certificate = decodeCertificate(madeCertificate());

test.each(certificateRequirements({ certificate, host: null, at: certificate.notBefore }))(
  'names $id, and who asks for it',
  ({ id, of }) => {
    expect(text).toContain(`| \`${id}\` | ${of} |`);
  },
);

test.each([...new Set(CHAINS.map(({ state }) => state))])('says what %s means', (state) => {
  expect(text).toContain(`\`${state}\``);
});

test('its limits', () => {
  expect(text).toContain(`no end within ${MAX_DEPTH} certificates`);
  expect(text).toContain(`the first ${MAX_SENT} are looked at`);
});
