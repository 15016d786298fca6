/** ServerKeyExchange: RFC 5246 §7.4.3 (finite fields), RFC 8422 §5.4 (curves). */
import type { KeyExchangeSignature, ServerFlight } from '../model/server-flight.ts';
import { NAMED_GROUPS, SIGNATURE_SCHEMES } from './names.ts';
import { Reader } from './wire.ts';

const NAMED_CURVE = 3;

/** Other kinds (RSA_EXPORT, PSK) say nothing that decides a handshake here. @throws {TlsError} when it is cut short. */
export function readKeyExchange(
  { suite, version }: Pick<ServerFlight, 'suite' | 'version'>,
  body: Buffer,
): Pick<ServerFlight, 'signature'> & Partial<Pick<ServerFlight, 'group' | 'dh'>> {
  const reader = new Reader(body);
  const signed = (): KeyExchangeSignature | null => {
    const params = body.subarray(0, body.length - reader.left);
    // Anonymous suites sign nothing.
    if (reader.left === 0) return null;
    const scheme = version === 'TLS 1.2' ? SIGNATURE_SCHEMES.name(reader.uint(2)) : null;
    return { scheme, params, signature: reader.vector(2).rest() };
  };
  if (/^TLS_ECDHE_|^TLS_ECDH_anon_/.test(suite)) {
    if (reader.uint(1) !== NAMED_CURVE) return { signature: null };
    const group = NAMED_GROUPS.name(reader.uint(2));
    reader.vector(1);
    return { group, signature: signed() };
  }
  if (/^TLS_DHE_|^TLS_DH_anon_/.test(suite)) {
    const dh = { p: reader.vector(2).rest(), g: reader.vector(2).rest(), Ys: reader.vector(2).rest() };
    return { dh, signature: signed() };
  }
  return { signature: null };
}

/** Bits of a big-endian integer; leading zeros do not count. */
export function bitLength(bytes: Uint8Array): number {
  const first = bytes.findIndex((byte) => byte !== 0);
  return first < 0 ? 0 : (bytes.length - first) * 8 - (Math.clz32(bytes[first] ?? 0) - 24);
}
