import { expect, test } from '@jest/globals';
import { isImageReference } from '../../src/model/image.ts';

test.each([
  'sql',
  'mcr.microsoft.com/mssql/server:2022-latest',
  'mcr.microsoft.com/mssql/server',
  'localhost:5000/team/sql__server:CU30-ubuntu-18.04',
  `mcr.microsoft.com/mssql/server:2022-latest@sha256:${'0a'.repeat(32)}`,
  'registry.example/a-b--c/d.e_f',
])('an image: %s', (text) => expect(isImageReference(text)).toBe(true));

test.each([
  '',
  ' ',
  '-it',
  '--privileged',
  'SQL',
  'sql:',
  'sql:la test',
  'sql server',
  '/sql',
  'sql/',
  'a//b',
  'a..b',
  'sql@sha256:12',
  'sql;rm',
  '$(id)',
  'sql\n--privileged',
  `sql:${'a'.repeat(129)}`,
  'a'.repeat(301),
])('no image: %j', (text) => expect(isImageReference(text)).toBe(false));
