// The words that a script is searched for before it is read.
import { expect, test } from '@jest/globals';
import { packagesOf } from '../../../../src/catalog/drivers.ts';
import { script, WORDS } from '../../../../src/discover/readers/system/script.ts';
import type { Ecosystem } from '../../../../src/model/declaration.ts';
import { pointedAt } from '../../declarations.ts';

const READ: readonly Ecosystem[] = [
  'apt',
  'apk',
  'rpm',
  'pypi',
  'npm',
  'pecl',
  'rubygems',
  'brew',
  'winget',
  'conda',
  'dll',
  'so',
  'msi',
  'path',
];

test.each(READ)('every name of %s has one of them', (ecosystem) => {
  expect(packagesOf(ecosystem).filter((name) => !WORDS.test(name))).toEqual([]);
});

test('so has every extension of PHP', () => {
  const extensions = packagesOf('docker-image').filter((name) => name.startsWith('docker-php-ext-install'));
  expect(extensions.filter((name) => !WORDS.test(name.replace('docker-php-ext-install', '')))).toEqual([]);
});

test.each([
  [
    'a backslash before a quote is one of a path',
    'a.ps1',
    'cd "C:\\Temp\\"\ncopy sqlncli11.dll "D:\\"',
    ['sqlncli11.dll'],
  ],
  ['so it is for cmd.exe', 'a.cmd', 'cd "C:\\Temp\\"\ncopy sqlncli11.dll "D:\\"', ['sqlncli11.dll']],
  [
    'an apostrophe quotes nothing for cmd.exe',
    'a.bat',
    "echo don't\ncopy sqlncli11.dll D:",
    ['sqlncli11.dll'],
  ],
  [
    'a block of comment that is not closed',
    'a.ps1',
    'copy sqlncli11.dll D:\n<# copy sqlncli10.dll',
    ['sqlncli11.dll'],
  ],
  [
    'a file that is written on the spot',
    'a.sh',
    'cat > odbcinst.ini <<EOL\n[FreeTDS]\nDriver=/usr/lib/libtdsodbc.so\nEOL',
    ['libtdsodbc.so'],
  ],
  [
    'one printf',
    'a.sh',
    'printf "[x]\\nDriver=/opt/libmsodbcsql-18.0.so.1.1\\nUsageCount=1" > a.ini',
    ['18.0.so.1.1'],
  ],
])('%s', (_, file, text, expected) => {
  expect(pointedAt(script, file, text)).toEqual(expected.map((found) => `driver: ${found}`));
});
