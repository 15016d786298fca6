/** A client and a server in a person's words → the same verdict and the same findings that `check` would have. */

import { shortLabel } from '../catalog/tls-stacks.ts';
import type { Evidence } from '../model/evidence.ts';
import type { ExplainedPair } from '../model/explanation.ts';
import { type ServerProfile, withProtocols } from '../model/server-profile.ts';
import type { Span } from '../model/span.ts';
import type { Target } from '../model/target.ts';
import { clientOfWords } from '../resolve/clients.ts';
import { judge } from '../rules/judge.ts';
import { applyRules } from '../rules/rules.ts';
import { explainPair, type Words } from './explain-pair.ts';
import { MAX_LENGTH } from './remaining.ts';
import { onEverySystem } from './systems.ts';
import { understandCertificate } from './understand-certificate.ts';
import { understandClient } from './understand-client.ts';
import { understandProtocols } from './understand-protocols.ts';
import { understandServer } from './understand-server.ts';
import { understandSettings } from './understand-settings.ts';

export interface Asked {
  readonly client: string;
  readonly server: string;
  readonly certificate: string | null;
  readonly serverProtocols: string | null;
  readonly settings: string | null;
}

/** Nothing of a side was understood: sentences for people. */
export type Explained = { readonly pair: ExplainedPair } | { readonly complaint: readonly string[] };

/** `today`: ISO date. */
export function explain(asked: Asked, today: string): Explained {
  const clientSpan = spanOf('--client', asked.client);
  const client = understandClient(asked.client, clientSpan);
  const server = understandServer(asked.server);
  const complaint = [
    ...(client.any ? [] : nothing('--client', client.notUnderstood)),
    ...(server.any ? [] : nothing('--server', server.notUnderstood)),
  ];
  if (complaint.length > 0) return { complaint };
  const settings =
    asked.settings === null ? null : understandSettings(asked.settings, client.native?.driver ?? null);
  const configured = configure(asked, server.profile);
  const words: Words = {
    runsOn: client.runsOn,
    product: server.product,
    build: server.build,
    os: server.os,
    certificate: configured.certificate,
    notUnderstood: [
      ...client.notUnderstood,
      ...server.notUnderstood,
      ...configured.notUnderstood,
      ...(settings?.notUnderstood ?? []),
      ...tooLong(asked),
    ],
  };
  if (!client.native) return { pair: withoutDriver(words) };
  const one = clientOfWords('the client', client.native, settings?.connection ?? null, client.surroundings);
  const explainOn = (profile: ServerProfile) => {
    const target = targetOf(asked.server, configure(asked, profile).profile);
    const judged = judge([{ client: one, target }], [target], new Map(), today);
    const findings = applyRules({ ...judged, clients: [one], declarations: [], requirements: [], today });
    return judged.pairs.map((pair) => explainPair(pair, findings, words))[0] ?? withoutDriver(words);
  };
  if (server.systems.length === 0) return { pair: explainOn(server.profile) };
  return {
    pair: onEverySystem(
      server.systems.map(({ stack, profile }) => ({ os: shortLabel(stack), pair: explainOn(profile) })),
    ),
  };
}

const targetOf = (written: string, described: ServerProfile): Target => ({
  name: 'the server',
  origin: 'policy',
  address: { kind: 'network', endpoint: { host: 'the server', port: null, instance: null } },
  endpoints: [],
  span: spanOf('--server', written),
  described,
  planned: null,
  unresolved: [],
});

function tooLong({ client, server, certificate, serverProtocols, settings }: Asked): readonly string[] {
  const texts = {
    '--client': client,
    '--server': server,
    '--certificate': certificate,
    '--server-protocols': serverProtocols,
    '--settings': settings,
  };
  return Object.entries(texts).flatMap(([option, text]) =>
    text !== null && text.length > MAX_LENGTH ? [`what ${option} says after ${MAX_LENGTH} characters`] : [],
  );
}

const nothing = (option: string, pieces: readonly string[]) => [
  `Nothing of ${option} was understood.`,
  ...pieces.map((piece) => `  ${piece}`),
];

/** The server as documented, with what is said of its certificate and its versions. */
function configure({ certificate, serverProtocols }: Asked, documented: ServerProfile) {
  const own = certificate === null ? null : understandCertificate(certificate, documented);
  const versions = serverProtocols === null ? null : understandProtocols(serverProtocols);
  const certified: ServerProfile = own?.facts
    ? {
        ...documented,
        certificate: {
          value: own.facts,
          evidence: said('--certificate', certificate ?? '', `the certificate: ${own.words}`),
        },
      }
    : documented;
  return {
    profile: versions?.on
      ? withProtocols(certified, {
          value: versions.on,
          evidence: said(
            '--server-protocols',
            serverProtocols ?? '',
            `the server has ${versions.on.join(', ')} switched on`,
          ),
        })
      : certified,
    certificate: own?.words ?? null,
    notUnderstood: [...(own?.notUnderstood ?? []), ...(versions?.notUnderstood ?? [])],
  };
}

const said = (option: string, text: string, statement: string): Evidence => ({
  strength: 'declared',
  statement,
  span: spanOf(option, text),
});

const spanOf = (option: string, text: string): Span => ({
  file: option,
  start: 0,
  end: text.length,
  line: 1,
  column: 1,
  endLine: 1,
  endColumn: text.length + 1,
});

/** Nothing is judged: what connects is not known. */
function withoutDriver(words: Words): ExplainedPair {
  const { notUnderstood, runsOn, ...server } = words;
  return {
    client: 'the client',
    target: 'the server',
    when: 'current',
    from: null,
    outcome: 'unknown',
    protocol: null,
    suite: null,
    step: null,
    scenario: null,
    cause: null,
    confidence: 'assumed',
    understood: {
      driver: null,
      driverId: null,
      version: null,
      stack: runsOn,
      stackIds: [],
      ...server,
      encrypt: null,
      trustServerCertificate: null,
    },
    notUnderstood,
    reason: 'the client names no driver that speaks to SQL Server',
    fix: null,
    changes: [],
    rule: null,
    helpUri: null,
    steppedThrough: null,
    steps: [],
    cases: [],
    systems: [],
    wire: null,
    error: null,
    advice: [],
    sources: [],
  };
}
