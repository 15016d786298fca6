/** What a probe found, as a page for a terminal. */
import type { CertificateFacts } from '../model/certificate.ts';
import type { ProbedEncryption, ProbedTarget, ProbeReport } from '../model/probe-report.ts';
import type { Resumption } from '../model/resumption.ts';
import { wrapped } from './display-width.ts';
import { driverRows } from './probe-drivers.ts';
import { leadingZeroRows } from './probe-leading-zero.ts';
import { loginRows } from './probe-login.ts';
import { handshakeRows, protocolRows } from './probe-protocols.ts';
import { line, MARGIN, type Row, row } from './probe-row.ts';
import { timingRows } from './probe-timings.ts';
import { type Paint, painter, type Style } from './style.ts';
import { counted, printable } from './words.ts';

export function renderProbe({ targets }: ProbeReport, style: Style): string {
  return targets.map((target) => renderProbedTarget(target, style)).join('\n');
}

/** The page of one server. */
export function renderProbedTarget(target: ProbedTarget, style: Style): string {
  const paint = painter(style);
  const rows = pageRows(target, style.width, paint);
  return `${[paint.bold(printable(target.endpoint)), ...rows.map(line)].join('\n')}\n`;
}

function pageRows(target: ProbedTarget, width: number, paint: Paint): readonly Row[] {
  const { prelogin, certificate, strict, strictProtocols, reason, connections, milliseconds } = target;
  return [
    ...(prelogin ? [row('PRELOGIN', `version ${prelogin.version}`)] : []),
    ...encryptionRows(target.encryption, width),
    ...(reason === null ? [] : [row('', paint.level('warning', printable(reason)))]),
    ...protocolRows(target.protocols, paint),
    ...handshakeRows(target.handshake, paint),
    ...strictRows(strict, target.forcesStrict),
    ...protocolRows(strictProtocols, paint, target.protocols),
    ...(certificate ? certificateRows(certificate) : []),
    ...(target.leadingZero ? leadingZeroRows(target.leadingZero, width, paint) : []),
    ...(target.resumption ? resumptionRows(target.resumption) : []),
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

function resumptionRows({ id, ticket }: Resumption): readonly Row[] {
  const word = (answer: boolean | null) => (answer === null ? 'not known' : answer ? 'yes' : 'no');
  return [row('resumption', `by session id: ${word(id)}; by ticket: ${word(ticket)}`)];
}

function strictRows(strict: boolean | null, forced: boolean): readonly Row[] {
  if (strict === null) return [];
  const words = forced ? 'yes, and nothing else (Force Strict Encryption)' : 'yes (Encrypt=Strict)';
  return [row('TDS 8.0', strict ? words : 'no')];
}

function certificateRows(certificate: CertificateFacts): readonly Row[] {
  const { subject, signatureHash, signatureOid, keyType, keyBits, notAfter, selfSigned, subjectAltNames } =
    certificate;
  const signed = `signed with ${signatureHash ?? signatureOid}${selfSigned ? ', by itself' : ''}`;
  const facts = `${printable(subject)}: ${keyType} ${keyBits ?? ''}, ${signed}, until ${notAfter.slice(0, 10)}`;
  return [
    row('certificate', facts),
    ...(subjectAltNames.length > 0 ? [row('', `names ${subjectAltNames.map(printable).join(', ')}`)] : []),
  ];
}
