/** Entries of RING_BUFFER_CONNECTIVITY → counts by cause and login timers. Pure. The view is not documented: unknown parts are passed over. */
import { parseXml, XmlElement, XmlError } from '@rgrove/parse-xml';
import {
  type Connectivity,
  type ConnectivityCause,
  LOGIN_TIMERS,
  type LoginTimer,
  type LoginTimers,
} from '../../model/server-evidence.ts';
import { percentile } from '../timings/timing-summary.ts';

/** One entry: `record` as nvarchar, and how many seconds before now it was written. */
export interface RingBufferRow {
  readonly record: string;
  readonly ageSeconds: number | null;
}

type Cause = Omit<ConnectivityCause, 'count'>;

export interface RingBufferRecord extends Cause {
  /** `null` when it carries none. */
  readonly timers: Readonly<Record<LoginTimer, number>> | null;
}

const TIMER_ELEMENTS: Readonly<Record<LoginTimer, string>> = {
  total: 'TotalLoginTimeInMilliseconds',
  enqueued: 'LoginTaskEnqueuedInMilliseconds',
  networkWrites: 'NetworkWritesInMilliseconds',
  networkReads: 'NetworkReadsInMilliseconds',
  ssl: 'SslProcessingInMilliseconds',
  sspi: 'SspiProcessingInMilliseconds',
  loginTrigger: 'LoginTriggerAndResourceGovernorProcessingInMilliseconds',
};
/** A record column holds 3000 characters; a longer one is none of SQL Server's. */
const LONGEST = 16_384;
/** What an entry says of itself is a word of SQL Server's; anything else is not shown. */
const WORD = /^\w{1,64}$/;

/** `null` when it is no entry of the known shape. */
export function parseRecord(xml: string): RingBufferRecord | null {
  const trace = xml.length <= LONGEST ? traceOf(xml) : null;
  const recordType = trace && word(trace, 'RecordType');
  if (!trace || recordType === null) return null;
  const buffers = child(trace, 'TdsBuffersInformation');
  const flags = child(trace, 'TdsDisconnectFlags');
  const timers = child(trace, 'LoginTimers');
  return {
    recordType,
    recordSource: word(trace, 'RecordSource'),
    osError: errorNumber(trace, 'OSError'),
    sniConsumerError: errorNumber(trace, 'SniConsumerError'),
    tdsInputBufferError: buffers && errorNumber(buffers, 'TdsInputBufferError'),
    tdsOutputBufferError: buffers && errorNumber(buffers, 'TdsOutputBufferError'),
    disconnectFlags: flags ? setFlags(flags) : [],
    timers: timers && timersOf(timers),
  };
}

export function connectivityOf(rows: readonly RingBufferRow[]): Connectivity {
  const records = rows.flatMap(({ record }) => parseRecord(record) ?? []);
  const ages = rows.flatMap(({ ageSeconds }) => ageSeconds ?? []);
  return {
    records: rows.length,
    unreadable: rows.length - records.length,
    oldestSeconds: ages.length > 0 ? Math.max(...ages) : null,
    newestSeconds: ages.length > 0 ? Math.min(...ages) : null,
    causes: counted(records),
    loginTimers: timerSummary(records.flatMap(({ timers }) => timers ?? [])),
  };
}

function traceOf(xml: string): XmlElement | null {
  try {
    const { root } = parseXml(xml, { ignoreUndefinedEntities: true });
    return root?.name === 'Record' && root.attributes.type === 'RING_BUFFER_CONNECTIVITY'
      ? child(root, 'ConnectivityTraceRecord')
      : null;
  } catch (error) {
    if (error instanceof XmlError) return null;
    throw error;
  }
}

const child = (parent: XmlElement, name: string): XmlElement | null =>
  parent.children.find((one): one is XmlElement => one instanceof XmlElement && one.name === name) ?? null;

function word(parent: XmlElement, name: string): string | null {
  const text = child(parent, name)?.text.trim() ?? '';
  return WORD.test(text) ? text : null;
}

/** Decimal, or hexadecimal after `0x`. */
function number(parent: XmlElement, name: string): number | null {
  const text = child(parent, name)?.text.trim() ?? '';
  return /^(-?\d{1,15}|0x[0-9a-f]{1,8})$/i.test(text) ? Number(text) : null;
}

/** 0 is no error. */
const errorNumber = (parent: XmlElement, name: string) => number(parent, name) || null;

function setFlags(flags: XmlElement): string[] {
  const names = flags.children.flatMap((one) =>
    one instanceof XmlElement && WORD.test(one.name) && one.text.trim() === '1' ? [one.name] : [],
  );
  return names.sort();
}

/** A timer that an entry lacks counts as 0, as it is written where a step was not reached. */
function timersOf(timers: XmlElement): Readonly<Record<LoginTimer, number>> {
  return eachTimer((timer) => Math.max(0, number(timers, TIMER_ELEMENTS[timer]) ?? 0));
}

function eachTimer(value: (timer: LoginTimer) => number): Record<LoginTimer, number> {
  const values = LOGIN_TIMERS.map((timer) => [timer, value(timer)] as const);
  return Object.fromEntries(values) as Record<LoginTimer, number>;
}

function counted(records: readonly RingBufferRecord[]): ConnectivityCause[] {
  const causes = new Map<string, { readonly cause: Cause; count: number }>();
  for (const { timers: _, ...cause } of records) {
    const key = JSON.stringify(cause);
    const known = causes.get(key);
    if (known) known.count++;
    else causes.set(key, { cause, count: 1 });
  }
  return [...causes.entries()]
    .sort(([one, a], [other, b]) => b.count - a.count || (one < other ? -1 : 1))
    .map(([, { cause, count }]) => ({ count, ...cause }));
}

function timerSummary(all: readonly Readonly<Record<LoginTimer, number>>[]): LoginTimers | null {
  if (all.length === 0) return null;
  return {
    count: all.length,
    median: eachTimer((timer) => percentile(valuesOf(all, timer), 50) ?? 0),
    longest: eachTimer((timer) => Math.max(...valuesOf(all, timer))),
  };
}

const valuesOf = (all: readonly Readonly<Record<LoginTimer, number>>[], timer: LoginTimer) =>
  all.map((timers) => timers[timer]);
