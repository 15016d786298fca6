/** `TLS 1.2 only`, `1.0-1.2`, `no TLS 1.0` → the versions that a server has switched on. */
import { PROTOCOLS, type Protocol } from '../model/protocol.ts';
import { quoted } from './not-understood.ts';
import { Remaining } from './remaining.ts';

export interface UnderstoodProtocols {
  /** `null`: none was understood. */
  readonly on: readonly Protocol[] | null;
  readonly notUnderstood: readonly string[];
}

const VERSION = String.raw`(?:(ssl)[ _]?v?3(?:\.0)?|(?:tls[ _]?v?)?1[._]([0-3]))`;
const RANGE = new RegExp(String.raw`\b${VERSION}\s*(?:-|–|to|through|up to)\s*${VERSION}\b`, 'i');
const FROM = new RegExp(
  String.raw`\b${VERSION}\s*(?:\+|and (?:later|newer|higher|up|above)|or (?:later|newer|higher))(?![\w.])`,
  'i',
);
const OFF = new RegExp(
  String.raw`\b(?:no|without|not|disabled?|off:?)\s+${VERSION}\b|\b${VERSION}\s+(?:is |are )?(?:disabled|off|switched off)\b`,
  'i',
);
const ONE = new RegExp(String.raw`\b${VERSION}(?!\d)`, 'i');
const FILLER = /\b(?:only|tls|ssl|and|or|enabled|on|protocols?|just|is|are|minimum|min)\b/gi;

export function understandProtocols(written: string): UnderstoodProtocols {
  const text = new Remaining(written);
  const on = new Set<Protocol>();
  const off = new Set<Protocol>();
  each(text, RANGE, ([, a, b, c, d]) => add(on, between(named(a, b), named(c, d))));
  each(text, FROM, ([, a, b]) => add(on, between(named(a, b), 'TLS 1.3')));
  each(text, OFF, ([, a, b, c, d]) => off.add(named(a ?? c, b ?? d)));
  each(text, ONE, ([, a, b]) => on.add(named(a, b)));
  const chosen = on.size > 0 ? [...on] : off.size > 0 ? PROTOCOLS.filter((one) => one !== 'SSL 3.0') : [];
  const left = PROTOCOLS.filter((one) => chosen.includes(one) && !off.has(one));
  return {
    on: on.size + off.size > 0 ? left : null,
    notUnderstood: text
      .rest()
      .map((piece) => piece.replace(FILLER, '').trim())
      .filter((piece) => piece !== '')
      .map(
        (piece) =>
          `${quoted(piece)} in --server-protocols; expected versions such as "TLS 1.2 only" or "TLS 1.0, TLS 1.1"`,
      ),
  };
}

function each(text: Remaining, pattern: RegExp, use: (match: RegExpExecArray) => void): void {
  for (let match = text.takeMatch(pattern); match !== null; match = text.takeMatch(pattern)) use(match);
}

function add(on: Set<Protocol>, versions: readonly Protocol[]): void {
  for (const version of versions) on.add(version);
}

const named = (ssl: string | undefined, minor: string | undefined): Protocol =>
  ssl === undefined ? (`TLS 1.${minor}` as Protocol) : 'SSL 3.0';

const between = (one: Protocol, other: Protocol): readonly Protocol[] => {
  const places = [PROTOCOLS.indexOf(one), PROTOCOLS.indexOf(other)].sort((a, b) => a - b);
  return PROTOCOLS.slice(places[0], (places[1] ?? 0) + 1);
};
