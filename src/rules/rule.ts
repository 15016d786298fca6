/** What a rule is: its identity in one place, and what it judges. */
import type { Change } from '../model/change.ts';
import type { Client } from '../model/client.ts';
import type { Declaration } from '../model/declaration.ts';
import type { Evidence } from '../model/evidence.ts';
import type { Level } from '../model/finding.ts';
import type { Requirement } from '../model/requirement.ts';
import type { ServerProfile } from '../model/server-profile.ts';
import type { Span } from '../model/span.ts';
import type { Target, When } from '../model/target.ts';
import type { Scenario } from '../model/verdict.ts';
import type { ClientVerdict } from '../tls/quantify.ts';

export interface RuleMeta {
  /** Fixed for ever: policies and suppressions name it. */
  readonly id: string;
  /** Number in Microsoft's 10054 article, if it is one of the six. */
  readonly scenario: Scenario | null;
  readonly level: Level;
  readonly title: string;
  /** What it is about and why it matters, in a paragraph of Markdown: the rule's page and `explain` show it. */
  readonly why: string;
  readonly helpUri: string;
}

/** One client and one target, judged. */
export interface JudgedPair extends ClientVerdict {
  readonly client: Client;
  readonly target: Target;
  readonly when: When;
  /** Date from which a planned server counts. */
  readonly from: string | null;
  readonly server: ServerProfile;
  /** ISO date. */
  readonly today: string;
  /** Every case that fails runs on something out of support. */
  readonly onlyUnsupported: boolean;
}

/** One target with what is known of it now, and its pairs. */
export interface JudgedTarget {
  readonly target: Target;
  readonly server: ServerProfile;
  readonly pairs: readonly JudgedPair[];
}

/** All that was found, for rules that look at more than one thing. */
export interface JudgedRepository {
  readonly declarations: readonly Declaration[];
  readonly clients: readonly Client[];
  readonly targets: readonly JudgedTarget[];
  readonly pairs: readonly JudgedPair[];
  /** Rows of the policy packs that the policy file takes over. */
  readonly requirements: readonly Requirement[];
  /** ISO date. */
  readonly today: string;
}

/** What a rule found, before policy and fingerprint. */
export interface Draft {
  readonly span: Span;
  /** When it is not the rule's default. */
  readonly level?: Level;
  /** What was found, why it fails. */
  readonly message: string;
  readonly fix: string;
  /** The fix as data, where it can be. */
  readonly changes?: readonly Change[];
  readonly client: string | null;
  readonly target: string | null;
  readonly evidence: readonly Evidence[];
  /** What the fingerprint is made of beside rule, file, client and target: no line numbers. */
  readonly about: string;
}

export interface Rule {
  readonly meta: RuleMeta;
  judgePair?(pair: JudgedPair): readonly Draft[];
  judgeClient?(client: Client): readonly Draft[];
  judgeTarget?(target: JudgedTarget): readonly Draft[];
  judgeRepository?(repository: JudgedRepository): readonly Draft[];
}

/**
 * `fails` is as bad as the rule says; `may-fail`, a plan, or mere supposition is one step less, and one step more when
 * only systems out of support could fail.
 */
export function levelOf({ verdict, when, onlyUnsupported }: JudgedPair): Level {
  if (verdict.outcome === 'may-fail' && onlyUnsupported) return 'notice';
  return verdict.outcome === 'fails' && when === 'current' && verdict.confidence !== 'assumed'
    ? 'error'
    : 'warning';
}

/** `From 2027-03-01 it will fail: ` for a plan, `` for today. */
export function opening({ when, from }: JudgedPair): string {
  if (when === 'current') return '';
  return from === null ? 'With the planned settings: ' : `From ${from}: `;
}

/** `services/billing (System.Data.SqlClient 4.0)`. */
export function clientWords({ name, driver }: Client): string {
  const what = `${driver.label}${driver.version ? ` ${driver.version}` : ''}`;
  return name.endsWith(`(${driver.label})`)
    ? `${name.slice(0, -driver.label.length - 1)}${what})`
    : `${name} (${what})`;
}

const SEEN = {
  reset: 'reset the connection',
  close: 'closed the connection',
  alert: 'sent a TLS alert',
} as const;

/** What the probe saw, as a sentence; `` when nothing was seen. */
export function seen({ verdict: { rejection } }: JudgedPair): string {
  return rejection === null ? '' : ` The probe saw it: the server ${SEEN[rejection]}.`;
}
