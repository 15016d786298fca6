/** Links and profiles → judged pairs and targets: `negotiate` for every case, today and as planned. */
import type { Client } from '../model/client.ts';
import type { Evidence } from '../model/evidence.ts';
import type { ServerProfile } from '../model/server-profile.ts';
import type { Target } from '../model/target.ts';
import { changed } from '../tls/changed.ts';
import type { Validation } from '../tls/negotiation/offer.ts';
import { quantify } from '../tls/quantify.ts';
import type { JudgedPair, JudgedTarget } from './rule.ts';

export interface Link {
  readonly client: Client;
  readonly target: Target;
}

/** `profiles`: what is known of each target, by name. `today`: ISO date, for what is out of support. */
export function judge(
  links: readonly Link[],
  targets: readonly Target[],
  profiles: ReadonlyMap<string, ServerProfile>,
  today: string,
): { pairs: readonly JudgedPair[]; targets: readonly JudgedTarget[] } {
  const profileOf = (target: Target) => profiles.get(target.name) ?? target.described;
  const pairs = links.flatMap((link): JudgedPair[] => {
    const now = profileOf(link.target);
    const current = pair(link, now, 'current', null, today);
    const { planned } = link.target;
    if (!planned) return [current];
    const then = changed(now, planned.change, planned.evidence);
    return [current, pair(link, then, 'planned', planned.from, today)];
  });
  return {
    pairs,
    targets: targets.map((target) => ({
      target,
      server: profileOf(target),
      pairs: pairs.filter((one) => one.target.name === target.name),
    })),
  };
}

function pair(
  { client, target }: Link,
  server: ServerProfile,
  when: JudgedPair['when'],
  from: string | null,
  today: string,
): JudgedPair {
  const connecting = {
    cases: client.cases,
    encrypt: client.settings.encrypt?.value ?? null,
    strict: client.driver.strict,
    validation: validationOf(client, server, today),
    evidence: declaredEvidence(client),
  };
  const { verdict, cases } = quantify(connecting, server);
  const failing = cases.filter(({ verdict: { outcome } }) => outcome === 'fails' || outcome === 'may-fail');
  return {
    client,
    target,
    when,
    from,
    server,
    today,
    verdict,
    cases,
    onlyUnsupported: failing.every(({ of }) => of.supportEnds !== null && of.supportEnds < today),
  };
}

/**
 * A client that encrypts and does not trust any certificate validates it; some builds also where the server alone insists on
 * encryption.
 */
function validationOf(
  { settings, endpoint, local, driver }: Client,
  { forceEncryption }: ServerProfile,
  today: string,
): Validation | null {
  const { encrypt, trustServerCertificate: trust, hostNameInCertificate } = settings;
  if (!encrypt || local) return null;
  const forced = driver.validatesWhenForced === true && forceEncryption?.value === true;
  if (encrypt.value === 'Optional' && !forced) return null;
  if (encrypt.value !== 'Strict' && trust?.value !== false) return null;
  const host = hostNameInCertificate ?? endpoint?.host ?? null;
  return {
    host,
    trusted: null,
    at: today,
    evidence: [
      encrypt.evidence,
      ...(trust ? [trust.evidence] : []),
      ...(forced && forceEncryption ? [forceEncryption.evidence] : []),
    ],
  };
}

function declaredEvidence({ driver, driverSpan, connectionSpan, settings }: Client): readonly Evidence[] {
  const what = `${driver.label}${driver.version ? ` ${driver.version}` : ''}`;
  return [
    { strength: 'declared', statement: `the client uses ${what}`, span: driverSpan },
    ...(connectionSpan
      ? [
          {
            strength: 'declared',
            statement: 'its connection string names the server',
            span: connectionSpan,
          } as const,
        ]
      : []),
    ...(settings.encrypt ? [settings.encrypt.evidence] : []),
  ];
}
