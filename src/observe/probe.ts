/** Everything about one server: what a scan asks, and every suite and group of each version it takes. */

import type { ClientHelloProfile } from '../model/hello.ts';
import type { HelloAnswer, Observation } from '../model/observation.ts';
import type { ProbedProtocol, ProbedTarget } from '../model/probe-report.ts';
import type { Protocol } from '../model/protocol.ts';
import { broadened } from '../tls/broadened.ts';
import { broadHello } from './broad-hello.ts';
import { type Enumerated, enumerate } from './enumerate.ts';
import { Line, type Where } from './line.ts';
import { scanOn } from './scan.ts';
import { withoutTlsReason } from './silence.ts';

export interface ProbeOptions {
  /** As people asked for it; shown, not dialled. */
  readonly endpoint: string;
  readonly deadlineMs: number;
  /** Client hellos to send as well, each distinct one once. */
  readonly hellos: readonly ClientHelloProfile[];
  readonly onConnection?: (line: string) => void;
}

/** A probe's page, and what was seen in full. */
export interface Probed {
  readonly target: ProbedTarget;
  readonly observation: Observation;
}

/** An enumeration takes some sixty connections, a simulation some hundred more; each may be slow. */
const PROBE_MS = 120_000;
const MAX_HELLOS = 500;

export async function probe(
  where: Where,
  { endpoint, deadlineMs, hellos, onConnection }: ProbeOptions,
): Promise<Probed> {
  const line = new Line(where, { deadlineMs, scanMs: PROBE_MS, onConnection });
  const scanned = await scanOn(line, hellos, {
    strict: true,
    maxHellos: MAX_HELLOS,
    afterRejection: broadened,
  });
  const enumerated = new Map<Protocol, Enumerated>();
  await Promise.all(
    scanned.protocols.map(async ({ version, answer }) => {
      if (answer.state !== 'accepted' || answer.protocol !== version) return;
      enumerated.set(
        version,
        await enumerate((hello, label) => line.answer(hello, label), broadHello(version), answer),
      );
    }),
  );
  const { prelogin } = scanned;
  const target: ProbedTarget = {
    endpoint,
    prelogin:
      prelogin.state === 'answered' ? { version: prelogin.version, encryption: prelogin.encryption } : null,
    strict: scanned.strict,
    protocols: scanned.protocols.map(({ version, answer }) =>
      probed(version, answer, enumerated.get(version) ?? null),
    ),
    certificate: scanned.certificates[0] ?? null,
    connections: line.connections,
    milliseconds: line.milliseconds,
    drivers: null,
    reason: reasonOf(scanned, [...enumerated.values()]),
  };
  return { target, observation: scanned };
}

function probed(version: Protocol, answer: HelloAnswer, found: Enumerated | null): ProbedProtocol {
  const none = { version, rejection: null, alert: null, suites: [], order: null, groups: [] };
  if (answer.state === 'no-answer') return { ...none, state: 'no-answer' };
  if (answer.state === 'rejected') {
    return { ...none, state: 'rejected', rejection: answer.rejection, alert: answer.alert };
  }
  if (found === null) return { ...none, state: 'rejected' };
  return { ...none, state: 'accepted', suites: found.suites, order: found.order, groups: found.groups };
}

function reasonOf(observation: Observation, found: readonly Enumerated[]): string | null {
  const reason = withoutTlsReason(observation);
  if (reason !== null || found.every(({ complete }) => complete)) return reason;
  return 'it fell silent in between: there may be more suites or groups';
}
