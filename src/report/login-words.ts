/** What a login learned, in words: for people who want to know whether the server has seen the errors that clients see. */
import type {
  CertificateInUse,
  Connectivity,
  ConnectivityCause,
  ServerEvidence,
  ServerLogin,
  ServerWorkers,
} from '../model/server-evidence.ts';
import { counted, printable } from './words.ts';

/** As many causes as a person reads. */
const MOST_CAUSES = 3;
const RESET = 10054;

/** The most telling first. Sentences without their full stops, fit to print. */
export function loginWords({ reason, evidence }: ServerLogin): readonly string[] {
  if (evidence === null) return [`no evidence: ${printable(reason ?? 'not known')}`];
  return [
    serverWords(evidence),
    ...(evidence.connectivity ? [connectivityWords(evidence.connectivity)] : []),
    ...timerWords(evidence),
    ...certificateWords(evidence.certificate),
    ...(evidence.workers ? [workerWords(evidence.workers)] : []),
    ...queueWords(evidence),
    ...evidence.notes,
  ].map(printable);
}

/** The first two lines of what was learned, and how much was not; none when nothing was. */
export function loginInBrief(login: ServerLogin | null): readonly string[] {
  if (!login?.evidence) return [];
  const unread = login.evidence.notes.length;
  return [
    serverWords(login.evidence),
    ...(login.evidence.connectivity ? [connectivityWords(login.evidence.connectivity)] : []),
    ...(unread > 0 ? [`${counted(unread, 'note')} on what it did not say; the JSON report has them`] : []),
  ].map(printable);
}

function serverWords({ product, host, session }: ServerEvidence): string {
  const parts = [
    `build ${product?.build ?? 'not known'}`,
    ...(product?.updateLevel ? [`(${product.updateLevel})`] : []),
    ...(host ? [`on ${host.distribution}`] : []),
    ...(host?.windowsBuild ? [`(build ${host.windowsBuild})`] : []),
  ];
  const encrypted = session?.encrypted;
  const seen =
    encrypted === true ? ', session encrypted' : encrypted === false ? ', session not encrypted' : '';
  return `${parts.join(' ')}${seen}`;
}

function connectivityWords({ records, causes, oldestSeconds }: Connectivity): string {
  if (records === 0) return 'connectivity ring buffer: empty';
  const resets = causes
    .filter(({ osError, tdsInputBufferError, tdsOutputBufferError }) =>
      [osError, tdsInputBufferError, tdsOutputBufferError].includes(RESET),
    )
    .reduce((sum, { count }) => sum + count, 0);
  const since = oldestSeconds === null ? '' : ` of the last ${spanWords(oldestSeconds)}`;
  const listed = causes.slice(0, MOST_CAUSES).map(causeWords);
  const more = causes.length > MOST_CAUSES ? [`${causes.length - MOST_CAUSES} other causes`] : [];
  return `connectivity ring buffer: ${counted(records, 'record')}${since}, ${resets} with error ${RESET}: ${[...listed, ...more].join('; ')}`;
}

function causeWords(cause: ConnectivityCause): string {
  const { count, recordType, recordSource, disconnectFlags } = cause;
  const details = [
    ...(recordSource === null ? [] : [`by ${recordSource}`]),
    ...(cause.osError === null ? [] : [`system error ${cause.osError}`]),
    ...(cause.tdsInputBufferError === null ? [] : [`${cause.tdsInputBufferError} reading`]),
    ...(cause.tdsOutputBufferError === null ? [] : [`${cause.tdsOutputBufferError} writing`]),
    ...(cause.sniConsumerError === null ? [] : [`error ${cause.sniConsumerError}`]),
    ...disconnectFlags,
  ];
  return `${count} ${recordType}${details.length > 0 ? ` (${details.join(', ')})` : ''}`;
}

function timerWords({ connectivity }: ServerEvidence): string[] {
  const timers = connectivity?.loginTimers;
  if (!timers) return [];
  const { total, enqueued, ssl, networkReads } = timers.longest;
  return [
    `slowest of ${counted(timers.count, 'login')} with timers: ${total} ms in all; longest wait for a worker ${enqueued} ms, TLS ${ssl} ms, reading ${networkReads} ms`,
  ];
}

const RELATIONS: Readonly<Record<NonNullable<CertificateInUse['relation']>, string>> = {
  'as configured': 'the certificate is the one that the registry names',
  'other than configured':
    'the certificate is another than the registry names: the server was not restarted since, or something before it ends TLS',
  'self-generated or picked':
    'the registry names no certificate: the server picked one, or made one at its start',
};

function certificateWords({ relation, forceEncryption, forceStrict }: CertificateInUse): string[] {
  const forced = [
    ...(forceEncryption === true ? ['Force Encryption is set'] : []),
    ...(forceStrict === true ? ['Force Strict Encryption is set'] : []),
  ];
  const words = [...(relation === null ? [] : [RELATIONS[relation]]), ...forced];
  return words.length > 0 ? [words.join('; ')] : [];
}

function workerWords(workers: ServerWorkers): string {
  const { activeWorkers, currentWorkers, maxWorkers, waitingTasks, threadpoolWaits, threadpoolWaitMs } =
    workers;
  const number = (value: number | null) => (value === null ? 'unknown' : String(value));
  return `workers: ${number(activeWorkers)} active of ${number(currentWorkers)}, at most ${number(maxWorkers)}; ${number(waitingTasks)} tasks wait; THREADPOOL waits since the start: ${number(threadpoolWaits)}, ${number(threadpoolWaitMs)} ms in all`;
}

/** Pools whose work waits. */
function queueWords({ dispatcherPools }: ServerEvidence): string[] {
  const waiting = (dispatcherPools ?? []).filter(({ queueLength }) => (queueLength ?? 0) > 0);
  return waiting.map(({ name, queueLength }) => `dispatcher pool ${name}: ${queueLength} waiting`);
}

function spanWords(seconds: number): string {
  if (seconds < 120) return counted(seconds, 'second');
  if (seconds < 7200) return `${Math.round(seconds / 60)} minutes`;
  return seconds < 172_800 ? `${Math.round(seconds / 3600)} hours` : `${Math.round(seconds / 86_400)} days`;
}
