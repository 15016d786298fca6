/**
 * One DHE handshake inside TDS ([MS-TDS] 3.2.5.2), to its end: PRELOGIN, hello, ClientKeyExchange with an exponent chosen
 * for what the secret begins with, Finished both ways, close_notify. No login follows.
 */
import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import type { SharedSecret } from '../../model/leading-zero.ts';
import type { Rejection } from '../../model/observation.ts';
import type { ServerFlight } from '../../model/server-flight.ts';
import { clientPrelogin, MAX_PRELOGIN, OTHER_INSTANCE } from '../../tds/client-prelogin.ts';
import { encodeMessage, PACKET_TYPE, type Packet, PacketReader, TdsError } from '../../tds/packet.ts';
import { decodePrelogin } from '../../tds/prelogin.ts';
import { suiteByName } from '../../tls/cipher-suites.ts';
import { shareWith, strip } from '../../tls/diffie-hellman.ts';
import { MAX_IV_LENGTH } from '../../tls/record-protection.ts';
import { RecordStream } from '../../tls/record-stream.ts';
import { clientKeyExchange, emptyCertificate, Secured } from '../../tls/secured.ts';
import { FlightReader } from '../../tls/server-flight.ts';
import { versionCode } from '../../tls/versions.ts';
import { CONTENT_TYPE, Reader, records, TlsError } from '../../tls/wire.ts';
import { unreachable } from '../wire/unreachable.ts';

export interface DheHandshakeOptions {
  readonly host: string;
  readonly port: number;
  readonly instance: string | null;
  /** ClientHello in its one record. */
  readonly hello: Buffer;
  readonly secret: SharedSecret;
  /** For the whole connection. */
  readonly deadlineMs: number;
}

/** `at`: what the server refused. `flight`: `null` when it did not come to that. */
export type DheHandshake =
  | { readonly state: 'completed'; readonly flight: ServerFlight }
  | {
      readonly state: 'rejected';
      readonly at: 'prelogin' | 'hello' | 'finished';
      readonly rejection: Rejection;
      readonly alert: number | null;
      readonly flight: ServerFlight | null;
    }
  | { readonly state: 'no-answer'; readonly reason: string; readonly flight: ServerFlight | null };

const MAX_RECEIVED = 256 * 1024;
const RECORD_HEADER = 5;
const RANDOM_AT = RECORD_HEADER + 6;
const RANDOM_LENGTH = 32;
const WARNING = 1;
const CLOSE_NOTIFY = 0;
/** Enough for RFC 7919's groups against anyone; here the secret is thrown away anyway. */
const EXPONENT_LENGTH = 32;
/** Exponents until a Z is right: 1 in 256 begins with a zero byte, so one search in nine million fails. */
const MAX_TRIES = 4096;

/** node:stream's word for a socket that is gone without an end. */
const PREMATURE_CLOSE = 'ERR_STREAM_PREMATURE_CLOSE';
const RESETS = new Set(['ECONNRESET', 'EPIPE', PREMATURE_CLOSE]);

/** The server said no, in its way. */
class Refused extends Error {
  readonly rejection: Rejection;
  readonly alert: number | null;

  constructor(rejection: Rejection, alert: number | null = null) {
    super(rejection);
    this.rejection = rejection;
    this.alert = alert;
  }
}
/** It cannot be told, for the reason in the message. */
class Unanswered extends Error {}

/** Never throws for anything a server does, and never waits longer than the deadline. */
export async function dheHandshake(options: DheHandshakeOptions): Promise<DheHandshake> {
  const { host, port, deadlineMs } = options;
  const socket = connect({ host, port, noDelay: true });
  const timer = setTimeout(
    () => socket.destroy(new Unanswered(`no answer after ${deadlineMs / 1000} s`)),
    deadlineMs,
  );
  const reached: Reached = { at: 'connect', flight: null };
  socket.once('connect', () => {
    reached.at = 'prelogin';
  });
  // What comes when nobody reads any more is of no interest.
  socket.on('error', () => {});
  try {
    return { state: 'completed', flight: await converse(socket, options, reached) };
  } catch (error) {
    return failure(error, reached);
  } finally {
    clearTimeout(timer);
    // What is still to be sent goes first: close_notify.
    socket.destroySoon();
  }
}

/** How far it came, for when it goes no further. */
interface Reached {
  at: 'connect' | 'prelogin' | 'hello' | 'finished';
  flight: ServerFlight | null;
}

type Packets = AsyncGenerator<Packet, never>;

async function converse(
  socket: Socket,
  { instance, hello, secret }: DheHandshakeOptions,
  reached: Reached,
): Promise<ServerFlight> {
  const packets = packetsOf(socket);
  const send = (payload: Buffer) => socket.write(encodeMessage(PACKET_TYPE.PRELOGIN, payload));
  socket.write(clientPrelogin('ON', instance));
  await preloginAnswer(packets);
  reached.at = 'hello';
  send(hello);
  const flight = await serverFlight(packets);
  reached.flight = flight;
  const { secured, messages } = agree(hello, flight, secret);
  reached.at = 'finished';
  // One flight is one TDS message.
  send(
    Buffer.concat([
      records(CONTENT_TYPE.HANDSHAKE, versionCode(flight.version), messages),
      secured.finish(randomBytes(MAX_IV_LENGTH)),
    ]),
  );
  await serverFinished(packets, secured);
  // The packets around TLS end with the handshake.
  socket.write(secured.closeNotify(randomBytes(MAX_IV_LENGTH)));
  return flight;
}

async function* packetsOf(socket: Socket): Packets {
  const reader = new PacketReader();
  let received = 0;
  for await (const chunk of socket) {
    received += chunk.length;
    if (received > MAX_RECEIVED) throw new TdsError(`more than ${MAX_RECEIVED / 1024} KB and no end of it`);
    yield* reader.push(chunk);
  }
  throw new Refused('close');
}

async function preloginAnswer(packets: Packets): Promise<void> {
  let message = Buffer.alloc(0);
  for (let last = false; !last; ) {
    const { value } = await packets.next();
    message = Buffer.concat([message, value.payload]);
    if (message.length > MAX_PRELOGIN) throw new TdsError('a PRELOGIN answer that does not end');
    last = value.endOfMessage;
  }
  const { encryption, instance } = decodePrelogin(message);
  if (instance === OTHER_INSTANCE) throw new Unanswered('it says that it is another instance');
  if (encryption === 'NOT_SUP')
    throw new Unanswered('it answers ENCRYPT_NOT_SUP, so there is no TLS to ask for');
}

async function serverFlight(packets: Packets): Promise<ServerFlight> {
  const reader = new FlightReader();
  for (;;) {
    const { value } = await packets.next();
    let event = reader.push(value.payload);
    while (event?.kind === 'alert') {
      refuseAlert(event.level, event.description);
      event = reader.push(Buffer.alloc(0));
    }
    if (event) return event.flight;
  }
}

/** RFC 5246 §7.2: a peer may go on after a warning, close_notify apart. */
function refuseAlert(level: number, description: number): void {
  if (level !== WARNING || description === CLOSE_NOTIFY) throw new Refused('alert', description);
}

/** Our half of the key exchange: the messages to send, and the keys that follow from them. */
function agree(
  hello: Buffer,
  flight: ServerFlight,
  secret: SharedSecret,
): { readonly secured: Secured; readonly messages: Buffer } {
  const suite = suiteByName(flight.suite);
  if (!suite || flight.dh === null) throw new Unanswered(`it chose ${flight.suite}, which was not offered`);
  const start = randomBytes(EXPONENT_LENGTH);
  const share = shareWith(secret === 'ordinary' ? 'other' : 'zero', flight.dh, { start, tries: MAX_TRIES });
  if (share === null) throw new Unanswered(`no exponent of ${MAX_TRIES} gives such a secret`);
  const messages = Buffer.concat([
    ...(flight.certificateRequest ? [emptyCertificate()] : []),
    clientKeyExchange(share.Yc),
  ]);
  const secured = new Secured({
    side: 'client',
    version: flight.version,
    suite,
    premaster: secret === 'zero kept' ? share.Z : strip(share.Z),
    randoms: { client: hello.subarray(RANDOM_AT, RANDOM_AT + RANDOM_LENGTH), server: flight.random },
    extendedMasterSecret: flight.extendedMasterSecret,
    messages: Buffer.concat([hello.subarray(RECORD_HEADER), flight.transcript, messages]),
  });
  return { secured, messages };
}

async function serverFinished(packets: Packets, secured: Secured): Promise<void> {
  const stream = new RecordStream();
  let changed = false;
  for (;;) {
    const { value } = await packets.next();
    for (const { type, body } of stream.push(value.payload)) {
      if (!changed && type === CONTENT_TYPE.ALERT) {
        const alert = new Reader(body);
        refuseAlert(alert.uint(1), alert.uint(1));
      } else if (!changed && type === CONTENT_TYPE.CHANGE_CIPHER_SPEC) changed = true;
      else if (changed && type === CONTENT_TYPE.HANDSHAKE) {
        secured.verify(body);
        return;
      } else throw new TlsError('a record out of its turn');
    }
  }
}

function failure(error: unknown, { at, flight }: Reached): DheHandshake {
  if (error instanceof Unanswered) return { state: 'no-answer', reason: error.message, flight };
  if (error instanceof TlsError || error instanceof TdsError)
    return { state: 'no-answer', reason: `not understood: ${error.message}`, flight };
  if (error instanceof Refused) {
    const { rejection, alert } = error;
    return { state: 'rejected', at: at === 'connect' ? 'prelogin' : at, rejection, alert, flight };
  }
  const { code = 'ERR_' } = error as NodeJS.ErrnoException;
  // A fault of our own is no answer of the server; the operating system's codes have no such beginning.
  if (code.startsWith('ERR_') && code !== PREMATURE_CLOSE) throw error;
  if (at !== 'connect' && RESETS.has(code))
    return { state: 'rejected', at, rejection: 'reset', alert: null, flight };
  return { state: 'no-answer', reason: unreachable(error as NodeJS.ErrnoException), flight };
}
