/** A recorded ClientHello taken apart, so that it can be sent again as that client sends it. */
import type { ClientHelloProfile, HelloLayout } from '../model/hello.ts';
import { PROTOCOLS } from '../model/protocol.ts';
import { suiteByCode } from './cipher-suites.ts';
import { decodeClientHello, helloBody } from './client-hello.ts';
import { versionCode, versionOfCode } from './versions.ts';
import { EXTENSION, Reader, TlsError } from './wire.ts';

export interface CapturedHello {
  /** What the client offers inside TDS 7.x, with the layout of its bytes. */
  readonly hello: ClientHelloProfile;
  readonly random: Buffer;
  readonly sessionId: Buffer;
  readonly serverName: string | null;
}

/** Bodies that the profile or the addressee decides. */
const DERIVED: ReadonlySet<number> = new Set([
  EXTENSION.SERVER_NAME,
  EXTENSION.SUPPORTED_GROUPS,
  EXTENSION.SIGNATURE_ALGORITHMS,
  EXTENSION.ALPN,
]);

/**
 * @param records The ClientHello in its TLS records, as sent.
 * @throws {TlsError} when they are no whole ClientHello.
 */
export function takeApart(records: Uint8Array): CapturedHello {
  const decoded = decodeClientHello(records);
  const body = helloBody(records);
  if (decoded === null || body === null) throw new TlsError('the ClientHello is cut short');
  const reader = new Reader(body);
  const legacyVersion = reader.uint(2);
  const random = reader.bytes(32);
  const sessionId = reader.vector(1).rest();
  const suites = reader.vector(2).uint16s();
  const compressionMethods = [...reader.vector(1).rest()];
  const extensions: HelloLayout['extensions'][number][] = [];
  const versions = [legacyVersion];
  const block = reader.left > 0 ? reader.vector(2) : null;
  while (block && block.left > 0) {
    const type = block.uint(2);
    const bytes = block.vector(2).rest();
    if (type === EXTENSION.SUPPORTED_VERSIONS) versions.push(...new Reader(bytes).vector(1).uint16s());
    extensions.push({ type, body: DERIVED.has(type) ? null : bytes.toString('hex') });
  }
  const recordVersion = new Reader(records.subarray(1, 3)).uint(2);
  return {
    hello: {
      protocols: offeredInTds7(versions),
      suites: suites.flatMap((code) => {
        const suite = suiteByCode(code);
        return suite && suite.minProtocol !== 'TLS 1.3' ? [suite.name] : [];
      }),
      groups: decoded.groups,
      signatureAlgorithms: decoded.signatureAlgorithms,
      extendedMasterSecret: decoded.extendedMasterSecret,
      layout: {
        recordVersion,
        legacyVersion,
        sessionIdLength: sessionId.length,
        suites,
        compressionMethods,
        extensions,
      },
    },
    random,
    sessionId,
    serverName: decoded.serverName,
  };
}

/** Without `supported_versions` a hello names only its highest version: the lower ones are not in the bytes. */
function offeredInTds7(codes: readonly number[]): ClientHelloProfile['protocols'] {
  const [legacy = 0, ...listed] = codes;
  const highest = versionOfCode(Math.min(legacy, versionCode('TLS 1.2')));
  const named =
    listed.length > 0 ? listed.flatMap((code) => versionOfCode(code) ?? []) : highest ? [highest] : [];
  return PROTOCOLS.filter((version) => version !== 'TLS 1.3' && named.includes(version));
}
