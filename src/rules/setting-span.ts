/** Where a declared TLS setting decides a verdict, that setting is the place to edit. */
import type { Evidence } from '../model/evidence.ts';
import { PROTOCOLS } from '../model/protocol.ts';
import type { Span } from '../model/span.ts';
import type { CaseVerdict } from '../tls/quantify.ts';
import type { JudgedPair } from './rule.ts';

/** The setting that took away what the other side still has; `null`: no file's setting is the reason. */
export function decisiveSetting({ cases, verdict, server }: JudgedPair): Evidence | null {
  const failing = cases.filter(({ verdict: { outcome } }) => outcome === 'fails' || outcome === 'may-fail');
  const isVersion = (name: string) => PROTOCOLS.some((one) => one === name);
  const wanted = new Set(
    [...ofServer(server), ...failing.flatMap(ofClient)].filter(
      (name) => isVersion(name) === (verdict.step === 'protocol'),
    ),
  );
  const settings = [...verdict.evidence, ...failing.flatMap(({ of }) => of.evidence)];
  return (
    settings.find(({ took, span }) => span !== undefined && took?.some((name) => wanted.has(name))) ?? null
  );
}

/** Its place; `null` also for a setting of a file that was only asked about: it need not lie in the checked folder. */
export function settingSpan(pair: JudgedPair): Span | null {
  const span = decisiveSetting(pair)?.span;
  const asked = pair.target.planned?.change.settings ?? [];
  return span && !asked.some((setting) => setting.span === span) ? span : null;
}

/** The smallest fix, where a setting is the reason. */
export function settingFix(pair: JudgedPair): string | null {
  const setting = decisiveSetting(pair);
  return setting && `Change this setting: ${setting.statement}.`;
}

function ofServer({ protocols, suites, groups, signatureAlgorithms }: JudgedPair['server']): string[] {
  const versions = Object.entries(protocols).flatMap(([name, { value }]) =>
    value === 'accepted' ? [name] : [],
  );
  return [
    ...versions,
    ...(suites?.value.names ?? []),
    ...(groups?.value ?? []),
    ...(signatureAlgorithms?.value ?? []),
  ];
}

function ofClient({ of: { hello } }: CaseVerdict): readonly string[] {
  return hello ? [...hello.protocols, ...hello.suites, ...hello.groups, ...hello.signatureAlgorithms] : [];
}
