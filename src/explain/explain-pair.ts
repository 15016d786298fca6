/** One judged pair and what the rules say of it → an explanation. */

import { driver } from '../catalog/drivers.ts';
import { errorText } from '../catalog/error-texts.ts';
import { tlsStack } from '../catalog/tls-stacks.ts';
import type { ExplainedCase, ExplainedPair, ExplainedStep } from '../model/explanation.ts';
import type { Finding } from '../model/finding.ts';
import type { Rejection } from '../model/observation.ts';
import type { JudgedPair } from '../rules/rule.ts';
import { alertName } from '../tls/names.ts';
import { type CaseVerdict, labels } from '../tls/quantify.ts';
import { stepsOf } from './steps.ts';

/** What was asked, where it was written in words. */
export interface Words {
  /** Where the client runs, as understood. */
  readonly runsOn: string | null;
  readonly product: string | null;
  readonly build: string | null;
  readonly os: string | null;
  readonly certificate: string | null;
  readonly notUnderstood: readonly string[];
}

/** `findings`: those of this pair and its target. */
export function explainPair(
  pair: JudgedPair,
  findings: readonly Finding[],
  words: Words | null,
): ExplainedPair {
  const { client, target, server, verdict } = pair;
  const { outcome, protocol, suite, step, scenario, cause, confidence, reason } = verdict;
  const worst = worstOf(pair);
  const { told, advice } = sorted(findings, pair);
  const wire = wireOf(pair);
  const certificate = server.certificate?.value;
  return {
    client: client.name,
    target: target.name,
    when: pair.when,
    from: pair.from,
    outcome,
    protocol,
    suite,
    step,
    scenario,
    cause,
    confidence,
    understood: {
      driver: driver(client.driver.id)?.name ?? client.driver.label,
      driverId: client.driver.id,
      version: client.driver.version,
      stack: stackWords(pair.cases) ?? words?.runsOn ?? null,
      stackIds: [...new Set(pair.cases.flatMap(({ of }) => of.stack ?? []))],
      product: words?.product ?? server.product?.value ?? null,
      build: words?.build ?? server.build?.value ?? null,
      os: words ? words.os : (server.os?.value ?? null),
      certificate: words?.certificate ?? (certificate ? certificateWords(certificate) : null),
      encrypt: client.settings.encrypt?.value ?? null,
      trustServerCertificate: client.settings.trustServerCertificate?.value ?? null,
    },
    notUnderstood: [...(words?.notUnderstood ?? []), ...client.unresolved, ...target.unresolved],
    reason,
    fix: told?.fix ?? null,
    changes: (told?.changes ?? []).filter(({ kind }) => words === null || kind !== 'edit'),
    rule: told?.rule ?? null,
    helpUri: told?.helpUri ?? null,
    steppedThrough: worst && !worst.of.clearText ? labels([worst]) : null,
    steps: (worst ? stepsOf(pair, worst) : []).map((step) => (words === null ? step : withoutPlaces(step))),
    cases: pair.cases.map(inBrief),
    systems: [],
    wire,
    error: wire && worst ? errorOf(pair, worst, wire.by) : null,
    advice: advice.map(({ rule, level, message, fix }) => ({ rule, level, message, fix })),
    sources: sourcesOf(pair, worst, told),
  };
}

/** What is said in words stands in no file. */
function withoutPlaces(step: ExplainedStep): ExplainedStep {
  return { ...step, evidence: step.evidence.map(({ span: _, ...evidence }) => evidence) };
}

/** More stacks than this are counted. */
const MOST_STACKS = 3;

function stackWords(cases: readonly CaseVerdict[]): string | null {
  // Behind the comma stands the generation of the driver.
  const withTls = cases.filter(({ of }) => !of.clearText);
  const names = [...new Set(withTls.map(({ of }) => of.label.replace(/, .*$/, '')))];
  if (names.length === 0) return null;
  const more = names.length - MOST_STACKS;
  const shown = names.slice(0, MOST_STACKS).join(', ');
  return more > 0 ? `${shown} and ${more} more` : shown;
}

/** The case that the verdict speaks of. */
function worstOf({ cases }: JudgedPair): CaseVerdict | null {
  for (const outcome of ['fails', 'may-fail', 'unknown', 'connects'] as const) {
    const found = cases.find(({ verdict }) => verdict.outcome === outcome);
    if (found) return found;
  }
  return null;
}

/** The finding that says why it dies; the rest is advice. */
function sorted(findings: readonly Finding[], { verdict, when }: JudgedPair) {
  const dies = verdict.outcome === 'fails' || verdict.outcome === 'may-fail';
  const told = dies
    ? (findings.find(({ evidence }) => evidence === verdict.evidence) ??
      findings.find(({ scenario }) => scenario !== null && scenario === verdict.scenario) ??
      null)
    : null;
  return { told, advice: when === 'current' ? findings.filter((one) => one !== told) : [] };
}

const GIVES_UP: Readonly<Record<Rejection, string>> = {
  reset: 'resets the connection (TCP RST)',
  close: 'closes the connection (TCP FIN)',
  alert: 'sends a TLS alert',
};

function wireOf({ verdict }: JudgedPair): ExplainedPair['wire'] {
  const { wire, step } = verdict;
  if (!wire) return null;
  const name = wire.alert === null ? null : `${wire.alert} ${alertName(wire.alert) ?? ''}`.trim();
  const alert =
    name === null
      ? ''
      : wire.how === 'alert'
        ? ` ${name}`
        : `; the alert ${name} stands in its event log alone`;
  const after =
    wire.by === 'server' && (step === 'protocol' || step === 'cipher-suite')
      ? 'after the ClientHello, without a ServerHello, '
      : wire.by === 'client' && step === 'protocol'
        ? 'after the ServerHello '
        : '';
  const who = `the ${wire.by} ${GIVES_UP[wire.how]}${alert}`;
  return { ...wire, words: `${after}${who}` };
}

function errorOf({ client, verdict }: JudgedPair, { of }: CaseVerdict, by: 'client' | 'server') {
  const family = of.stack === null ? null : tlsStack(of.stack)?.family;
  return errorText({
    kind: driver(client.driver.id)?.kind ?? '',
    by,
    windows: family === 'schannel',
    cause: verdict.cause,
  });
}

function inBrief({ of, verdict }: CaseVerdict): ExplainedCase {
  const { outcome, protocol, suite, step, cause, reason } = verdict;
  return { label: of.label, condition: of.condition, outcome, protocol, suite, step, cause, reason };
}

function certificateWords({
  keyType,
  keyBits,
  signatureHash,
  subject,
}: NonNullable<JudgedPair['server']['certificate']>['value']): string {
  return `${subject || 'no subject'}, ${keyType}${keyBits === null ? '' : ` ${keyBits}`}, ${signatureHash ?? 'hash not known'}`;
}

/** Links and citations of what it rests on, each once. */
function sourcesOf(
  { verdict }: JudgedPair,
  worst: CaseVerdict | null,
  told: Finding | null,
): readonly string[] {
  const evidence = [...verdict.evidence, ...(worst?.verdict.evidence ?? [])];
  return [...new Set([...(told ? [told.helpUri] : []), ...evidence.flatMap(({ source }) => source ?? [])])];
}
