/** What was heard, in the words of a probe's report. */
import type { EncryptionOption, HelloAnswer, PreloginAnswer } from '../model/observation.ts';
import type {
  EnumeratedProtocol,
  ProbedEncryption,
  ProbedHandshake,
  ProbedSuite,
  Taken,
} from '../model/probe-report.ts';
import type { Protocol } from '../model/protocol.ts';
import { encryptedPart } from '../tds/encryption.ts';
import { suiteByName } from '../tls/cipher-suites.ts';
import { dhGroup } from '../tls/dh-groups.ts';
import type { Accepted } from './peel/enumerate.ts';
import type { Varied } from './peel/vary.ts';

export function probedEncryption(client: EncryptionOption, answer: PreloginAnswer): ProbedEncryption {
  if (answer.state === 'no-answer') return { client, server: null, tls: null };
  if (answer.state === 'rejected') return { client, server: null, tls: 'closed' };
  return { client, server: answer.encryption, tls: encryptedPart(client, answer.encryption) };
}

/** A version without suites. */
export function refusedProtocol(version: Protocol, answer: HelloAnswer): EnumeratedProtocol {
  const none = { version, rejection: null, alert: null, suites: [], order: null, groups: [], suiteFacts: [] };
  if (answer.state === 'no-answer') return { ...none, state: 'no-answer' };
  // An answer with another version than the one asked for takes nothing of this one.
  if (answer.state === 'accepted') return { ...none, state: 'rejected' };
  return { ...none, state: 'rejected', rejection: answer.rejection, alert: answer.alert };
}

export async function probedSuite(name: string, { flight }: Accepted): Promise<ProbedSuite> {
  return {
    name,
    grade: suiteByName(name)?.verdict ?? 'unknown',
    dh: flight?.dh ? await dhGroup(flight.dh.p) : null,
    signature: flight?.signature?.scheme ?? null,
  };
}

export function probedHandshake(version: Protocol, first: Accepted, varied: Varied): ProbedHandshake | null {
  const { flight } = first;
  if (!flight) return null;
  const { withoutSha1, withoutSha512, compression, withoutServerName } = varied;
  return {
    version,
    extendedMasterSecret: flight.extendedMasterSecret,
    secureRenegotiation: flight.secureRenegotiation,
    compression:
      compression.state === 'accepted' && compression.flight ? compression.flight.compression !== 0 : null,
    sessionId: flight.sessionId.length > 0,
    withoutSha1: withoutSha1 && taken(withoutSha1),
    withoutSha512: withoutSha512 && taken(withoutSha512),
    serverName: withoutServerName && serverNameDoes(first, withoutServerName),
  };
}

const taken = ({ state }: HelloAnswer): Taken => state;

function serverNameDoes(named: Accepted, unnamed: HelloAnswer): ProbedHandshake['serverName'] {
  if (unnamed.state === 'no-answer') return null;
  if (unnamed.state === 'rejected') return 'is required';
  const [leaf, other] = [named.chain[0], unnamed.chain[0]];
  const same = leaf && other ? Buffer.compare(leaf, other) === 0 : leaf === other;
  return same ? 'makes no difference' : 'changes the certificate';
}
