/** What a probe found, as a page for a terminal. */
import type { ProbedProtocol, ProbedTarget, ProbeReport, SimulatedDriver } from '../model/probe-report.ts';
import { wrapped } from './display-width.ts';
import { leadingZeroLines } from './probe-leading-zero.ts';
import { type Paint, painter, type Style } from './style.ts';
import { counted, printable } from './words.ts';

export function renderProbe({ targets }: ProbeReport, style: Style): string {
  const paint = painter(style);
  return targets.map((target) => `${page(target, style.width, paint).join('\n')}\n`).join('\n');
}

function page(target: ProbedTarget, width: number, paint: Paint): string[] {
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
  if (target.leadingZero)
    lines.push(
      ...leadingZeroLines(target.leadingZero, width - COLUMN - 4, paint).map((line, at) =>
        row(at === 0 ? 'scenario 5' : '', line),
      ),
    );
  if (target.drivers) lines.push(...driverLines(target.drivers, width, paint));
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

const MARKS = { connects: '✓', fails: '✗', 'may-fail': '~', unknown: '?' } as const;

/** Generations of one driver that come to the same are one line. */
function driverLines(drivers: readonly SimulatedDriver[], width: number, paint: Paint): string[] {
  const groups = new Map<string, SimulatedDriver[]>();
  for (const one of drivers) {
    const key = JSON.stringify([one.driver, one.outcome, one.protocol, one.suite, one.scenario]);
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()].flatMap((alike, index) => {
    const [one] = alike;
    if (!one) return [];
    const all = drivers.filter(({ driver }) => driver === one.driver).length === alike.length;
    const which = all ? '' : ` ${alike.map(({ versions }) => versions).join(' | ')}`;
    const words = `${MARKS[one.outcome]} ${printable(`${one.label}${which}`)}: ${printable(come(one))}`;
    return wrapped(words, width - COLUMN - 4).map((line, at) => {
      const shown = `${at === 0 ? '' : '  '}${line}`;
      const label = index === 0 && at === 0 ? 'drivers' : '';
      return row(label, one.outcome === 'fails' ? paint.level('error', shown) : shown);
    });
  });
}

function come({ outcome, protocol, suite, reason }: SimulatedDriver): string {
  return outcome === 'connects' && protocol !== null && suite !== null ? `${protocol} ${suite}` : reason;
}

const COLUMN = 12;
const row = (label: string, text: string) => `  ${label.padEnd(COLUMN)}${text}`;
