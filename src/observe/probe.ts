/** Everything about one server: what a scan asks, every suite and group of each version it takes, and what it minds. */
import type { ClientHelloProfile } from '../model/hello.ts';
import type { EncryptionOption, HelloAnswer, Observation } from '../model/observation.ts';
import type { EnumeratedProtocol, ProbedHandshake, ProbedTarget } from '../model/probe-report.ts';
import { compareProtocols, type Protocol } from '../model/protocol.ts';
import { broadened } from '../tls/broadened.ts';
import { decodedChain, sentChain, strictChain } from './certificates.ts';
import { broadHello } from './peel/broad-hello.ts';
import { type Accepted, type Ask, type Enumerated, enumerate, type Heard } from './peel/enumerate.ts';
import { type Groups, peelGroups } from './peel/peel-groups.ts';
import { orderOf, type Varied, vary } from './peel/vary.ts';
import { probedEncryption, probedHandshake, probedSuite, refusedProtocol } from './probed.ts';
import { scanOn } from './scan.ts';
import { withoutTlsReason } from './silence.ts';
import { STRICT_PROTOCOLS, strictAsk } from './strict.ts';
import { Line, type Where } from './wire/line.ts';
import type { Slots } from './wire/slots.ts';

export interface ProbeOptions {
  /** As people asked for it; shown, not dialled. */
  readonly endpoint: string;
  readonly deadlineMs: number;
  /** Client hellos to send as well, each distinct one once. */
  readonly hellos: readonly ClientHelloProfile[];
  /** Connections at a time, where several probes share them. */
  readonly slots?: Slots;
  readonly onConnection?: (line: string) => void;
}

/** A probe's page, and what was seen in full. */
export interface Probed {
  readonly target: ProbedTarget;
  readonly observation: Observation;
  /** Certificates as sent, DER, leaf first. */
  readonly chain: readonly Uint8Array[];
}

/** An enumeration takes some sixty connections, a simulation some hundred more; each may be slow. */
const PROBE_MS = 120_000;
const MAX_HELLOS = 500;
/** SSL 3.0 is looked for although no SQL Server that matters needs it: it must be off. */
const OLDER: readonly Protocol[] = ['SSL 3.0', 'TLS 1.0', 'TLS 1.1'];
/** `ON` is what every other connection sends. */
const OTHER_ENCRYPTION = ['OFF', 'REQ', 'NOT_SUP'] as const satisfies readonly EncryptionOption[];

export async function probe(
  where: Where,
  { endpoint, deadlineMs, hellos, slots, onConnection }: ProbeOptions,
): Promise<Probed> {
  const line = new Line(where, { deadlineMs, scanMs: PROBE_MS, slots, onConnection });
  const scanned = await scanOn(line, hellos, {
    strict: true,
    older: OLDER,
    maxHellos: MAX_HELLOS,
    afterRejection: broadened,
  });
  const { prelogin, strict } = scanned;
  const strictAnswers = strict ? await firstStrict(line) : [];
  const [versions, strictVersions, encryption] = await Promise.all([
    probeVersions((...hello) => line.answer(...hello), scanned.protocols, where.serverName !== null),
    probeVersions(strictAsk(line), strictAnswers, false),
    prelogin.state === 'answered' ? askEncryption(line, prelogin.encryption) : [],
  ]);
  const chain = await wholeChain(line, scanned, strictAnswers, [...versions, ...strictVersions]);
  line.close();
  const certificates = decodedChain(chain);
  const target: ProbedTarget = {
    endpoint,
    browser: null,
    prelogin:
      prelogin.state === 'answered' ? { version: prelogin.version, encryption: prelogin.encryption } : null,
    strict,
    forcesStrict: strict === true && prelogin.state === 'rejected',
    encryption,
    protocols: versions.map(({ protocol }) => protocol),
    strictProtocols: strictVersions.map(({ protocol }) => protocol),
    handshake: versions.find(({ handshake }) => handshake)?.handshake ?? null,
    certificate: certificates[0] ?? null,
    chain: certificates,
    certificateChecks: null,
    connections: line.connections,
    milliseconds: line.milliseconds,
    drivers: null,
    timings: null,
    leadingZero: null,
    resumption: null,
    ntlm: null,
    login: null,
    reason: withoutTlsReason(scanned) ?? incompleteReason([...versions, ...strictVersions]),
  };
  return { target, observation: scanned, chain };
}

interface Version {
  readonly protocol: EnumeratedProtocol;
  /** For each suite that it takes. */
  readonly answers: readonly Accepted[];
  readonly handshake: ProbedHandshake | null;
  /** False when the server fell silent in between. */
  readonly complete: boolean;
}

type FirstAnswer = Heard & { readonly version: Protocol };

/** Suites of each version, and what is asked once on the newest that is taken: groups, and what the server minds. */
async function probeVersions(
  ask: Ask,
  first: readonly FirstAnswer[],
  named: boolean,
): Promise<readonly Version[]> {
  const taken = first.filter(({ version, answer }) => isOf(version, answer));
  const newest = taken.toSorted((one, other) => compareProtocols(other.version, one.version))[0];
  const peeled = new Map<Protocol, Enumerated>();
  await Promise.all(
    taken.map(async (heard) => {
      const whole = { ...heard.hello, suites: broadHello(heard.version).suites };
      peeled.set(heard.version, await enumerate(ask, whole, heard));
    }),
  );
  const once = newest && (await askOnce(ask, newest, peeled.get(newest.version), named));
  return Promise.all(
    first.map(async ({ version, hello, answer }): Promise<Version> => {
      const found = peeled.get(version);
      if (!found)
        return { protocol: refusedProtocol(version, answer), answers: [], handshake: null, complete: true };
      const { suites } = found;
      const isNewest = version === newest?.version;
      const order = isNewest && once ? once.varied.order : await orderOf(ask, hello, suites);
      const answers = [...found.answers.values()];
      const hasGroups = answers.some(({ group }) => group !== null);
      const [chosen] = answers;
      return {
        protocol: {
          version,
          state: 'accepted',
          rejection: null,
          alert: null,
          suites,
          order,
          groups: hasGroups && once ? once.groups.names : [],
          suiteFacts: await Promise.all([...found.answers].map(([name, one]) => probedSuite(name, one))),
        },
        answers,
        handshake: isNewest && once && chosen ? probedHandshake(version, chosen, once.varied) : null,
        complete: found.complete && (!isNewest || !once || once.groups.complete),
      };
    }),
  );
}

async function askOnce(
  ask: Ask,
  { hello }: FirstAnswer,
  found: Enumerated | undefined,
  named: boolean,
): Promise<{ readonly groups: Groups; readonly varied: Varied } | null> {
  if (!found || found.answers.size === 0) return null;
  // One after the other: the last takes the connection that the first made ready.
  const groups = await peelGroups(ask, hello, found.answers);
  return { groups, varied: await vary(ask, hello, found.suites, { named }) };
}

async function firstStrict(line: Line): Promise<readonly FirstAnswer[]> {
  const ask = strictAsk(line);
  return Promise.all(
    STRICT_PROTOCOLS.map(async (version) => {
      const hello = broadHello(version);
      return { version, hello, answer: await ask(hello, `${version}, every suite`) };
    }),
  );
}

/** DER, leaf first. */
async function wholeChain(
  line: Line,
  { hellos, protocols }: Observation,
  strict: readonly FirstAnswer[],
  versions: readonly Version[],
): Promise<readonly Uint8Array[]> {
  const seen = sentChain([
    // A server that likes an anonymous suite best shows its certificate only where another one is chosen.
    ...versions.flatMap(({ answers }) => answers),
    ...hellos.values(),
    ...protocols.map(({ answer }) => answer),
  ]);
  const hidden = seen.length === 0 && strict.some(({ version, answer }) => isOf(version, answer));
  return hidden ? strictChain(line) : seen;
}

async function askEncryption(line: Line, on: EncryptionOption): Promise<ProbedTarget['encryption']> {
  const others = await Promise.all(
    OTHER_ENCRYPTION.map(async (client) => probedEncryption(client, await line.prelogin(client))),
  );
  const answered = { state: 'answered', version: '', encryption: on } as const;
  return [probedEncryption('ON', answered), ...others];
}

const isOf = (version: Protocol, answer: HelloAnswer) =>
  answer.state === 'accepted' && answer.protocol === version;

function incompleteReason(versions: readonly Version[]): string | null {
  if (versions.every(({ complete }) => complete)) return null;
  return 'it fell silent in between: there may be more suites or groups';
}
