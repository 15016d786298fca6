import { expect, test } from '@jest/globals';
import { windowsOf } from '../../src/resolve/windows.ts';

test.each([
  ['6.1.7601', 'Windows Server 2008 R2 / Windows 7'],
  ['10.0.18363', 'Windows 10 1903-2004'],
  ['10.0.19044', 'Windows 10 20H2-21H2'],
  ['10.0.22631', 'Windows 11 22H2 and later (23H2, 24H2, 25H2)'],
  ['10.0.26100', 'Windows Server 2025'],
  ['10.0.99', null],
  ['5.2.3790', null],
  ['', null],
])('%s is %s', (build, expected) => {
  expect(windowsOf(build)).toBe(expected);
});
