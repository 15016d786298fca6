// A probe that simulates every client of the catalog puts the recorded hellos on the wire, PRELOGIN before and packets around.
import { expect, test } from '@jest/globals';
import { RECORDED_HELLOS } from '../../src/catalog/hellos.ts';
import type { ClientHelloProfile } from '../../src/model/hello.ts';
import { scan } from '../../src/observe/scan.ts';
import { catalogClients } from '../../src/resolve/catalog-clients.ts';
import { takeApart } from '../../src/tls/captured-hello.ts';
import { ADDRESS, SERVER_NAME } from './capture.ts';
import { listenForHellos } from './listener.ts';

/** In place of what differs each time: the random (after 5 bytes of record, 4 of message, 2 of version) and the session id. */
function masked(records: Buffer): string {
  const copy = Buffer.from(records);
  copy.fill(0, 11, 43);
  copy.fill(0, 44, 44 + copy.readUInt8(43));
  return copy.toString('hex');
}

test('every recorded hello of a driver is sent as it was recorded', async () => {
  const hellos = catalogClients()
    .flatMap(({ cases }) => cases.flatMap(({ hello }) => hello ?? []))
    .filter((hello: ClientHelloProfile) => hello.layout !== undefined);
  const listener = await listenForHellos();
  const where = { host: ADDRESS, port: listener.port, instance: null, serverName: SERVER_NAME };
  await scan(where, hellos, { deadlineMs: 5000 });
  const caught = listener.waiting();
  await listener.close();

  const sent = new Set(caught.map(({ records }) => masked(records)));
  const unsent = RECORDED_HELLOS.filter(
    ({ speaksFor, records }) => speaksFor.length > 0 && !sent.has(masked(Buffer.from(records, 'hex'))),
  );
  expect(unsent.map(({ id }) => id)).toEqual([]);
  expect(caught.every(({ prelogin }) => prelogin === 'ON')).toBe(true);
  expect(takeApart(caught[0]?.records ?? Buffer.alloc(0)).serverName).toBe(SERVER_NAME);
});
