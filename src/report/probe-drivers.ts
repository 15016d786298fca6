/** Which drivers could connect, for a terminal. */
import type { SimulatedDriver } from '../model/probe-report.ts';
import { wrapped } from './display-width.ts';
import { MARGIN, type Row, row } from './probe-row.ts';
import type { Paint } from './style.ts';
import { printable } from './words.ts';

const MARKS = { connects: '✓', fails: '✗', 'may-fail': '~', unknown: '?' } as const;

/** Generations of one driver that come to the same are one line. */
export function driverRows(drivers: readonly SimulatedDriver[], width: number, paint: Paint): readonly Row[] {
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
    return wrapped(words, width - MARGIN - 2).map((text, at) => {
      const shown = `${at === 0 ? '' : '  '}${text}`;
      const label = index === 0 && at === 0 ? 'drivers' : '';
      return row(label, one.outcome === 'fails' ? paint.level('error', shown) : shown);
    });
  });
}

function come({ outcome, protocol, suite, reason }: SimulatedDriver): string {
  return outcome === 'connects' && protocol !== null && suite !== null ? `${protocol} ${suite}` : reason;
}
