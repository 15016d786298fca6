// What the broad hellos offer beyond the letter of the RFCs: stacks are found to take it.
import { expect, test } from '@jest/globals';
import { broadHello } from '../../../src/observe/peel/broad-hello.ts';

const NAMES = {
  des: 'TLS_RSA_WITH_DES_CBC_SHA',
  export40: 'TLS_RSA_EXPORT_WITH_RC4_40_MD5',
  curves: 'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA',
  aead: 'TLS_RSA_WITH_AES_128_GCM_SHA256',
  tls13: 'TLS_AES_128_GCM_SHA256',
} as const;

test.each([
  ['SSL 3.0', ['des', 'export40', 'curves']],
  ['TLS 1.0', ['des', 'export40', 'curves']],
  ['TLS 1.1', ['des', 'export40', 'curves']],
  ['TLS 1.2', ['des', 'export40', 'curves', 'aead']],
  ['TLS 1.3', ['tls13']],
] as const)('%s is asked with %s', (version, families) => {
  const { suites } = broadHello(version);
  const offered = Object.entries(NAMES).filter(([, name]) => suites.includes(name));
  expect(offered.map(([family]) => family)).toEqual(families);
});
