/** What a probe found, as a page for a terminal. */
import type { ProbedProtocol, ProbedTarget, ProbeReport } from '../model/probe-report.ts';
import { type Paint, painter, type Style } from './style.ts';
import { counted, printable } from './words.ts';

export function renderProbe({ targets }: ProbeReport, style: Style): string {
  const paint = painter(style);
  return targets.map((target) => `${page(target, paint).join('\n')}\n`).join('\n');
}

function page(target: ProbedTarget, paint: Paint): string[] {
  const { endpoint, prelogin, certificate, protocols, reason, connections, milliseconds } = target;
  const lines = [paint.bold(printable(endpoint))];
  if (prelogin) lines.push(row('PRELOGIN', `version ${prelogin.version}, encryption ${prelogin.encryption}`));
  if (reason !== null) lines.push(row('', paint.level('warning', printable(reason))));
  if (prelogin && target.strict !== null)
    lines.push(row('TDS 8.0', target.strict ? 'yes (Encrypt=Strict)' : 'no'));
  for (const protocol of [...protocols].reverse()) lines.push(...protocolLines(protocol, paint));
  if (certificate) {
    const { subject, signatureHash, signatureOid, keyType, keyBits, notAfter, selfSigned, subjectAltNames } =
      certificate;
    const signed = `signed with ${signatureHash ?? signatureOid}${selfSigned ? ', by itself' : ''}`;
    lines.push(
      row(
        'certificate',
        `${printable(subject)}: ${keyType} ${keyBits ?? ''}, ${signed}, until ${notAfter.slice(0, 10)}`,
      ),
    );
    if (subjectAltNames.length > 0) lines.push(row('', `names ${subjectAltNames.map(printable).join(', ')}`));
  }
  return [...lines, row('', paint.dim(`${counted(connections, 'connection')}, ${milliseconds} ms`))];
}

function protocolLines(
  { version, state, rejection, alert, suites, order, groups }: ProbedProtocol,
  paint: Paint,
): string[] {
  if (state === 'no-answer') return [row(version, paint.level('warning', 'no answer'))];
  if (state === 'rejected') {
    const how =
      rejection === null
        ? 'answered with an older version'
        : `${rejection}${alert === null ? '' : ` ${alert}`}`;
    return [row(version, `no (${how})`)];
  }
  const preference =
    order === null ? '' : order === 'server' ? ', in its own order' : ', in the order of the client';
  return [
    row(version, `${counted(suites.length, 'suite')}${preference}`),
    ...suites.map((suite) => row('', `  ${printable(suite)}`)),
    ...(groups.length > 0 ? [row('', `groups ${groups.map(printable).join(', ')}`)] : []),
  ];
}

const COLUMN = 12;
const row = (label: string, text: string) => `  ${label.padEnd(COLUMN)}${text}`;
