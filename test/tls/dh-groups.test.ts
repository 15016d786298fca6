import { getDiffieHellman } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { dhGroup } from '../../src/tls/dh-groups.ts';

const bytes = (integer: bigint) => {
  const hex = integer.toString(16);
  return Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex');
};

/** e · 2^shift, rounded down. */
function eulerTimes(shift: bigint): bigint {
  const guard = 64n;
  let sum = 0n;
  for (let term = 1n << (shift + guard), k = 1n; term > 0n; k += 1n) {
    sum += term;
    term /= k;
  }
  return sum >> guard;
}

describe('groups that have a name', () => {
  test.each([
    ['modp1', 'Oakley group 1', 768],
    ['modp2', 'Oakley group 2', 1024],
    ['modp5', 'MODP group 5', 1536],
    ['modp14', 'MODP group 14', 2048],
    ['modp15', 'MODP group 15', 3072],
    ['modp16', 'MODP group 16', 4096],
    ['modp17', 'MODP group 17', 6144],
    ['modp18', 'MODP group 18', 8192],
  ])('%s is %s', async (known, name, bits) => {
    expect(await dhGroup(getDiffieHellman(known).getPrime())).toEqual({ bits, name, safe: true });
  });

  // RFC 7919 appendix A: p = 2^b − 2^(b−64) + (⌊2^(b−130) · e⌋ + X) · 2^64 − 1.
  test.each([
    ['ffdhe2048', 2048n, 560316n],
    ['ffdhe3072', 3072n, 2625351n],
    ['ffdhe4096', 4096n, 5736041n],
    ['ffdhe6144', 6144n, 15705020n],
    ['ffdhe8192', 8192n, 10965728n],
  ])('%s', async (name, bits, x) => {
    const p = (1n << bits) - (1n << (bits - 64n)) + ((eulerTimes(bits - 130n) + x) << 64n) - 1n;
    expect(await dhGroup(bytes(p))).toEqual({ bits: Number(bits), name, safe: true });
  });
});

describe('groups that have none', () => {
  test('a safe prime', async () => {
    expect(await dhGroup(bytes(2579n))).toEqual({ bits: 12, name: null, safe: true });
  });

  test('a prime that is no safe one', async () => {
    expect(await dhGroup(bytes((1n << 521n) - 1n))).toEqual({ bits: 521, name: null, safe: false });
  });

  test('no prime at all', async () => {
    expect(await dhGroup(bytes(1n << 512n))).toEqual({ bits: 513, name: null, safe: false });
    expect(await dhGroup(Buffer.alloc(4))).toEqual({ bits: 0, name: null, safe: false });
  });

  test('leading zeros make no difference', async () => {
    const p = Buffer.concat([Buffer.alloc(3), getDiffieHellman('modp14').getPrime()]);
    expect((await dhGroup(p)).name).toBe('MODP group 14');
  });

  test('too long to tell', async () => {
    expect((await dhGroup(Buffer.alloc(600, 0xff))).safe).toBeNull();
  });
});
