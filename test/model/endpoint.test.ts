import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { formatEndpoint } from '../../src/model/connection.ts';
import { parseEndpoint } from '../../src/model/endpoint.ts';

describe('parseEndpoint', () => {
  test.each([
    ['sql01', 'sql01', null, null],
    ['sql01.contoso.example,1433', 'sql01.contoso.example', 1433, null],
    ['tcp:sql01,1434', 'sql01', 1434, null],
    ['  TCP: sql01 , 1434 ', 'sql01', 1434, null],
    ['sql01\\SALES', 'sql01', null, 'SALES'],
    ['sql01\\SALES,1500', 'sql01', 1500, 'SALES'],
    ['10.0.0.5,1433', '10.0.0.5', 1433, null],
    ['[2001:db8::5],1433', '2001:db8::5', 1433, null],
    ['[fe80::1%eth0]', 'fe80::1%eth0', null, null],
    ['2001:db8::5,1433', '2001:db8::5', 1433, null],
    ['.\\SQLEXPRESS', '.', null, 'SQLEXPRESS'],
    ['(local)', '(local)', null, null],
    ['(localdb)\\MSSQLLocalDB', '(localdb)', null, 'MSSQLLocalDB'],
    ['bücher.example', 'bücher.example', null, null],
  ])('%s', (text, host, port, instance) => {
    expect(parseEndpoint(text)).toEqual({ host, port, instance });
  });

  test.each([
    '',
    ' ',
    ',1433',
    'sql01,',
    'sql01,0',
    'sql01,65536',
    'sql01,14 33',
    'sql01,0x10',
    'sql01:1433',
    'np:\\\\sql01\\pipe\\sql\\query',
    'admin:sql01',
    'sql01\\',
    'sql01\\A\\B',
    'sql01,1,2',
    '[sql01],1433',
    '[::1',
    '$(DB_HOST)',
    '%DB_HOST%',
    '{{ host }},1433',
    '#{Server}#',
    'sql 01',
    'Server=sql01',
    'x'.repeat(301),
  ])('%j is not one', (text) => {
    expect(parseEndpoint(text)).toBeNull();
  });

  test('what is read formats to a spelling that reads the same', () => {
    const host = fc.oneof(fc.domain(), fc.ipV4(), fc.ipV6());
    const port = fc.option(fc.integer({ min: 1, max: 65535 }));
    const instance = fc.option(fc.stringMatching(/^[A-Z][A-Z0-9_$]{0,15}$/));
    fc.assert(
      fc.property(host, port, instance, (host, port, instance) => {
        // formatEndpoint drops the instance where a port is written: the port decides.
        const endpoint = { host, port, instance: port === null ? instance : null };
        expect(parseEndpoint(formatEndpoint(endpoint))).toEqual(endpoint);
      }),
    );
  });
});
