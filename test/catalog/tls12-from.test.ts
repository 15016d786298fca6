// The lowest build with TLS 1.2 of each servicing branch: KB3135244.
import { expect, test } from '@jest/globals';
import { SERVERS, tls12From } from '../../src/catalog/servers.ts';

test.each([
  ['SQL Server 2014', '12.0.2000', '12.0.2271.0'],
  ['SQL Server 2014', '12.0.4100', '12.0.4219.0'],
  ['SQL Server 2014', '12.0.4416', '12.0.4439.1'],
  ['SQL Server 2014', '12.0.5000', null],
  ['SQL Server 2012', '11.0.2100', '11.0.5352.0'],
  ['SQL Server 2012', '11.0.5058', '11.0.5352.0'],
  ['SQL Server 2005', '9.0.1399', null],
  ['SQL Server 2016', '13.0.1601', null],
])('%s %s: %s', (label, build, from) => {
  const row = SERVERS.find((one) => one.label === label);
  if (!row) throw new Error(`no ${label}`);
  expect(tls12From(row, build)).toBe(from);
});
