/**
 * A TLS 1.2 server that knows DHE_RSA and nothing else (RFC 5246). OpenSSL strips the leading zero bytes of the shared
 * secret, as §8.1.2 says; Windows without KB4537806 keeps them. This one does either.
 */
import { getDiffieHellman, randomBytes, sign } from 'node:crypto';
import { suiteByName } from '../tls/cipher-suites.ts';
import type { DecodedClientHello } from '../tls/client-hello.ts';
import { strip } from '../tls/diffie-hellman.ts';
import { SIGNATURE_SCHEMES } from '../tls/names.ts';
import { isProtectable, MAX_IV_LENGTH } from '../tls/record-protection.ts';
import { RecordStream } from '../tls/record-stream.ts';
import { CLIENT_KEY_EXCHANGE, handshakeMessage, Secured } from '../tls/secured.ts';
import { versionCode } from '../tls/versions.ts';
import {
  CONTENT_TYPE,
  EXTENSION,
  HANDSHAKE_TYPE,
  Reader,
  records,
  TlsError,
  uint,
  vector,
} from '../tls/wire.ts';
import type { MintedCertificate } from './certificates.ts';

export interface DheProfile {
  /** What becomes of the leading zero bytes of the shared secret. */
  readonly leadingZeros: 'stripped' | 'kept' | 'kept without extended_master_secret';
  /** MODP group of RFC 2409 (1024 bits) or RFC 3526 (2048 bits). */
  readonly bits: 1024 | 2048;
}

export interface DheEvents {
  /** Records to send; each chunk begins with one. */
  wire(chunk: Buffer): void;
  /** The client's Finished is right; the server's comes next. */
  secure(suite: string): void;
  data(plain: Buffer): void;
  failed(why: string): void;
}

export interface DheOptions {
  readonly profile: DheProfile;
  /** What {@link dheSuite} found in `hello`. */
  readonly suite: string;
  readonly hello: DecodedClientHello;
  /** IANA names of the schemes to sign with, in order of preference. */
  readonly signatureAlgorithms: readonly string[];
  readonly certificate: MintedCertificate;
}

const VERSION = 'TLS 1.2';
const GROUPS = { 1024: 'modp2', 2048: 'modp14' } as const;
const PKCS1 = /^rsa_pkcs1_(sha1|sha256|sha384|sha512)$/;
/** type, length, client_version before `random` of a ClientHello. */
const RANDOM_AT = 6;
const RANDOM_LENGTH = 32;

/** The suite that a DHE server with `suites`, in its order, takes of a hello; `null`: another engine has to answer. */
export function dheSuite(hello: DecodedClientHello, suites: readonly string[]): string | null {
  const suite = suiteByName(suites.find((name) => hello.suites.includes(name)) ?? '');
  const plays = suite?.keyExchange === 'DHE' && suite.authentication === 'RSA' && isProtectable(suite);
  return plays && hello.version === VERSION ? suite.name : null;
}

type Stage = 'hello' | 'key-exchange' | 'change-cipher-spec' | 'finished' | 'open' | 'over';

/** The client's bytes go in by `push`; everything else comes out by the events. */
export class DheServer {
  readonly #options: DheOptions;
  readonly #events: DheEvents;
  readonly #records = new RecordStream();
  readonly #dh;
  readonly #random = randomBytes(RANDOM_LENGTH);
  #stage: Stage = 'hello';
  /** Handshake messages so far. */
  #messages: Buffer = Buffer.alloc(0);
  #secured: Secured | null = null;

  constructor(options: DheOptions, events: DheEvents) {
    this.#options = options;
    this.#events = events;
    this.#dh = getDiffieHellman(GROUPS[options.profile.bits]);
  }

  push(chunk: Buffer): void {
    try {
      for (const { type, body } of this.#records.push(chunk)) this.#record(type, body);
    } catch (error) {
      if (!(error instanceof TlsError)) throw error;
      this.#end(error.message);
    }
  }

  /** Application data, in one record. */
  write(plain: Buffer): void {
    if (this.#stage !== 'open' || !this.#secured) return;
    const random = randomBytes(MAX_IV_LENGTH);
    this.#events.wire(this.#secured.protect(CONTENT_TYPE.APPLICATION_DATA, plain, random));
  }

  destroy(): void {
    this.#stage = 'over';
  }

  #end(why: string): void {
    if (this.#stage === 'over') return;
    this.#stage = 'over';
    this.#events.failed(why);
  }

  #record(type: number, body: Buffer): void {
    if (this.#stage === 'over') return;
    if (this.#stage === 'open') this.#sessionRecord(type, body);
    else if (type === CONTENT_TYPE.ALERT) this.#end('the client sent an alert');
    else if (this.#stage === 'change-cipher-spec' && type === CONTENT_TYPE.CHANGE_CIPHER_SPEC)
      this.#stage = 'finished';
    else if (type !== CONTENT_TYPE.HANDSHAKE) throw new TlsError('a record out of its turn');
    else if (this.#stage === 'hello') this.#clientHello(body);
    else if (this.#stage === 'key-exchange') this.#clientKeyExchange(body);
    else this.#finished(body);
  }

  /** Whole in one record, as clients send it. */
  #clientHello(message: Buffer): void {
    const { suite, certificate, hello } = this.#options;
    const extension = (type: number, ...body: Buffer[]) => Buffer.concat([uint(type, 2), vector(2, ...body)]);
    const chain = [...certificate.chain.matchAll(/-----BEGIN CERTIFICATE-----([^-]+)/g)].map(([, text]) =>
      vector(3, Buffer.from(text ?? '', 'base64')),
    );
    const flight = Buffer.concat([
      handshakeMessage(
        HANDSHAKE_TYPE.SERVER_HELLO,
        uint(versionCode(VERSION), 2),
        this.#random,
        vector(1),
        uint(suiteByName(suite)?.code ?? 0, 2),
        uint(0, 1),
        vector(
          2,
          extension(EXTENSION.RENEGOTIATION_INFO, vector(1)),
          ...(hello.extendedMasterSecret ? [extension(EXTENSION.EXTENDED_MASTER_SECRET)] : []),
        ),
      ),
      handshakeMessage(HANDSHAKE_TYPE.CERTIFICATE, vector(3, ...chain)),
      handshakeMessage(HANDSHAKE_TYPE.SERVER_KEY_EXCHANGE, this.#keyExchange(clientRandom(message))),
      handshakeMessage(HANDSHAKE_TYPE.SERVER_HELLO_DONE),
    ]);
    this.#messages = Buffer.concat([message, flight]);
    this.#stage = 'key-exchange';
    this.#events.wire(records(CONTENT_TYPE.HANDSHAKE, versionCode(VERSION), flight));
  }

  /** ServerKeyExchange, RFC 5246 §7.4.3. As Schannel does, g and Ys are as long as p. */
  #keyExchange(client: Buffer): Buffer {
    const { hello, signatureAlgorithms, certificate } = this.#options;
    const scheme = signatureAlgorithms.find(
      (name) => PKCS1.test(name) && hello.signatureAlgorithms.includes(name),
    );
    const hash = PKCS1.exec(scheme ?? '')?.[1];
    const code = SIGNATURE_SCHEMES.code(scheme ?? '');
    if (hash === undefined || code === undefined)
      throw new TlsError('the hello lists no signature that can be made');
    const p = this.#dh.getPrime();
    const padded = (value: Buffer) => vector(2, Buffer.alloc(p.length - value.length), value);
    const Ys = this.#dh.generateKeys();
    const parameters = Buffer.concat([vector(2, p), padded(this.#dh.getGenerator()), padded(Ys)]);
    const signed = Buffer.concat([client, this.#random, parameters]);
    return Buffer.concat([parameters, uint(code, 2), vector(2, sign(hash, signed, certificate.key))]);
  }

  #clientKeyExchange(message: Buffer): void {
    const reader = new Reader(message);
    if (reader.uint(1) !== CLIENT_KEY_EXCHANGE) throw new TlsError('no ClientKeyExchange');
    const Yc = reader.vector(3).vector(2).rest();
    const Z = this.#sharedSecret(Yc);
    const { profile, suite, hello } = this.#options;
    const cipherSuite = suiteByName(suite);
    if (!cipherSuite) throw new TlsError(`there is no suite ${suite}`);
    const client = clientRandom(this.#messages);
    this.#messages = Buffer.concat([this.#messages, message]);
    this.#secured = new Secured({
      side: 'server',
      version: VERSION,
      suite: cipherSuite,
      premaster: keeps(profile, hello) ? Z : strip(Z),
      randoms: { client, server: this.#random },
      extendedMasterSecret: hello.extendedMasterSecret,
      messages: this.#messages,
    });
    this.#stage = 'change-cipher-spec';
  }

  /** As long as p, which is how node:crypto gives it. */
  #sharedSecret(Yc: Buffer): Buffer {
    try {
      return this.#dh.computeSecret(Yc);
    } catch {
      throw new TlsError('a DH public value outside 2 to p - 2');
    }
  }

  #finished(body: Buffer): void {
    if (!this.#secured) return;
    this.#secured.verify(body);
    this.#stage = 'open';
    this.#events.secure(`TLSv1.2 ${this.#options.suite}`);
    this.#events.wire(this.#secured.finish(randomBytes(MAX_IV_LENGTH)));
  }

  #sessionRecord(type: number, body: Buffer): void {
    const plain = this.#secured?.unprotect(type, body);
    if (type === CONTENT_TYPE.APPLICATION_DATA && plain) this.#events.data(plain);
    else this.#end('the client ended the session');
  }
}

const keeps = ({ leadingZeros }: DheProfile, { extendedMasterSecret }: DecodedClientHello) =>
  leadingZeros === 'kept' || (leadingZeros !== 'stripped' && !extendedMasterSecret);

const clientRandom = (clientHello: Buffer) =>
  Buffer.from(clientHello.subarray(RANDOM_AT, RANDOM_AT + RANDOM_LENGTH));
