/** The least that so many exchanges can cost in Node: connect, PRELOGIN, one hello, the first bytes of an answer, close. */
import { connect } from 'node:net';
import { broadHello } from '../src/observe/peel/broad-hello.ts';
import { encodeMessage, PACKET_TYPE } from '../src/tds/packet.ts';
import { encodePrelogin } from '../src/tds/prelogin.ts';
import { encodeClientHello } from '../src/tls/client-hello.ts';

const PRELOGIN = encodeMessage(
  PACKET_TYPE.PRELOGIN,
  encodePrelogin({ version: '18.0.0', encryption: 'ON', instance: '' }),
);
const HELLO = encodeMessage(
  PACKET_TYPE.PRELOGIN,
  encodeClientHello(broadHello('TLS 1.2'), { random: Buffer.alloc(32, 7) }),
);

/** Milliseconds for `count` of them, `atOnce` at a time. */
export async function floor(port: number, count: number, atOnce: number): Promise<number> {
  const begun = performance.now();
  let left = count;
  const worker = async () => {
    while (left > 0) {
      left -= 1;
      await once(port);
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, count) }, worker));
  return performance.now() - begun;
}

function once(port: number): Promise<void> {
  return new Promise((done) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true }, () => socket.write(PRELOGIN));
    let greeted = false;
    socket.on('data', () => {
      if (greeted) socket.destroy();
      else socket.write(HELLO);
      greeted = true;
    });
    socket.on('error', () => socket.destroy());
    socket.on('close', () => done());
  });
}
