/** Whether a server resumes sessions: two handshakes that are completed, by id, and two by ticket. Nothing is sent after them. */
import { constants } from 'node:crypto';
import type { Resumption } from '../../model/resumption.ts';
import type { Line } from '../wire/line.ts';
import { secured } from '../wire/tds-tls.ts';

/** Whatever a server still takes: this is about sessions, not about strength. */
const ANYTHING = 'ALL:@SECLEVEL=0';

export async function resumption(line: Line): Promise<Resumption> {
  const id = await resumes(line, 'id', constants.SSL_OP_NO_TICKET);
  const ticket = await resumes(line, 'ticket', 0);
  return { id, ticket };
}

async function resumes(line: Line, by: keyof Resumption, secureOptions: number): Promise<boolean | null> {
  const tls = { ciphers: ANYTHING, secureOptions };
  const first = await handshake(line, `resumption by ${by}, first`, tls);
  if (first === null) return null;
  // Without a ticket OpenSSL would offer the id, which is the other question.
  if (by === 'ticket' && !first.ticket) return false;
  if (first.session === undefined) return false;
  const second = await handshake(line, `resumption by ${by}, second`, { ...tls, session: first.session });
  return second?.reused ?? null;
}

interface Handshake {
  readonly session: Buffer | undefined;
  readonly ticket: boolean;
  readonly reused: boolean;
}

async function handshake(
  line: Line,
  label: string,
  tls: { readonly ciphers: string; readonly secureOptions: number; readonly session?: Buffer },
): Promise<Handshake | null> {
  const done = await line.run(async (deadlineMs): Promise<Handshake | string> => {
    try {
      return await secured(line.where, { deadlineMs, tls }, (socket) => ({
        session: socket.getSession(),
        ticket: socket.getTLSTicket() !== undefined,
        reused: socket.isSessionReused(),
      }));
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  });
  if (done === null || typeof done === 'string') {
    line.log(label, done ?? 'no time left');
    return null;
  }
  line.log(label, done.reused ? 'resumed' : 'complete');
  return done;
}
