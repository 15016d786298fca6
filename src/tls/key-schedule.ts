/**
 * From a premaster secret to keys, TLS 1.0–1.2: PRF (RFC 5246 §5, RFC 2246 §5), master secret (RFC 5246 §8.1,
 * RFC 7627 §4), key block (RFC 5246 §6.3) and Finished (RFC 5246 §7.4.9).
 */
import { createHash, createHmac } from 'node:crypto';
import type { Protocol } from '../model/protocol.ts';
import { TlsError } from './wire.ts';

/** The hash behind the PRF. TLS 1.0 and 1.1 split the secret between two. */
export type PrfHash = 'MD5+SHA1' | 'SHA256' | 'SHA384';

export type Finisher = 'client finished' | 'server finished';

export const MASTER_SECRET_LENGTH = 48;
export const VERIFY_DATA_LENGTH = 12;

/** `suiteHash`: what the suite says, which counts from TLS 1.2 on. @throws {TlsError} for a hash no PRF uses. */
export function prfHashOf(version: Protocol, suiteHash: string): PrfHash {
  if (version === 'TLS 1.0' || version === 'TLS 1.1') return 'MD5+SHA1';
  if (version === 'TLS 1.2' && (suiteHash === 'SHA256' || suiteHash === 'SHA384')) return suiteHash;
  throw new TlsError(`there is no PRF for ${version} with ${suiteHash}`);
}

/** PRF(secret, label, seed), `length` bytes of it. `label` is ASCII. */
export function prf(
  hash: PrfHash,
  secret: Uint8Array,
  label: string,
  seed: Uint8Array,
  length: number,
): Buffer {
  const labelled = Buffer.concat([Buffer.from(label, 'latin1'), seed]);
  if (hash !== 'MD5+SHA1') return expand(hash, secret, labelled, length);
  // RFC 2246 §5: the halves share the middle byte when the length is odd.
  const half = Math.ceil(secret.length / 2);
  const md5 = expand('MD5', secret.subarray(0, half), labelled, length);
  const sha1 = expand('SHA1', secret.subarray(secret.length - half), labelled, length);
  return md5.map((byte, at) => byte ^ (sha1[at] ?? 0)) as Buffer;
}

/** P_hash of RFC 5246 §5. */
function expand(hash: string, secret: Uint8Array, seed: Uint8Array, length: number): Buffer {
  const hmac = (...data: Uint8Array[]) => createHmac(hash, secret).update(Buffer.concat(data)).digest();
  const blocks: Buffer[] = [];
  let a: Uint8Array = seed;
  for (let done = 0; done < length; ) {
    a = hmac(a);
    const block = hmac(a, seed);
    blocks.push(block);
    done += block.length;
  }
  return Buffer.concat(blocks).subarray(0, length);
}

/** Hash over handshake messages, as Finished and `session_hash` want it. */
export function transcriptHash(hash: PrfHash, messages: Uint8Array): Buffer {
  const digest = (name: string) => createHash(name).update(messages).digest();
  return hash === 'MD5+SHA1' ? Buffer.concat([digest('MD5'), digest('SHA1')]) : digest(hash);
}

export interface Randoms {
  /** 32 bytes each. */
  readonly client: Uint8Array;
  readonly server: Uint8Array;
}

/** RFC 5246 §8.1. 48 bytes. */
export function masterSecret(hash: PrfHash, premaster: Uint8Array, { client, server }: Randoms): Buffer {
  const seed = Buffer.concat([client, server]);
  return prf(hash, premaster, 'master secret', seed, MASTER_SECRET_LENGTH);
}

/** RFC 7627 §4. `messages`: from ClientHello to ClientKeyExchange, both included. 48 bytes. */
export function extendedMasterSecret(hash: PrfHash, premaster: Uint8Array, messages: Uint8Array): Buffer {
  const sessionHash = transcriptHash(hash, messages);
  return prf(hash, premaster, 'extended master secret', sessionHash, MASTER_SECRET_LENGTH);
}

export interface KeySizes {
  /** Bytes. 0 where the cipher has none. */
  readonly mac: number;
  readonly key: number;
  readonly iv: number;
}
/** What one side writes with. */
export interface WriteKeys {
  readonly mac: Buffer;
  readonly key: Buffer;
  readonly iv: Buffer;
}

/** RFC 5246 §6.3: MAC keys, keys, IVs, the client's first in each. */
export function keyBlock(
  hash: PrfHash,
  master: Uint8Array,
  { client, server }: Randoms,
  { mac, key, iv }: KeySizes,
): { readonly client: WriteKeys; readonly server: WriteKeys } {
  const seed = Buffer.concat([server, client]);
  const block = prf(hash, master, 'key expansion', seed, 2 * (mac + key + iv));
  let at = 0;
  const next = (size: number) => {
    at += size;
    return block.subarray(at - size, at);
  };
  const [clientMac, serverMac, clientKey, serverKey, clientIv, serverIv] = [
    next(mac),
    next(mac),
    next(key),
    next(key),
    next(iv),
    next(iv),
  ];
  return {
    client: { mac: clientMac, key: clientKey, iv: clientIv },
    server: { mac: serverMac, key: serverKey, iv: serverIv },
  };
}

/** `verify_data` of Finished. `messages`: every handshake message before it. 12 bytes. */
export function verifyData(
  hash: PrfHash,
  master: Uint8Array,
  finisher: Finisher,
  messages: Uint8Array,
): Buffer {
  return prf(hash, master, finisher, transcriptHash(hash, messages), VERIFY_DATA_LENGTH);
}
