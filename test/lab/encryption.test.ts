// The ENCRYPTION table of [MS-TDS] 2.2.6.5, and what each cell leads to on the wire.
import { afterEach, describe, expect, test } from '@jest/globals';
import type { EncryptionOption } from '../../src/model/observation.ts';
import { encodeMessage, PACKET_TYPE } from '../../src/tds/packet.ts';
import { closeAll, dial, nextMessage, play, prelogin, secure } from './client.ts';

afterEach(closeAll);

const OFF = 'sql-server-2019-tls12-only';
const ON = 'sql-server-2019-force-encryption';
const NOT_SUP = 'sql-server-2019-no-encryption';
const LOGIN = encodeMessage(PACKET_TYPE.LOGIN7, Buffer.alloc(94));
const BATCH = encodeMessage(
  PACKET_TYPE.BATCH,
  Buffer.concat([Buffer.from([4, 0, 0, 0]), Buffer.from('select 7', 'utf16le')]),
);
const ENVCHANGE = 0xe3;
const COLMETADATA = 0x81;

type Cell = readonly [string, EncryptionOption, EncryptionOption];

const always: Cell[] = [
  [OFF, 'ON', 'ON'],
  [OFF, 'REQ', 'ON'],
  [ON, 'OFF', 'REQ'],
  [ON, 'ON', 'ON'],
  [ON, 'REQ', 'ON'],
];
const clear: Cell[] = [
  [OFF, 'NOT_SUP', 'NOT_SUP'],
  [NOT_SUP, 'OFF', 'NOT_SUP'],
  [NOT_SUP, 'NOT_SUP', 'NOT_SUP'],
];
const never: Cell[] = [
  [ON, 'NOT_SUP', 'REQ'],
  [NOT_SUP, 'ON', 'NOT_SUP'],
  [NOT_SUP, 'REQ', 'NOT_SUP'],
];

describe('TLS for the whole session', () => {
  test.each(always)('%s, client %s: %s', async (name, asked, answer) => {
    const line = dial((await play(name)).port);
    expect(await prelogin(line, asked)).toMatchObject({ encryption: answer, version: '15.0.4430' });
    const { plain } = await secure(line);
    for (const [message, token] of [
      [LOGIN, ENVCHANGE],
      [BATCH, COLMETADATA],
    ] as const) {
      const reply = nextMessage(plain);
      plain.write(message);
      expect((await reply)[0]).toBe(token);
    }
  });
});

test('OFF and OFF: TLS for LOGIN7 alone, then both speak clear text', async () => {
  const line = dial((await play(OFF)).port);
  expect(await prelogin(line, 'OFF')).toMatchObject({ encryption: 'OFF' });
  const { plain } = await secure(line);
  line.socket.removeAllListeners('data');
  const welcome = nextMessage(line.socket);
  plain.write(LOGIN);
  expect((await welcome)[0]).toBe(ENVCHANGE);
  const row = nextMessage(line.socket);
  line.socket.write(BATCH);
  expect((await row)[0]).toBe(COLMETADATA);
});

describe('no TLS at all', () => {
  test.each(clear)('%s, client %s: %s', async (name, asked, answer) => {
    const line = dial((await play(name)).port);
    expect(await prelogin(line, asked)).toMatchObject({ encryption: answer });
    const welcome = nextMessage(line.socket);
    line.socket.write(LOGIN);
    expect((await welcome)[0]).toBe(ENVCHANGE);
  });
});

describe('no agreement: answered, then closed', () => {
  test.each(never)('%s, client %s: %s', async (name, asked, answer) => {
    const line = dial((await play(name)).port);
    expect(await prelogin(line, asked)).toMatchObject({ encryption: answer });
    expect(await line.end()).toBe('close');
  });
});
