/** ClientHello, RFC 5246 §7.4.1.2, RFC 8446 §4.1.2. */
import type { ClientHelloProfile } from '../model/hello.ts';
import { compareProtocols, type Protocol } from '../model/protocol.ts';
import { suiteByCode, suiteByName } from './cipher-suites.ts';
import { codeOf, encodeExtensions } from './hello-extensions.ts';
import { hex16, NAMED_GROUPS, SIGNATURE_SCHEMES } from './names.ts';
import { versionCode, versionOfCode } from './versions.ts';
import {
  CONTENT_TYPE,
  EXTENSION,
  HANDSHAKE_TYPE,
  Reader,
  records,
  TlsError,
  uint,
  uint16s,
  vector,
} from './wire.ts';

/** Every stack puts TLS 1.0 into the first record, so that old servers read it (RFC 5246 appendix E.1). */
const RECORD_VERSION = 0x0301;
const SESSION_ID_LENGTH = 32;
const NULL_COMPRESSION = 0;
const HOST_NAME = 0;

export interface HelloOptions {
  /** 32 bytes. */
  readonly random: Uint8Array;
  /** At most 32 bytes, for hellos that carry one; zeros when absent. */
  readonly sessionId?: Uint8Array;
  /** Host name for `server_name`; none for an IP address. */
  readonly serverName?: string | null;
  /** Protocol name for ALPN (RFC 7301), e.g. `tds/8.0`. */
  readonly alpn?: string | null;
  /** RFC 3749 methods offered before `null`; a layout has its own. */
  readonly compression?: readonly number[];
}

/** The hello in its record. @throws {TlsError} for a suite, group or scheme without a code point, or no version. */
export function encodeClientHello(
  hello: ClientHelloProfile,
  {
    random,
    sessionId = new Uint8Array(SESSION_ID_LENGTH),
    serverName = null,
    alpn = null,
    compression = [],
  }: HelloOptions,
): Buffer {
  const highest = [...hello.protocols].sort(compareProtocols).at(-1);
  if (highest === undefined) throw new TlsError('a ClientHello needs at least one version');
  const { layout } = hello;
  const sessionIdLength = layout?.sessionIdLength ?? (highest === 'TLS 1.3' ? SESSION_ID_LENGTH : 0);
  const body = Buffer.concat([
    uint(layout?.legacyVersion ?? legacyVersion(highest), 2),
    random,
    vector(1, sessionId.subarray(0, sessionIdLength)),
    vector(2, uint16s(layout ? capturedSuites(hello, layout.suites) : hello.suites.map(suiteCode))),
    vector(1, Uint8Array.from(layout?.compressionMethods ?? [...compression, NULL_COMPRESSION])),
    encodeExtensions(hello, highest, { serverName, alpn }),
  ]);
  return records(
    CONTENT_TYPE.HANDSHAKE,
    layout?.recordVersion ?? Math.min(RECORD_VERSION, versionCode(highest)),
    Buffer.concat([uint(HANDSHAKE_TYPE.CLIENT_HELLO, 1), vector(3, body)]),
  );
}

/** TLS 1.3 stands in `supported_versions`; the old field stays at 1.2. */
const legacyVersion = (highest: Protocol) => Math.min(versionCode(highest), versionCode('TLS 1.2'));

/** The captured list without what the profile no longer has: a driver or a setting may take suites away. */
function capturedSuites(hello: ClientHelloProfile, captured: readonly number[]): readonly number[] {
  const kept = new Set(hello.suites.map(suiteCode));
  return captured.filter((code) => {
    const suite = suiteByCode(code);
    return kept.has(code) || suite === undefined || suite.minProtocol === 'TLS 1.3';
  });
}

function suiteCode(name: string): number {
  return codeOf(
    name,
    suiteByName(name)?.code ?? (/^0x[0-9A-F]{4}$/.test(name) ? Number(name) : undefined),
    'cipher suite',
  );
}

export interface DecodedClientHello {
  /** Highest version offered; from `supported_versions` where it is sent. */
  readonly version: Protocol;
  /** IANA names, `0xNNNN` for unknown code points, in the client's order. */
  readonly suites: readonly string[];
  readonly groups: readonly string[];
  /** Empty when the extension is absent. */
  readonly signatureAlgorithms: readonly string[];
  readonly serverName: string | null;
  readonly extendedMasterSecret: boolean;
}

/**
 * Reads a ClientHello from the bytes of its records. `null` while more bytes are needed.
 * @throws {TlsError} when the bytes are no ClientHello.
 */
export function decodeClientHello(stream: Uint8Array): DecodedClientHello | null {
  const body = helloBody(stream);
  if (body === null) return null;
  const reader = new Reader(body);
  const legacy = reader.uint(2);
  reader.bytes(32);
  reader.vector(1);
  const suites = reader.vector(2).uint16s();
  reader.vector(1);
  const extensions = readExtensions(reader);
  const versions = extensions.get(EXTENSION.SUPPORTED_VERSIONS)?.vector(1).uint16s() ?? [];
  const offered = [legacy, ...versions].flatMap((code) => versionOfCode(code) ?? []).sort(compareProtocols);
  const version = offered.at(-1);
  if (version === undefined) throw new TlsError(`a ClientHello with version ${hex16(legacy)}`);
  const names = extensions.get(EXTENSION.SERVER_NAME);
  return {
    version,
    suites: suites.map((code) => suiteByCode(code)?.name ?? hex16(code)),
    groups: (extensions.get(EXTENSION.SUPPORTED_GROUPS)?.vector(2).uint16s() ?? []).map(NAMED_GROUPS.name),
    signatureAlgorithms: (extensions.get(EXTENSION.SIGNATURE_ALGORITHMS)?.vector(2).uint16s() ?? []).map(
      SIGNATURE_SCHEMES.name,
    ),
    serverName: names && names.left > 0 ? hostName(names.vector(2)) : null,
    extendedMasterSecret: extensions.has(EXTENSION.EXTENDED_MASTER_SECRET),
  };
}

/** The body of a ClientHello from the bytes of its records; `null` while more bytes are needed. @throws {TlsError} */
export function helloBody(stream: Uint8Array): Buffer | null {
  const fragments: Buffer[] = [];
  const reader = new Reader(stream);
  while (reader.left >= 5) {
    if (reader.uint(1) !== CONTENT_TYPE.HANDSHAKE) throw new TlsError('no handshake record');
    reader.uint(2);
    const length = reader.uint(2);
    if (reader.left < length) return null;
    fragments.push(reader.bytes(length));
    const message = Buffer.concat(fragments);
    if (message.length < 4) continue;
    if (message[0] !== HANDSHAKE_TYPE.CLIENT_HELLO) throw new TlsError('no ClientHello');
    const end = 4 + message.readUIntBE(1, 3);
    if (message.length >= end) return message.subarray(4, end);
  }
  return null;
}

/** Extension bodies by type; none when the block is absent (RFC 5246 §7.4.1.4). */
export function readExtensions(reader: Reader): Map<number, Reader> {
  const extensions = new Map<number, Reader>();
  if (reader.left === 0) return extensions;
  const block = reader.vector(2);
  while (block.left > 0) extensions.set(block.uint(2), block.vector(2));
  return extensions;
}

function hostName(list: Reader): string | null {
  while (list.left > 0) {
    const type = list.uint(1);
    const name = list.vector(2).rest();
    if (type === HOST_NAME) return name.toString('latin1');
  }
  return null;
}
