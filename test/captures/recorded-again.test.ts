// The clients that are installed here still send what the catalog has recorded of them.
import { connect } from 'node:net';
import { describe, expect, test } from '@jest/globals';
import { RECORDED_HELLOS } from '../../src/catalog/hellos.ts';
import type { HelloLayout } from '../../src/model/hello.ts';
import { takeApart } from '../../src/tls/captured-hello.ts';
import { EXTENSION } from '../../src/tls/wire.ts';
import { ADDRESS, capture } from './capture.ts';
import { listenForHellos } from './listener.ts';
import { RECORDINGS, type Recording } from './recordings.ts';

const LIMIT_MS = 30_000;

/** Without what differs each time (the key of a share) or depends on the server's name. */
function lasting({ extensions, ...rest }: HelloLayout) {
  return {
    ...rest,
    extensions: extensions
      .filter(({ type }) => type !== EXTENSION.SERVER_NAME)
      .map(({ type, body }) => ({ type, body: type === EXTENSION.KEY_SHARE ? null : body })),
  };
}

function obstacleOf({ id, obstacle, identity }: Recording): string | null {
  if (obstacle !== null) return obstacle;
  const row = RECORDED_HELLOS.find((one) => one.id === id);
  if (!row) return 'not recorded yet';
  const { client, tls } = identity();
  return row.client === client && row.tls === tls
    ? null
    : `${row.client}, ${row.tls} was recorded; here is ${client}, ${tls}`;
}

for (const recording of RECORDINGS) {
  const obstacle = obstacleOf(recording);
  (obstacle === null ? describe : describe.skip)(
    `${recording.id}${obstacle ? ` (skipped: ${obstacle})` : ''}`,
    () => {
      test(
        'sends what was recorded',
        async () => {
          const row = RECORDED_HELLOS.find(({ id }) => id === recording.id);
          const caught = await capture(recording.connect, ADDRESS);
          const { hello, serverName } = takeApart(caught.records);
          if (!row || !hello.layout) throw new Error(`nothing recorded as ${recording.id}`);
          expect(lasting(hello.layout)).toEqual(lasting(row.layout));
          expect([caught.prelogin, serverName]).toEqual([row.prelogin, row.serverNameForAddress]);
        },
        LIMIT_MS,
      );
    },
  );
}

describe('the capture listener', () => {
  test('hangs up on what is neither TDS nor TLS, and says when nothing comes', async () => {
    const listener = await listenForHellos();
    const socket = connect(listener.port, ADDRESS);
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.on('error', () => {});
    socket.write('GET / HTTP/1.1\r\n\r\n');
    await closed;
    await expect(listener.next(1)).rejects.toThrow('no ClientHello within 1 ms');
    await listener.close();
  });
});
