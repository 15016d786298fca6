/** Asks SQL Browser of a host for the TCP port of a named instance. */
import { createSocket } from 'node:dgram';
import { isIP } from 'node:net';
import { BROWSER_PORT, decodeBrowserAnswer, encodeInstanceRequest } from '../tds/browser.ts';
import { TdsError } from '../tds/packet.ts';

export interface BrowserOptions {
  /** For one try. */
  readonly deadlineMs?: number;
  readonly port?: number;
}

const DEADLINE_MS = 1000;
/** Datagrams get lost. */
const TRIES = 3;

/** The port, or a sentence on why there is none. `host` is an address; only its own answers count. */
export async function instancePort(
  host: string,
  instance: string,
  { deadlineMs = DEADLINE_MS, port = BROWSER_PORT }: BrowserOptions = {},
): Promise<{ port: number } | { reason: string }> {
  let request: Buffer;
  try {
    request = encodeInstanceRequest(instance);
  } catch (error) {
    return { reason: error instanceof TdsError ? error.message : String(error) };
  }
  for (let tried = 0; tried < TRIES; tried += 1) {
    const answer = await ask(host, port, request, deadlineMs);
    if (answer !== null) return portOf(answer, instance);
  }
  return {
    reason: `SQL Browser does not answer (UDP ${port}), so the port of ${instance} is not known; write host,port`,
  };
}

function portOf(answer: Uint8Array, instance: string): { port: number } | { reason: string } {
  try {
    const found = decodeBrowserAnswer(answer).find(
      ({ name }) => name.toLowerCase() === instance.toLowerCase(),
    );
    if (found?.port) return { port: found.port };
    return {
      reason: found
        ? `the instance ${instance} listens on no TCP port`
        : `SQL Browser knows no instance ${instance}`,
    };
  } catch (error) {
    if (error instanceof TdsError)
      return { reason: `SQL Browser’s answer is not understood: ${error.message}` };
    throw error;
  }
}

/** `null` when nothing comes back in time. */
function ask(host: string, port: number, request: Buffer, deadlineMs: number): Promise<Uint8Array | null> {
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
