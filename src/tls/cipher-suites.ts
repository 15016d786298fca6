// The cipher-suite table: IANA TLS Cipher Suites registry, attributes of each family's RFC (data/cipher-suites.json).
import { compareProtocols, type Protocol } from '../model/protocol.ts';
import data from './data/cipher-suites.json' with { type: 'json' };

export interface CipherSuite {
  /** IANA code point. */
  readonly code: number;
  /** IANA name. */
  readonly name: string;
  /** OpenSSL's name; `null` where OpenSSL 3 has none. */
  readonly openssl: string | null;
  /** `ECDHE`, `DHE`, `RSA` (static), …, `any(1.3)`. */
  readonly keyExchange: string;
  /** Key type of the certificate: `RSA`, `ECDSA`, `DSS`, `anon`, …, `any(1.3)`. */
  readonly authentication: string;
  readonly encryption: string;
  readonly bits: number;
  readonly mode: string;
  /** HMAC of a CBC or stream suite: `SHA1`, `SHA256`, `SHA384`, `MD5`; `AEAD`; `null` for none. */
  readonly mac: string | null;
  /** Hash of the TLS 1.2 PRF and of its Finished: `SHA256` or `SHA384`. */
  readonly prfHash: string;
  /** Versions in which it may be negotiated, both inclusive. */
  readonly minProtocol: Protocol;
  readonly maxProtocol: Protocol;
  readonly verdict: 'recommended' | 'secure' | 'weak' | 'insecure';
}

export const SUITES: readonly CipherSuite[] = data.rows.map((row) => ({
  code: Number(row.code),
  name: row.name,
  openssl: row.openssl,
  keyExchange: row.keyExchange,
  authentication: row.authentication,
  encryption: row.encryption,
  bits: row.bits,
  mode: row.mode,
  mac: row.mac,
  prfHash: row.prfHash,
  minProtocol: row.minProtocol as Protocol,
  maxProtocol: row.maxProtocol as Protocol,
  verdict: row.verdict as CipherSuite['verdict'],
}));

const BY_NAME = new Map(SUITES.map((suite) => [suite.name, suite]));
const BY_CODE = new Map(SUITES.map((suite) => [suite.code, suite]));

export function suiteByName(name: string): CipherSuite | undefined {
  return BY_NAME.get(name);
}

export function suiteByCode(code: number): CipherSuite | undefined {
  return BY_CODE.get(code);
}

/** Suites that may be negotiated in a version, in the order of the table. */
export function suitesOf(protocol: Protocol): readonly CipherSuite[] {
  return SUITES.filter(
    ({ minProtocol, maxProtocol }) =>
      compareProtocols(protocol, minProtocol) >= 0 && compareProtocols(protocol, maxProtocol) <= 0,
  );
}
