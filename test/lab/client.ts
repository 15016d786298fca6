/** A TDS client that goes as far as a test wants: PRELOGIN, TLS inside packets, bare records. */
import { connect as connectTcp, type Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { type ConnectionOptions, connect as connectTls, type TLSSocket } from 'node:tls';
import { labProfile } from '../../src/lab/profiles.ts';
import type { RunningLab } from '../../src/lab/running.ts';
import { startLab } from '../../src/lab/server.ts';
import type { EncryptionOption } from '../../src/model/observation.ts';
import { encodeMessage, PACKET_TYPE, type Packet, PacketReader } from '../../src/tds/packet.ts';
import { decodePrelogin, encodePrelogin } from '../../src/tds/prelogin.ts';

const ENOUGH_MS = 2000;
const closing: (() => Promise<void> | void)[] = [];

/** For `afterEach`. */
export async function closeAll(): Promise<void> {
  await Promise.all(closing.splice(0).map((close) => close()));
}

export interface Playing extends RunningLab {
  readonly events: readonly string[];
}

export async function play(name: string): Promise<Playing> {
  const profile = labProfile(name);
  if (!profile) throw new Error(`no lab profile ${name}`);
  const events: string[] = [];
  const lab = await startLab(profile, { onEvent: (line) => events.push(line) });
  closing.push(() => lab.close());
  return { ...lab, events };
}

/** A connection that remembers how it ended. */
export interface Line {
  readonly socket: Socket;
  /** `close` or `reset`; rejects when nothing of the kind happens in two seconds. */
  readonly end: () => Promise<'close' | 'reset'>;
}

export function dial(port: number): Line {
  const socket = connectTcp({ port, host: '127.0.0.1', noDelay: true });
  closing.push(() => {
    socket.destroy();
  });
  const ended = new Promise<'close' | 'reset'>((resolve) => {
    socket.on('error', (error: NodeJS.ErrnoException) => error.code === 'ECONNRESET' && resolve('reset'));
    socket.on('end', () => resolve('close'));
  });
  return { socket, end: () => within(ended, 'the end of the connection') };
}

/** Fails instead of hanging. */
export function within<T>(promise: Promise<T>, what: string): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`waited in vain for ${what}`)), ENOUGH_MS);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

/** The next whole message that arrives on `stream`. */
export function nextMessage(stream: Duplex): Promise<Buffer> {
  const packets = new PacketReader();
  const parts: Buffer[] = [];
  const arrived = new Promise<Buffer>((resolve) => {
    const read = (chunk: Buffer) => {
      for (const { payload, endOfMessage } of packets.push(chunk)) {
        parts.push(payload);
        if (!endOfMessage) continue;
        stream.off('data', read);
        resolve(Buffer.concat(parts));
      }
    };
    stream.on('data', read);
  });
  return within(arrived, 'a TDS message');
}

export async function prelogin({ socket }: Line, encryption: EncryptionOption) {
  const answer = nextMessage(socket);
  const asked = encodePrelogin({ version: '18.0.0', encryption, instance: '' });
  socket.write(encodeMessage(PACKET_TYPE.PRELOGIN, asked));
  return decodePrelogin(await answer);
}

export interface Secured {
  readonly plain: TLSSocket;
  /** The server's packets during the handshake. */
  readonly packets: readonly Packet[];
}

/** The whole handshake. Every version and every suite is allowed unless `options` say otherwise. */
export function secure({ socket }: Line, options: ConnectionOptions = {}): Promise<Secured> {
  const reader = new PacketReader();
  const packets: Packet[] = [];
  let wrapped = true;
  const wire = new Duplex({
    read: () => {},
    write: (chunk: Buffer, _encoding, written) => {
      socket.write(wrapped ? encodeMessage(PACKET_TYPE.PRELOGIN, chunk) : chunk);
      written();
    },
  });
  socket.on('data', (chunk) => {
    if (!wrapped) wire.push(chunk);
    else
      for (const packet of reader.push(chunk)) {
        packets.push(packet);
        wire.push(packet.payload);
      }
  });
  const plain = connectTls({
    socket: wire,
    ciphers: 'ALL:@SECLEVEL=0',
    minVersion: 'TLSv1',
    maxVersion: 'TLSv1.2',
    rejectUnauthorized: false,
    ...options,
  });
  closing.push(() => {
    plain.destroy();
  });
  const done = new Promise<Secured>((resolve, reject) => {
    plain.on('error', reject);
    socket.on('close', () => reject(new Error('closed during the handshake')));
    plain.on('secureConnect', () => {
      wrapped = false;
      resolve({ plain, packets });
    });
  });
  return within(done, 'the handshake');
}
