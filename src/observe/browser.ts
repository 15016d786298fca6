/** Asks SQL Browser of a host for its instances and their TCP ports. `host` is an address; only its own answers count. */
import { createSocket } from 'node:dgram';
import { isIP } from 'node:net';
import {
  BROWSER_PORT,
  type BrowserInstance,
  decodeBrowserAnswer,
  decodeDacAnswer,
  encodeDacRequest,
  encodeInstanceRequest,
  encodeListRequest,
} from '../tds/browser.ts';
import { TdsError } from '../tds/packet.ts';

export interface BrowserOptions {
  /** For one try. */
  readonly deadlineMs?: number;
  readonly port?: number;
  readonly tries?: number;
}

const DEADLINE_MS = 1000;
const TRIES = 3;

export type FoundInstance = { readonly port: number; readonly version: string | null };

/** The port, or a sentence on why there is none. */
export async function instancePort(
  host: string,
  instance: string,
  options: BrowserOptions = {},
): Promise<FoundInstance | { readonly reason: string }> {
  try {
    const answer = await ask(host, encodeInstanceRequest(instance), options);
    // About an instance that it does not know SQL Browser says nothing, so it may still be there.
    if (answer === null) return unknownInstance(instance, await instancesOf(host, options), options);
    const found = decodeBrowserAnswer(answer).find(({ name }) => alike(name, instance));
    if (found === undefined) return { reason: `SQL Browser knows no instance ${instance}` };
    const { port, version } = found;
    return port === null ? { reason: `the instance ${instance} listens on no TCP port` } : { port, version };
  } catch (error) {
    if (!(error instanceof TdsError)) throw error;
    return { reason: `SQL Browser: ${error.message}` };
  }
}

/** Every instance of the host; `null` when SQL Browser does not answer. @throws {TdsError} */
async function instancesOf(
  host: string,
  options: BrowserOptions,
): Promise<readonly BrowserInstance[] | null> {
  const answer = await ask(host, encodeListRequest(), { ...options, tries: 1 });
  return answer && decodeBrowserAnswer(answer, 'all');
}

/** Where the dedicated administrator connection listens; `null` when SQL Browser does not say. */
export async function dacPort(
  host: string,
  instance: string,
  options: BrowserOptions = {},
): Promise<number | null> {
  try {
    const answer = await ask(host, encodeDacRequest(instance), { ...options, tries: 1 });
    return answer && decodeDacAnswer(answer);
  } catch (error) {
    if (error instanceof TdsError) return null;
    throw error;
  }
}

function unknownInstance(
  instance: string,
  known: readonly BrowserInstance[] | null,
  { port = BROWSER_PORT }: BrowserOptions,
): { readonly reason: string } {
  if (known === null)
    return {
      reason: `SQL Browser does not answer (UDP ${port}), so the port of ${instance} is not known; write host,port`,
    };
  const names = known.map(({ name }) => name).join(', ');
  return { reason: `SQL Browser knows no instance ${instance}; it knows ${names === '' ? 'none' : names}` };
}

const alike = (one: string, other: string) => one.toLowerCase() === other.toLowerCase();

/** Datagrams get lost: the answer to one of a few tries, `null` when none has any. */
async function ask(
  host: string,
  request: Buffer,
  { deadlineMs = DEADLINE_MS, port = BROWSER_PORT, tries = TRIES }: BrowserOptions,
): Promise<Uint8Array | null> {
  for (let tried = 0; tried < tries; tried += 1) {
    const answer = await askOnce(host, port, request, deadlineMs);
    if (answer !== null) return answer;
  }
  return null;
}

/** `null` when nothing comes back in time. */
function askOnce(
  host: string,
  port: number,
  request: Buffer,
  deadlineMs: number,
): Promise<Uint8Array | null> {
  return new Promise((resolve) => {
    const socket = createSocket(isIP(host) === 6 ? 'udp6' : 'udp4');
    const finish = (answer: Uint8Array | null) => {
      clearTimeout(timer);
      socket.removeAllListeners();
      // A late error of a closed socket concerns nobody.
      socket.on('error', () => {});
      socket.close();
      resolve(answer);
    };
    const timer = setTimeout(() => finish(null), deadlineMs);
    socket.on('error', () => finish(null));
    socket.on('message', (message) => finish(message));
    // Connected, so that the kernel drops datagrams of anyone else.
    socket.connect(port, host, () => socket.send(request));
  });
}
