/** Finite-field groups of DHE: which one it is, and whether its prime is a safe one. */
import { checkPrime, createHash } from 'node:crypto';
import { promisify } from 'node:util';
import data from './data/dh-groups.json' with { type: 'json' };
import { bitLength } from './key-exchange.ts';

export interface DhGroup {
  readonly bits: number;
  /** e.g. `MODP group 14`; `null` for a prime that no RFC names. */
  readonly name: string | null;
  /** p and (p − 1) / 2 are both prime; `null` when that would take too long to tell. */
  readonly safe: boolean | null;
}

/** Telling takes a tenth of a second for 2048 bits, and a quarter of a minute for 8192. */
const MAX_CHECKED_BITS = 3072;
const isPrime = promisify<Buffer | bigint, boolean>(checkPrime);

/** @param p The prime, big-endian. */
export async function dhGroup(p: Buffer): Promise<DhGroup> {
  const bits = bitLength(p);
  const plain = p.subarray(p.length - Math.ceil(bits / 8));
  const sha256 = createHash('sha256').update(plain).digest('hex');
  const named = data.rows.find((row) => row.sha256 === sha256);
  if (named) return { bits, name: named.name, safe: named.safe };
  return { bits, name: null, safe: bits > MAX_CHECKED_BITS ? null : await isSafe(plain) };
}

async function isSafe(p: Buffer): Promise<boolean> {
  if (p.length === 0) return false;
  const half = (BigInt(`0x${p.toString('hex')}`) - 1n) / 2n;
  return (await isPrime(p)) && (await isPrime(half));
}
