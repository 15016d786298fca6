/** What a server takes, version by version, for a terminal. */
import type { EnumeratedProtocol, ProbedHandshake, ProbedSuite } from '../model/probe-report.ts';
import { type Row, row } from './probe-row.ts';
import type { Paint } from './style.ts';
import { counted, printable } from './words.ts';

/**
 * Newest first. A version with the same suites as the one before, or as it has in `elsewhere`, says so instead of listing
 * them again.
 */
export function protocolRows(
  protocols: readonly EnumeratedProtocol[],
  paint: Paint,
  elsewhere: readonly EnumeratedProtocol[] = [],
): readonly Row[] {
  const newestFirst = [...protocols].reverse();
  return newestFirst.flatMap((protocol, index) => {
    const { version, suites } = protocol;
    const same = (other: EnumeratedProtocol | undefined) =>
      other !== undefined && suites.length > 1 && alike(protocol, other);
    const before = newestFirst[index - 1];
    const all = `the same ${counted(suites.length, 'suite')} as`;
    if (before && same(before)) return [row(version, `${all} ${before.version}`)];
    if (same(elsewhere.find((other) => other.version === version)))
      return [row(version, `${all} in TDS 7.x`)];
    return protocolLines(protocol, paint);
  });
}

function protocolLines(protocol: EnumeratedProtocol, paint: Paint): readonly Row[] {
  const { version, state, rejection, alert, suites, order, groups, suiteFacts } = protocol;
  if (state === 'no-answer') return [row(version, paint.level('warning', 'no answer'))];
  if (state === 'rejected') {
    const code = alert === null ? '' : ` ${alert}`;
    return [row(version, `no (${rejection === null ? 'answered with an older version' : rejection + code})`)];
  }
  const width = Math.max(...suites.map(({ length }) => length));
  return [
    row(version, `${counted(suites.length, 'suite')}${order === null ? '' : PREFERENCE[order]}`),
    ...suiteFacts.map((suite) => row('', suiteLine(suite, width, paint))),
    ...(groups.length > 0 ? [row('', `groups ${groups.map(printable).join(', ')}`)] : []),
  ];
}

const PREFERENCE = { server: ', in its own order', client: ', in the order of the client' } as const;

function suiteLine({ name, grade, dh, signature }: ProbedSuite, width: number, paint: Paint): string {
  const notes = [
    ...(dh
      ? [
          `DH ${dh.bits}${dh.name === null ? '' : `, ${dh.name}`}${dh.safe === false ? ', no safe prime' : ''}`,
        ]
      : []),
    ...(signature !== null && /sha1|md5/.test(signature) ? [`signed with ${signature}`] : []),
  ].join('; ');
  const word = grade.padEnd('recommended'.length);
  const shown =
    grade === 'insecure'
      ? paint.level('error', word)
      : grade === 'weak'
        ? paint.level('warning', word)
        : grade === 'unknown'
          ? paint.dim(word)
          : paint.good(word);
  return `  ${shown}  ${notes === '' ? printable(name) : `${printable(name).padEnd(width)}  ${paint.dim(notes)}`}`;
}

function alike(one: EnumeratedProtocol, other: EnumeratedProtocol): boolean {
  const shown = ({ state, suites, order, groups, suiteFacts }: EnumeratedProtocol) =>
    // Below TLS 1.2 no scheme is named, so it cannot differ.
    JSON.stringify([state, suites, order, groups, suiteFacts.map(({ dh }) => dh)]);
  return shown(one) === shown(other);
}

/** What is worth a word: what is missing, and what the server insists on. */
export function handshakeRows(handshake: ProbedHandshake | null, paint: Paint): readonly Row[] {
  if (!handshake) return [];
  const {
    extendedMasterSecret,
    secureRenegotiation,
    compression,
    sessionId,
    withoutSha1,
    withoutSha512,
    serverName,
  } = handshake;
  const traits = [
    extendedMasterSecret ? 'extended master secret' : 'no extended master secret',
    secureRenegotiation ? 'secure renegotiation' : 'no secure renegotiation',
    sessionId ? 'sessions with an id' : 'sessions without an id',
    ...(compression === true ? ['compression'] : []),
  ].join(', ');
  const minds = [
    ...(withoutSha1 === 'rejected' ? ['It refuses a hello that lists no SHA-1 signature algorithm.'] : []),
    ...(withoutSha512 === 'rejected'
      ? ['It refuses a hello that lists no SHA-512 signature algorithm.']
      : []),
    ...(serverName === 'is required' ? ['It refuses a hello that names no host.'] : []),
    ...(serverName === 'changes the certificate'
      ? ['Its certificate depends on the host that the hello names.']
      : []),
  ];
  return [row('handshake', traits), ...minds.map((sentence) => row('', paint.level('warning', sentence)))];
}
