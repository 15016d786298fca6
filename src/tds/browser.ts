/**
 * SQL Server Resolution Protocol, [MC-SQLR]: what SQL Browser says on UDP 1434. Names are in the host's code page, of which
 * only ASCII is sure; lengths are little-endian.
 */
import { TdsError } from './packet.ts';

export const BROWSER_PORT = 1434;

const CLNT_UCAST_EX = 0x03;
const CLNT_UCAST_INST = 0x04;
const CLNT_UCAST_DAC = 0x0f;
const DAC_VERSION = 0x01;
const SVR_RESP = 0x05;
/** [MC-SQLR] 2.2.5: at most 1,024 bytes for one instance, 65,535 for all of a host. */
const MAX_TEXT = { one: 1024, all: 65_535 } as const;
/** [MC-SQLR] 2.2.3: an instance name has at most 32 bytes. */
const MAX_NAME = 32;

/** Asks for one instance, CLNT_UCAST_INST. @throws {TdsError} for a name no instance can have. */
export function encodeInstanceRequest(instance: string): Buffer {
  return Buffer.concat([Buffer.from([CLNT_UCAST_INST]), nameOf(instance)]);
}

/** Asks for all instances of the host, CLNT_UCAST_EX. */
export function encodeListRequest(): Buffer {
  return Buffer.from([CLNT_UCAST_EX]);
}

/** Asks for the port of the dedicated administrator connection, CLNT_UCAST_DAC. @throws {TdsError} as above. */
export function encodeDacRequest(instance: string): Buffer {
  return Buffer.concat([Buffer.from([CLNT_UCAST_DAC, DAC_VERSION]), nameOf(instance)]);
}

/** With its NUL. */
function nameOf(instance: string): Buffer {
  const name = Buffer.from(instance, 'latin1');
  if (name.length === 0 || name.length > MAX_NAME || name.includes(0))
    throw new TdsError(`"${instance}" is no instance name`);
  return Buffer.concat([name, Buffer.from([0])]);
}

export interface BrowserInstance {
  readonly name: string;
  /** Base version: never the patch level. */
  readonly version: string | null;
  /** `null`: it listens on no TCP port. */
  readonly port: number | null;
}

/**
 * The instances of one answer, SVR_RESP. `asked`: for one instance or for all.
 * @throws {TdsError} when it is cut, too long, or not made of pairs.
 */
export function decodeBrowserAnswer(
  datagram: Uint8Array,
  asked: keyof typeof MAX_TEXT = 'one',
): readonly BrowserInstance[] {
  const bytes = Buffer.from(datagram.buffer, datagram.byteOffset, datagram.byteLength);
  if (bytes.length < 3 || bytes[0] !== SVR_RESP) throw new TdsError('no answer of SQL Browser');
  const length = bytes.readUInt16LE(1);
  if (length > MAX_TEXT[asked] || bytes.length < 3 + length)
    throw new TdsError('an answer of SQL Browser that is cut or too long');
  const text = bytes.subarray(3, 3 + length).toString('latin1');
  return text
    .split(';;')
    .filter((part) => part !== '')
    .map(instanceOf);
}

/** The port of an answer to CLNT_UCAST_DAC ([MC-SQLR] 2.2.6): type, length 6, version, port. @throws {TdsError} */
export function decodeDacAnswer(datagram: Uint8Array): number {
  const bytes = Buffer.from(datagram.buffer, datagram.byteOffset, datagram.byteLength);
  const valid = bytes.length >= 6 && bytes[0] === SVR_RESP && bytes.readUInt16LE(1) === 6;
  const port = valid && bytes[3] === DAC_VERSION ? bytes.readUInt16LE(4) : 0;
  if (port === 0) throw new TdsError('no answer about the dedicated administrator connection');
  return port;
}

/** `ServerName;HOST;InstanceName;X;…;tcp;49733`: keys and values take turns. */
function instanceOf(text: string): BrowserInstance {
  const parts = text.split(';');
  const values = new Map<string, string>();
  for (let at = 0; at + 1 < parts.length; at += 2)
    values.set((parts[at] ?? '').toLowerCase(), parts[at + 1] ?? '');
  const name = values.get('instancename');
  if (name === undefined) throw new TdsError('an answer of SQL Browser without InstanceName');
  const port = Number(values.get('tcp') ?? '');
  return {
    name,
    version: values.get('version') ?? null,
    port: Number.isInteger(port) && port > 0 && port < 65_536 ? port : null,
  };
}
