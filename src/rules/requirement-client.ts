/** Rows of policy packs that a client breaks: its driver and stack, and its connection string. */
import type { Client } from '../model/client.ts';
import type { ClientHelloProfile } from '../model/hello.ts';
import { compareProtocols } from '../model/protocol.ts';
import type { Requirement } from '../model/requirement.ts';
import { type Breach, broken } from './breach.ts';
import { clientWords } from './rule.ts';

type Breaks = (row: Requirement, hello: ClientHelloProfile) => boolean;

export function clientBreaches(
  client: Client,
  requirements: readonly Requirement[],
  today: string,
): readonly Breach[] {
  if (client.local) return [];
  return [
    ...offered(client, requirements, today, tooOld, 'protocol', 'has no protocol version that is new enough'),
    ...offered(client, requirements, today, noSuite, 'suites', 'has no cipher suite that is allowed'),
    ...settings(client, requirements),
  ];
}

const tooOld: Breaks = ({ minProtocol }, { protocols }) =>
  minProtocol !== undefined && protocols.every((one) => compareProtocols(one, minProtocol) < 0);

const noSuite: Breaks = (row, { suites }) =>
  suites.length > 0 &&
  (row.allowedSuites !== undefined || row.forbiddenSuites !== undefined) &&
  !suites.some((name) => (row.allowedSuites?.includes(name) ?? true) && !row.forbiddenSuites?.includes(name));

/** A row counts only where every supported case is known and breaks it. */
function offered(
  client: Client,
  requirements: readonly Requirement[],
  today: string,
  breaks: Breaks,
  about: string,
  says: string,
): readonly Breach[] {
  const cases = client.cases.filter(({ supportEnds }) => supportEnds === null || supportEnds >= today);
  const by = requirements.filter(
    (row) => cases.length > 0 && cases.every(({ hello }) => hello?.protocols.length && breaks(row, hello)),
  );
  const evidence = cases.flatMap((one) => one.evidence);
  if (by.length === 0 || evidence.some(({ strength }) => strength === 'assumed')) return [];
  return [
    {
      span: client.driverSpan,
      found: `${clientWords(client)} ${says}`,
      fix:
        cases.find(({ tls12Fix }) => tls12Fix !== null)?.tls12Fix ?? 'Raise the driver or what it runs on.',
      by,
      evidence,
      about,
    },
  ];
}

function settings(client: Client, requirements: readonly Requirement[]): readonly Breach[] {
  const { connectionSpan, encryptSpan, trustSpan } = client;
  const { encrypt, trustServerCertificate: trust } = client.settings;
  if (connectionSpan === null) return [];
  const byEncrypt = broken(encrypt, requirements, (row, mode) => row.encrypt?.includes(mode) === false);
  const byTrust =
    encrypt?.value === 'Strict' // Strict validates whatever the keyword says.
      ? []
      : broken(trust, requirements, (row, value) => value && row.trustServerCertificate === false);
  const breach = (by: readonly Requirement[], rest: Omit<Breach, 'by'>) =>
    by.length ? [{ ...rest, by }] : [];
  return [
    ...breach(byEncrypt, {
      span: encryptSpan ?? connectionSpan,
      found: `${clientWords(client)}: ${encrypt?.evidence.statement}`,
      fix: 'Write Encrypt=True (Mandatory), with a certificate the client trusts.',
      evidence: encrypt ? [encrypt.evidence] : [],
      about: 'encrypt',
    }),
    ...breach(byTrust, {
      span: trustSpan ?? connectionSpan,
      found: `${clientWords(client)}: ${trust?.evidence.statement}, so any certificate is taken`,
      fix: 'Write TrustServerCertificate=False, and give the server a certificate the client trusts.',
      evidence: trust ? [trust.evidence] : [],
      about: 'trust',
    }),
  ];
}
