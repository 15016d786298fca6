import { expect, test } from '@jest/globals';
import { jarsNamed } from '../../../../src/discover/readers/jvm/jar-names.ts';

const named = (text: string) =>
  jarsNamed(text).map(({ package: name, start, end }) => [name, text.slice(start, end)]);
const MSSQL = 'mssql-jdbc-<version>.jre<N>.jar';

test.each([
  ['mssql-jdbc-12.4.0.jre11.jar', MSSQL, '12.4.0.jre11'],
  ['https://registry.example.com/lib/mssql-jdbc-6.1.0.jre7.jar?x=1', MSSQL, '6.1.0.jre7'],
  ['C:\\lib\\mssql-jdbc-12.1.0.jre18-preview.jar', MSSQL, '12.1.0.jre18'],
  ['jar://$PROJECT_DIR$/lib/sqljdbc4.jar!/', 'sqljdbc4.jar', 'sqljdbc4.jar'],
  ['lib/SQLJDBC41.JAR', 'sqljdbc41.jar', 'SQLJDBC41.JAR'],
  ['sqljdbc.jar', 'sqljdbc.jar', 'sqljdbc.jar'],
  ['/opt/jtds-1.3.1.jar', 'jtds-1.x.jar', '1.3.1'],
  ['jtds-1.3.1-dist.jar', 'jtds-1.x.jar', '1.3.1'],
])('%s', (text, name, place) => {
  expect(named(text)).toEqual([[name, place]]);
});

test('several on a class path', () => {
  expect(named('lib/a.jar:lib/sqljdbc42.jar:lib/jtds-1.2.jar').map(([, place]) => place)).toEqual([
    'sqljdbc42.jar',
    '1.2',
  ]);
});

test.each([
  'mssql-jdbc-*.jar',
  'mssql-jdbc-12.4.0.jre11-sources.jar',
  'jtds-1.3.1-javadoc.jar',
  'my-sqljdbc4.jar',
  'sqljdbc4.jar.bak',
  'sqljdbc43.jar',
  'sqljdbc_auth.dll',
  'mssql-jdbc.jar.txt',
])('%s is none', (text) => {
  expect(named(text)).toEqual([]);
});
