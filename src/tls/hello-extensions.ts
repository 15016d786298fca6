/** The extensions of a ClientHello that decide a handshake with SQL Server: RFC 5246 §7.4.1.4, RFC 8446 §4.2. */
import type { ClientHelloProfile } from '../model/hello.ts';
import { compareProtocols, type Protocol } from '../model/protocol.ts';
import { NAMED_GROUPS, type Registry, SIGNATURE_SCHEMES } from './names.ts';
import { versionCode } from './versions.ts';
import { EXTENSION, TlsError, uint, uint16s, vector } from './wire.ts';

/** What depends on whom the hello goes to. */
export interface Addressee {
  /** Host name for `server_name`; none for an IP address. */
  readonly serverName: string | null;
  /** Protocol name for ALPN (RFC 7301), e.g. `tds/8.0`. */
  readonly alpn: string | null;
}

const UNCOMPRESSED_POINT = Buffer.from([0]);
const HOST_NAME = 0;
const EC_SUITE = /^TLS_ECDHE?_/;

/** The block with its length; nothing at all when there is no extension (SSL 3.0). */
export function encodeExtensions(hello: ClientHelloProfile, highest: Protocol, to: Addressee): Buffer {
  const extensions = hello.layout ? asCaptured(hello, to) : inOurOrder(hello, highest, to);
  return extensions.length > 0 ? vector(2, ...extensions) : Buffer.alloc(0);
}

function inOurOrder(hello: ClientHelloProfile, highest: Protocol, to: Addressee): Buffer[] {
  if (highest === 'SSL 3.0') return [];
  const { SERVER_NAME, ALPN, SUPPORTED_GROUPS, SIGNATURE_ALGORITHMS } = EXTENSION;
  const extensions: Buffer[] = [];
  const add = (type: number, body: Buffer | null) => {
    if (body) extensions.push(extension(type, body));
  };
  add(SERVER_NAME, bodyOf(SERVER_NAME, hello, to));
  add(ALPN, bodyOf(ALPN, hello, to));
  add(EXTENSION.RENEGOTIATION_INFO, vector(1));
  // Every suite of TLS 1.3 needs a group.
  if (highest === 'TLS 1.3' || hello.suites.some((suite) => EC_SUITE.test(suite))) {
    const groups = bodyOf(SUPPORTED_GROUPS, hello, to);
    add(SUPPORTED_GROUPS, groups);
    if (groups) add(EXTENSION.EC_POINT_FORMATS, vector(1, UNCOMPRESSED_POINT));
  }
  // A Schannel server without this extension assumes SHA-1 and closes when its certificate is SHA-256.
  if (compareProtocols(highest, 'TLS 1.2') >= 0)
    add(SIGNATURE_ALGORITHMS, bodyOf(SIGNATURE_ALGORITHMS, hello, to));
  if (hello.extendedMasterSecret) add(EXTENSION.EXTENDED_MASTER_SECRET, Buffer.alloc(0));
  if (highest === 'TLS 1.3') {
    const newestFirst = [...hello.protocols].sort(compareProtocols).reverse();
    add(EXTENSION.SUPPORTED_VERSIONS, vector(1, uint16s(newestFirst.map(versionCode))));
    // No share at all asks the server which group it wants (RFC 8446 §4.2.8), and needs no key of ours.
    add(EXTENSION.KEY_SHARE, vector(2));
  }
  return extensions;
}

function asCaptured(hello: ClientHelloProfile, to: Addressee): Buffer[] {
  return (hello.layout?.extensions ?? []).flatMap(({ type, body }) => {
    const bytes = body === null ? bodyOf(type, hello, to) : Buffer.from(body, 'hex');
    return bytes ? [extension(type, bytes)] : [];
  });
}

/** The body that the profile or the addressee decides; `null`: the extension is not sent. */
function bodyOf(type: number, hello: ClientHelloProfile, { serverName, alpn }: Addressee): Buffer | null {
  switch (type) {
    case EXTENSION.SERVER_NAME:
      if (serverName === null) return null;
      return vector(2, uint(HOST_NAME, 1), vector(2, Buffer.from(serverName, 'latin1')));
    case EXTENSION.ALPN:
      return alpn === null ? null : vector(2, vector(1, Buffer.from(alpn, 'latin1')));
    case EXTENSION.SUPPORTED_GROUPS:
      return listed(hello.groups, NAMED_GROUPS, 'named group');
    case EXTENSION.SIGNATURE_ALGORITHMS:
      return listed(hello.signatureAlgorithms, SIGNATURE_SCHEMES, 'signature scheme');
    default:
      throw new TlsError(`a layout without the body of extension ${type}`);
  }
}

function listed(names: readonly string[], registry: Registry, kind: string): Buffer | null {
  if (names.length === 0) return null;
  return vector(2, uint16s(names.map((name) => codeOf(name, registry.code(name), kind))));
}

const extension = (type: number, body: Buffer) => Buffer.concat([uint(type, 2), vector(2, body)]);

/** @throws {TlsError} for a name without a code point. */
export function codeOf(name: string, code: number | undefined, kind: string): number {
  if (code === undefined) throw new TlsError(`there is no code point for the ${kind} ${name}`);
  return code;
}
