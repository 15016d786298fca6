import { expect, test } from '@jest/globals';
import { VOCABULARY } from '../../../../src/catalog/vocabulary.ts';
import {
  declareRegistryValues,
  type RegistryData,
} from '../../../../src/discover/readers/windows/schannel.ts';
import { SourceText } from '../../../../src/discover/text/source-text.ts';

const KEY = 'SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL';

function said(key: string, name: string, data: RegistryData): unknown[] {
  const source = new SourceText('a', `${key}!`);
  const place = { start: key.length, end: key.length + 1 };
  const keyPlace = { start: 0, end: key.length };
  return declareRegistryValues(source, VOCABULARY, [{ key, name, data, place, keyPlace }]).map((one) =>
    one.kind === 'tls-policy' ? [one.side, one.setting, one.subject, one.value] : [one.kind, one.text],
  );
}

test.each([
  'HKLM\\',
  'HKLM:\\',
  'hklm:\\\\',
  'HKEY_LOCAL_MACHINE\\',
  'Registry::HKEY_LOCAL_MACHINE\\',
  'Microsoft.PowerShell.Core\\Registry::HKEY_LOCAL_MACHINE\\',
  '\\\\web01\\HKLM\\',
])('%s is the hive', (hive) => {
  expect(said(`${hive}${KEY}\\Protocols\\tls 1.0\\SERVER`, 'enabled', 0)).toEqual([
    ['server', 'protocol', 'TLS 1.0', false],
  ]);
});

test.each(['', 'HKCU:\\', 'HKLM:\\SOFTWARE\\Contoso\\'])('%s is not', (hive) => {
  expect(said(`${hive}${KEY}\\Protocols\\TLS 1.0\\Server`, 'Enabled', 0)).toEqual([]);
});

test.each([
  [0, false],
  [1, true],
  [0xffffffff, true],
  ['0x0', false],
  [' 1 ', true],
  ['-1', true],
  [['1'], true],
  [['1', '2'], null],
  ['$value', null],
  ['', null],
  [null, null],
] as const)('Enabled = %j: %j', (data, value) => {
  expect(said(`HKLM:\\${KEY}\\Hashes\\SHA`, 'Enabled', data)).toEqual([['both', 'hash', 'SHA', value]]);
});

test.each([
  ['Protocols\\TLS 1.0\\Client', 'DisabledByDefault', 1, [['client', 'protocol', 'TLS 1.0', false]]],
  ['Protocols\\TLS 1.4\\Client', 'Enabled', 1, [['client', 'ignored', 'TLS 1.4', null]]],
  ['Protocols\\TLS1.2\\Server', 'Enabled', 0, [['server', 'ignored', 'TLS1.2', null]]],
  ['Protocols\\PCT 1.0\\Server', 'Enabled', 0, []],
  ['Protocols\\TLS 1.0', 'Enabled', 0, []],
  ['Protocols\\$p\\Client', 'Enabled', 0, [['client', 'protocol', null, null]]],
  ['Ciphers\\%c%', 'Enabled', 0, [['both', 'cipher', null, null]]],
  ['KeyExchangeAlgorithms\\{{ a }}', 'ServerMinKeyBitLength', 2048, []],
  [
    'KeyExchangeAlgorithms\\PKCS',
    'ClientMinKeyBitLength',
    '0x800',
    [['client', 'minimum-key-bits', 'PKCS', 2048]],
  ],
  ['KeyExchangeAlgorithms\\PKCS', 'ClientMaxKeyBitLength', 4096, []],
] as const)('%s %s = %j', (key, name, data, expected) => {
  expect(said(`HKLM:\\${KEY}\\${key}`, name, data)).toEqual(expected);
});

test('a list has no empty items, and none at all when one stands in a variable', () => {
  const key = 'HKLM\\SOFTWARE\\Policies\\Microsoft\\Cryptography\\Configuration\\SSL\\00010002';
  expect(said(key, 'Functions', 'A, B,')).toEqual([['both', 'cipher-suites', null, ['A', 'B']]]);
  expect(said(key, 'Functions', ['A', '$b'])).toEqual([['both', 'cipher-suites', null, null]]);
});
