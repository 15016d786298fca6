/**
 * Finite-field Diffie-Hellman of TLS 1.0–1.2 (RFC 5246 §8.1.2), with an exponent chosen for what the shared secret
 * begins with. Numbers are big-endian bytes. Nothing here is constant-time: the secrets are thrown away.
 */
import type { DhParameters } from '../model/server-flight.ts';
import { TlsError } from './wire.ts';

export interface DhShare {
  /** The public value, as long as p. */
  readonly Yc: Buffer;
  /** The shared secret, as long as p: its leading zero bytes still stand. */
  readonly Z: Buffer;
  /** Exponents that were tried. */
  readonly tries: number;
}

/** An arithmetic with larger numbers would hold the process up: RFC 7919's largest group is the limit. */
const MAX_BITS = 8192;
const MIN_BITS = 64;

/**
 * A share whose Z begins with a zero byte, or with another: the exponents after `start` are tried one by one, which
 * costs one multiplication each. Yc never begins with a zero byte, so that Z alone differs.
 * `null` when `tries` were not enough. @throws {TlsError} for parameters that no exchange can use.
 */
export function shareWith(
  leading: 'zero' | 'other',
  { p, g, Ys }: DhParameters,
  { start, tries }: { readonly start: Uint8Array; readonly tries: number },
): DhShare | null {
  const [modulus, base, theirs] = [integer(p), integer(g), integer(Ys)];
  checked(modulus, base, theirs);
  const length = byteLength(modulus);
  const limit = 1n << BigInt(8 * (length - 1));
  const exponent = integer(start) + 1n;
  let Yc = power(base, exponent, modulus);
  let Z = power(theirs, exponent, modulus);
  for (let tried = 1; tried <= tries; tried += 1) {
    if (Yc >= limit && Z < limit === (leading === 'zero'))
      return { Yc: bytes(Yc, length), Z: bytes(Z, length), tries: tried };
    Yc = (Yc * base) % modulus;
    Z = (Z * theirs) % modulus;
  }
  return null;
}

/** The premaster secret of RFC 5246 §8.1.2: leading zero bytes of Z are stripped. */
export function strip(Z: Buffer): Buffer {
  const first = Z.findIndex((byte) => byte !== 0);
  return first < 0 ? Buffer.alloc(0) : Z.subarray(first);
}

/** A number of 0, 1 or p - 1 has no secret in it; an even or huge p is no prime of anyone. */
function checked(p: bigint, g: bigint, Y: bigint): void {
  const bits = p.toString(2).length;
  if (bits > MAX_BITS || bits < MIN_BITS)
    throw new TlsError(`a DH prime of ${bits} bits; ${MIN_BITS} to ${MAX_BITS} are computed here`);
  if (p % 2n === 0n) throw new TlsError('a DH prime that is even');
  if (g < 2n || g > p - 2n) throw new TlsError('a DH generator outside 2 to p - 2');
  if (Y < 2n || Y > p - 2n) throw new TlsError('a DH public value outside 2 to p - 2');
}

function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n;
  for (const bit of exponent.toString(2)) {
    result = (result * result) % modulus;
    if (bit === '1') result = (result * base) % modulus;
  }
  return result;
}

const byteLength = (value: bigint) => Math.ceil(value.toString(16).length / 2);

function integer(value: Uint8Array): bigint {
  return value.length === 0 ? 0n : BigInt(`0x${Buffer.from(value).toString('hex')}`);
}

function bytes(value: bigint, length: number): Buffer {
  return Buffer.from(value.toString(16).padStart(2 * length, '0'), 'hex');
}
