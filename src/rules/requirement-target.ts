/** Rows of policy packs that a server breaks, by what is seen, declared or documented of it. */
import type { Fact } from '../model/evidence.ts';
import { compareProtocols, PROTOCOLS } from '../model/protocol.ts';
import type { Requirement } from '../model/requirement.ts';
import { type Breach, broken } from './breach.ts';
import type { JudgedTarget } from './rule.ts';

export function targetBreaches(
  { target, server }: JudgedTarget,
  requirements: readonly Requirement[],
): readonly Breach[] {
  const { span, name } = target;
  const facts = [
    ...PROTOCOLS.map((version) => ({
      fact: server.protocols[version],
      by: broken(
        server.protocols[version],
        requirements,
        ({ minProtocol }, value) =>
          value === 'accepted' && minProtocol !== undefined && compareProtocols(version, minProtocol) < 0,
      ),
      found: `${name} takes ${version}`,
      fix: `Switch ${version} off for the Server role on ${name} (SCHANNEL registry keys; network.tlsprotocols on Linux) and restart it.`,
      about: version,
    })),
    ...grouped(server.suites?.value.names ?? [], server.suites, requirements, refuses).map((one) => ({
      ...one,
      found: `${name} takes ${few(one.names)}`,
      fix: `Take ${one.names.length === 1 ? 'it' : 'them'} out of the cipher suite order on ${name}, once no client needs ${one.names.length === 1 ? 'it' : 'them'}.`,
      about: `suites ${one.names.join()}`,
    })),
    ...grouped(server.groups?.value ?? [], server.groups, requirements, refusesGroup).map((one) => ({
      ...one,
      found: `${name} takes the group${one.names.length === 1 ? '' : 's'} ${few(one.names)}`,
      fix: `Take ${one.names.length === 1 ? 'it' : 'them'} out of the curve order on ${name}.`,
      about: `groups ${one.names.join()}`,
    })),
    {
      fact: server.dhBits,
      by: broken(server.dhBits, requirements, ({ minDhBits }, bits) => bits < (minDhBits ?? 0)),
      found: `the TLS_DHE prime of ${name} has ${server.dhBits?.value} bits`,
      fix: `Raise ServerMinKeyBitLength of Diffie-Hellman on ${name}, or switch TLS_DHE off.`,
      about: 'dh',
    },
    ...certificate(server.certificate, requirements, name),
  ];
  return facts.flatMap(({ fact, by, found, fix, about }) =>
    fact && by.length > 0 ? [{ found, fix, about, span, by, evidence: [fact.evidence] }] : [],
  );
}

function certificate(
  fact: JudgedTarget['server']['certificate'],
  requirements: readonly Requirement[],
  name: string,
) {
  const key = fact?.value;
  return [
    {
      fact,
      by: broken(fact, requirements, ({ minRsaBits, minEcBits }, { keyType, keyBits }) => {
        const least = keyType === 'RSA' ? minRsaBits : keyType === 'ECDSA' ? minEcBits : undefined;
        return keyBits !== null && keyBits < (least ?? 0);
      }),
      found: `the certificate of ${name} has a ${key?.keyType} key of ${key?.keyBits} bits`,
      fix: `Give ${name} a certificate with a longer key.`,
      about: 'key',
    },
    {
      fact,
      by: broken(
        fact,
        requirements,
        ({ forbiddenHashes }, { signatureHash }) =>
          signatureHash !== null && forbiddenHashes?.includes(signatureHash) === true,
      ),
      found: `the certificate of ${name} is signed with ${key?.signatureHash}`,
      fix: `Give ${name} a certificate signed with SHA-256.`,
      about: 'hash',
    },
  ];
}

/** Names that are refused, those that the same rows refuse together: no row is said to refuse what it allows. */
function grouped<T>(
  names: readonly string[],
  fact: Fact<T> | undefined,
  requirements: readonly Requirement[],
  refusing: (row: Requirement, name: string) => boolean,
) {
  const groups = new Map<
    string,
    { names: string[]; by: readonly Requirement[]; fact: Fact<T> | undefined }
  >();
  for (const name of names) {
    const by = broken(fact, requirements, (row) => refusing(row, name));
    const key = by.map((row) => requirements.indexOf(row)).join();
    const group = groups.get(key);
    if (group) group.names.push(name);
    else groups.set(key, { names: [name], by, fact });
  }
  return [...groups.values()];
}

const refuses = (row: Requirement, name: string) =>
  row.allowedSuites?.includes(name) === false || row.forbiddenSuites?.includes(name) === true;
const refusesGroup = (row: Requirement, name: string) => row.allowedGroups?.includes(name) === false;

/** Three of them by name, the rest by number. */
const few = (names: readonly string[]) =>
  names.length > 3 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ');
