import { expect, test } from '@jest/globals';
import { isLiteralPassword } from '../../../src/discover/connection-strings/literal-password.ts';

test.each([
  'hunter2',
  "'hunter2'",
  'Pa$$w0rd',
  'a%def',
  'Tr0ub4dor&3',
  'x{y}',
  'P@ssw0rd!',
  'yourStrong(!)Password',
])('%s is a password', (text) => expect(isLiteralPassword(text)).toBe(true));

test.each([
  '',
  '  ',
  '""',
  '***',
  'xxxx',
  `\${DB_PASSWORD}`,
  '$(SqlPassword)',
  '$env:PWD',
  '$password',
  '#{Password}#',
  '{{ .Values.password }}',
  '__PASSWORD__',
  '%PASSWORD%',
  '%s',
  '%(password)s',
  '@db.password@'.replace('.', '_'),
  '{0}',
  '{password}',
  '<password>',
  '[password]',
  '" + password + "',
  ':password',
  'your_password',
  'changeme',
])('%s is none', (text) => expect(isLiteralPassword(text)).toBe(false));
