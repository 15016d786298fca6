/**
 * The NTLM challenge, the one thing on the wire that tells the Windows build. It begins a login and ends the connection
 * before a credential is asked for, so the server may count and log a login that failed.
 */
import type { TLSSocket } from 'node:tls';
import type { NtlmFound } from '../../model/ntlm.ts';
import { readLoginAnswer } from '../../tds/login-answer.ts';
import { encodeIntegratedLogin } from '../../tds/login7.ts';
import { decodeChallenge, encodeNegotiate } from '../../tds/ntlm.ts';
import { encodeMessage, PACKET_TYPE, PacketReader, TdsError } from '../../tds/packet.ts';
import type { Line } from '../wire/line.ts';
import { secured } from '../wire/tds-tls.ts';

/** Whatever a server still takes: this is about its name, not about its strength. */
const ANYTHING = 'ALL:@SECLEVEL=0';
const MAX_ANSWER = 64 * 1024;
const LABEL = 'NTLM challenge, a login that is not ended';

/** @param windowsOf Name of a Windows by its `major.minor.build`. */
export async function ntlmChallenge(
  line: Line,
  windowsOf: (build: string) => string | null,
): Promise<NtlmFound> {
  const found = await line.run(async (deadlineMs): Promise<NtlmFound> => {
    try {
      const options = { deadlineMs, tls: { ciphers: ANYTHING } };
      return await secured(line.where, options, async (socket) => readAnswer(await asked(socket), windowsOf));
    } catch (error) {
      return { state: 'no-answer', reason: error instanceof Error ? error.message : String(error) };
    }
  });
  const answer = found ?? { state: 'no-answer', reason: 'no time left' };
  line.log(LABEL, answer.state === 'challenged' ? (answer.version ?? 'no version') : answer.state);
  return answer;
}

/** The whole message that answers the login. */
function asked(socket: TLSSocket): Promise<Buffer> {
  return new Promise((resolve, fail) => {
    const packets = new PacketReader();
    let message = Buffer.alloc(0);
    socket.on('error', fail);
    socket.on('close', () => fail(new TdsError('it closed the connection instead of answering')));
    socket.on('data', (chunk: Buffer) => {
      try {
        for (const { payload, endOfMessage } of packets.push(chunk)) {
          message = Buffer.concat([message, payload]);
          if (message.length > MAX_ANSWER) throw new TdsError('an answer to a login that does not end');
          if (endOfMessage) resolve(message);
        }
      } catch (error) {
        fail(error);
      }
    });
    socket.write(encodeMessage(PACKET_TYPE.LOGIN7, encodeIntegratedLogin(encodeNegotiate())));
  });
}

function readAnswer(message: Buffer, windowsOf: (build: string) => string | null): NtlmFound {
  const answer = readLoginAnswer(message);
  if (answer.kind === 'error') return { state: 'refused', number: answer.number, message: answer.message };
  if (answer.kind === 'accepted') throw new TdsError('it took a login without a credential');
  const challenge = decodeChallenge(answer.token);
  return {
    state: 'challenged',
    ...challenge,
    windows: challenge.version === null ? null : windowsOf(challenge.version),
  };
}
