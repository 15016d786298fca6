import { expect, test } from '@jest/globals';
import { registryPol } from '../../../../src/discover/readers/windows/registry-pol.ts';
import { pointedAt } from '../../declarations.ts';
import { expectEveryPrefixToBeRead } from '../odd-files.ts';

const KEY = 'SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols\\TLS 1.0\\Server';
const record = (name: string, type: number, data: string) =>
  `[${KEY}\0;${name}\0;${String.fromCharCode(type, 0)};${String.fromCharCode(2 * data.length, 0)};${data}]`;
const pol = (...records: string[]) => `\u5250\u6765\u0001\0${records.join('')}`;

test('a number is declared at its name, a text at itself', () => {
  const file = pol(record('Enabled', 4, '\0\0'), record('DisabledByDefault', 1, '1\0'));
  expect(pointedAt(registryPol, 'Machine/registry.pol', file)).toEqual([
    'tls-policy: Enabled',
    'tls-policy: 1',
  ]);
  expect(pointedAt(registryPol, 'User/registry.pol', file)).toEqual([]);
});

test('brackets and semicolons in the data end nothing', () => {
  const file = pol(record('Other', 1, '];[\0'), record('Enabled', 4, '\u0001\0'));
  expect(pointedAt(registryPol, 'registry.pol', file)).toEqual(['tls-policy: Enabled']);
});

test('every prefix is read', () => {
  expectEveryPrefixToBeRead(registryPol, 'registry.pol', pol(record('Enabled', 4, '\0\0')));
});
