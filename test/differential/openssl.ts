/** Two ends of Node's TLS, which is OpenSSL, joined in memory. */
import { createDiffieHellmanGroup } from 'node:crypto';
import { duplexPair } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import {
  connect,
  createSecureContext,
  type SecureContextOptions,
  type SecureVersion,
  TLSSocket,
} from 'node:tls';
import type { Protocol } from '../../src/model/protocol.ts';
import { suiteByName } from '../../src/tls/cipher-suites.ts';
import { der, sequence } from '../tls/made-certificate.ts';
import { CA, certificateOf, HOST } from './certificates.ts';
import { DH_BITS, type Pair } from './pair.ts';

export type Ended =
  | { readonly outcome: 'connects'; readonly protocol: Protocol; readonly suite: string }
  /** `alert`: AlertDescription, as the other end heard it; `null` where none was sent. */
  | { readonly outcome: 'fails'; readonly error: string; readonly alert: number | null };

const NODE_VERSION: Readonly<Partial<Record<Protocol, SecureVersion>>> = {
  'TLS 1.0': 'TLSv1',
  'TLS 1.1': 'TLSv1.1',
  'TLS 1.2': 'TLSv1.2',
  'TLS 1.3': 'TLSv1.3',
};
const PROTOCOL = new Map(
  Object.entries(NODE_VERSION).map(([ours, theirs]) => [theirs as string, ours as Protocol]),
);
/** OpenSSL's own names of groups, where they differ. */
const CURVE: Readonly<Record<string, string>> = {
  x25519: 'X25519',
  secp256r1: 'P-256',
  secp384r1: 'P-384',
  secp521r1: 'P-521',
};

/** `modp2`, `modp5`, `modp14` of RFC 2409 and RFC 3526, as PEM of DHParameter (PKCS #3). */
const DH_PARAMETERS = new Map(
  DH_BITS.map((bits) => {
    const group = createDiffieHellmanGroup({ 1024: 'modp2', 1536: 'modp5', 2048: 'modp14' }[bits]);
    const encoded = sequence(
      der(0x02, Uint8Array.of(0), group.getPrime()),
      der(0x02, group.getGenerator()),
    ).toString('base64');
    return [bits, `-----BEGIN DH PARAMETERS-----\n${encoded}\n-----END DH PARAMETERS-----\n`] as const;
  }),
);

function settings({ versions, suites, tls13Suites, groups, schemes }: Pair['client'] | Pair['server']) {
  const [oldest] = versions;
  const newest = versions.at(-1);
  return {
    minVersion: oldest && NODE_VERSION[oldest],
    maxVersion: newest && NODE_VERSION[newest],
    ciphers: [
      ...tls13Suites,
      ...suites.map((name) => suiteByName(name)?.openssl ?? name),
      '@SECLEVEL=0',
    ].join(':'),
    ecdhCurve: groups.map((group) => CURVE[group] ?? group).join(':'),
    sigalgs: schemes.join(':'),
  } satisfies SecureContextOptions;
}

/** Turns of the event loop in which an alert reaches the other end. */
const TURNS_OF_AN_ALERT = 4;

/** Ends within the turn of a few callbacks: nothing of it touches the network. */
export async function handshake({ client, server }: Pair): Promise<Ended> {
  const [near, far] = duplexPair();
  const { cert, key } = certificateOf(server);
  const dhparam = server.dhBits === null ? undefined : DH_PARAMETERS.get(server.dhBits);
  let serving: TLSSocket;
  let dialling: TLSSocket;
  try {
    serving = new TLSSocket(far, {
      isServer: true,
      secureContext: createSecureContext({
        ...settings(server),
        cert,
        key,
        honorCipherOrder: server.order === 'server',
        ...(dhparam !== undefined && { dhparam }),
      }),
    });
    dialling = connect({
      socket: near,
      ...settings(client),
      servername: HOST,
      rejectUnauthorized: client.validates,
      ca: client.trustsCa ? [CA] : [],
      minDHSize: client.minDhBits,
    });
  } catch (error) {
    return { outcome: 'fails', error: String(error), alert: null };
  }
  const heard: string[] = [];
  serving.on('error', ({ message }) => heard.push(message));
  dialling.on('error', ({ message }) => heard.push(message));
  const agreed = new Promise<Ended>((resolve) =>
    dialling.once('secureConnect', () => {
      const protocol = PROTOCOL.get(dialling.getProtocol() ?? '');
      // A prime that is too short is seen only now: the error comes in the same turn.
      void setImmediate().then(() => {
        if (protocol && !dialling.destroyed)
          resolve({ outcome: 'connects', protocol, suite: dialling.getCipher().standardName });
      });
    }),
  );
  const failed = new Promise<void>((resolve) => {
    dialling.once('error', () => resolve());
    dialling.once('close', () => resolve());
  }).then(async (): Promise<Ended> => {
    for (let turn = 0; turn < TURNS_OF_AN_ALERT; turn += 1) await setImmediate();
    const alert = /SSL alert number (\d+)/.exec(heard.join('\n'))?.[1];
    return { outcome: 'fails', error: heard.join('; '), alert: alert === undefined ? null : Number(alert) };
  });
  const end = await Promise.race([agreed, failed]);
  dialling.destroy();
  serving.destroy();
  return end;
}
