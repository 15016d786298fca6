import { expect, test } from '@jest/globals';
import { regFile } from '../../../../src/discover/readers/windows/reg-file.ts';
import { pointedAt } from '../../declarations.ts';
import { expectEveryPrefixToBeRead, expectSameInOddDress } from '../odd-files.ts';

const KEY = 'HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL';
const FILE = `Windows Registry Editor Version 5.00

[${KEY}\\Protocols\\TLS 1.0\\Server]
"Enabled"=dword:00000000
[HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control\\Cryptography\\Configuration\\Local\\SSL\\00010002]
"Functions"=hex(7):41,00,\\
  42,00,00,00,00,00
`;

test('line ends, byte order marks and comments change nothing', () => {
  expectSameInOddDress(regFile, 'tls.reg', FILE.replace(/\\\n {2}/, ''), '; \u{1f512}');
});

test('every prefix is read', () => expectEveryPrefixToBeRead(regFile, 'tls.reg', FILE));

test.each([
  ['"Enabled"=dword:00000000', ['dword:00000000']],
  ['"Enabled" = dword:0 ; off', ['dword:0']],
  ['"enabled"=hex(4):01,00,00,00', ['hex(4):01,00,00,00']],
  ['"Enabled"="1"', ['1']],
  ['"Enabled"=dword:zz', ['dword:zz']],
  ['"Enabled"=hex:01,00,00,00', []],
  ['"Enabled"=-', []],
  ['"Enabled"=', []],
  ['@="x"', []],
  ['Enabled=dword:0', []],
])('%s', (line, expected) => {
  const text = `REGEDIT4\n[${KEY}\\Hashes\\MD5]\n${line}\n`;
  expect(pointedAt(regFile, 'a.reg', text)).toEqual(expected.map((one) => `tls-policy: ${one}`));
});
