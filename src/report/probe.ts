/** What a probe found, as a page for a terminal. */
import type { ProbedEncryption, ProbedInstance, ProbedTarget } from '../model/probe-report.ts';
import type { Resumption } from '../model/resumption.ts';
import { wrapped } from './display-width.ts';
import { certificateRows } from './probe-certificate.ts';
import { driverRows } from './probe-drivers.ts';
import { leadingZeroRows } from './probe-leading-zero.ts';
import { loginRows } from './probe-login.ts';
import { ntlmRows } from './probe-ntlm.ts';
import { handshakeRows, protocolRows } from './probe-protocols.ts';
import { line, MARGIN, type Row, row } from './probe-row.ts';
import { timingRows } from './probe-timings.ts';
import { type Paint, painter, type Style } from './style.ts';
import { counted, printable } from './words.ts';

/** The last line of many. */
export function probeSummary(asked: number, answered: number): string {
  const silent = asked - answered;
  const rest = silent === 0 ? 'all of them answered' : `${answered} answered, ${silent} did not`;
  return `${counted(asked, 'server')}: ${rest}.`;
}

/** The page of one server. */
export function renderProbedTarget(target: ProbedTarget, style: Style): string {
  const paint = painter(style);
  const rows = pageRows(target, style.width, paint);
  return `${[paint.bold(printable(target.endpoint)), ...rows.map(line)].join('\n')}\n`;
}

function pageRows(target: ProbedTarget, width: number, paint: Paint): readonly Row[] {
  const { prelogin, strict, strictProtocols, reason, connections, milliseconds } = target;
  return [
    ...(target.browser ? [row('SQL Browser', browserWords(target.browser))] : []),
    ...(prelogin ? [row('PRELOGIN', `version ${prelogin.version}`)] : []),
    ...encryptionRows(target.encryption, width),
    ...(reason === null ? [] : [row('', paint.level('warning', printable(reason)))]),
    ...protocolRows(target.protocols, paint),
    ...handshakeRows(target.handshake, paint),
    ...strictRows(strict, target.forcesStrict),
    ...protocolRows(strictProtocols, paint, target.protocols),
    ...certificateRows(target, width, paint),
    ...(target.leadingZero ? leadingZeroRows(target.leadingZero, width, paint) : []),
    ...(target.resumption ? resumptionRows(target.resumption) : []),
    ...(target.ntlm ? ntlmRows(target.ntlm, width, paint) : []),
    ...(target.login ? loginRows(target.login, width, paint) : []),
    ...(target.timings ? timingRows(target.timings, width, paint) : []),
    ...(target.drivers ? driverRows(target.drivers, width, paint) : []),
    row('', paint.dim(`${counted(connections, 'connection')}, ${milliseconds} ms`)),
  ];
}

const PARTS = {
  everything: 'all of it is encrypted',
  login: 'the login is encrypted, nothing after it',
  none: 'nothing is encrypted',
  closed: 'the connection ends',
} as const;

/** What becomes of a client, by what it asks for; what comes to the same stands together. */
function encryptionRows(answers: readonly ProbedEncryption[], width: number): readonly Row[] {
  const byPart = new Map<keyof typeof PARTS, string[]>();
  for (const { client, tls } of answers) if (tls) byPart.set(tls, [...(byPart.get(tls) ?? []), client]);
  const words = [...byPart].map(([part, clients]) => `${clients.join(', ')}: ${PARTS[part]}`).join('; ');
  if (words === '') return [];
  return wrapped(words, width - MARGIN).map((text, at) => row(at === 0 ? 'ENCRYPTION' : '', text));
}

function browserWords({ instance, port, version, dacPort }: ProbedInstance): string {
  const base = version === null ? '' : `, base version ${version}`;
  const dac = dacPort === null ? '' : `, administrator connection on ${dacPort}`;
  return printable(`${instance} listens on port ${port}${base}${dac}`);
}

function resumptionRows({ id, ticket }: Resumption): readonly Row[] {
  const word = (answer: boolean | null) => (answer === null ? 'not known' : answer ? 'yes' : 'no');
  return [row('resumption', `by session id: ${word(id)}; by ticket: ${word(ticket)}`)];
}

function strictRows(strict: boolean | null, forced: boolean): readonly Row[] {
  if (strict === null) return [];
  const words = forced ? 'yes, and nothing else (Force Strict Encryption)' : 'yes (Encrypt=Strict)';
  return [row('TDS 8.0', strict ? words : 'no')];
}
