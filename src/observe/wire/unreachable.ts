/** Why no TCP connection came about, in words. */
const UNREACHABLE: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused: nothing listens there',
  ENOTFOUND: 'the name does not resolve',
  EAI_AGAIN: 'the name does not resolve',
  EHOSTUNREACH: 'no route to the host',
  ENETUNREACH: 'no route to the network',
  ETIMEDOUT: 'the TCP connection timed out',
  ECONNRESET: 'the connection was reset before anything was said',
};

/** Why there is no connection, in words; the operating system's where it has its own. */
export function unreachable({ code, message }: NodeJS.ErrnoException): string {
  return UNREACHABLE[code ?? ''] ?? message;
}
