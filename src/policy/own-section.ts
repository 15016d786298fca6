// `require` and `forbid` of the policy file: rows of one's own, judged as those of packs.
import { PROTOCOLS } from '../model/protocol.ts';
import type { Demand, Requirement } from '../model/requirement.ts';
import type { Field, Fields, PolicyReader } from './policy-reader.ts';
import { readChoices } from './values.ts';

const ENCRYPT = ['Optional', 'Mandatory', 'Strict'] as const;
const HASHES = ['MD5', 'SHA-1', 'SHA-224'] as const;

/** One row for each key that is written. */
export function readOwn(
  reader: PolicyReader,
  policy: Fields,
  from: Pick<Requirement, 'pack' | 'source'>,
  suites: readonly string[],
): readonly Requirement[] {
  const rows: Requirement[] = [];
  const add = (section: string, demand: Demand) => rows.push({ ...demand, ...from, section });
  const asked = keysOf(reader, policy.get('require'), '`require`', ['min-protocol', 'suites', 'encrypt']);
  const minProtocol = reader.choice(asked?.get('min-protocol'), PROTOCOLS, 'protocol');
  if (minProtocol) add('require', { minProtocol });
  const allowedSuites = readChoices(reader, asked?.get('suites'), suites, 'suite');
  if (allowedSuites) add('require', { allowedSuites });
  const modes = readChoices(reader, asked?.get('encrypt'), ENCRYPT, 'mode');
  if (modes) add('require', { encrypt: ENCRYPT.filter((mode) => modes.includes(mode)) });

  const refused = keysOf(reader, policy.get('forbid'), '`forbid`', ['suites', 'hashes']);
  const forbiddenSuites = readChoices(reader, refused?.get('suites'), suites, 'suite');
  if (forbiddenSuites) add('forbid', { forbiddenSuites });
  const hashes = readChoices(reader, refused?.get('hashes'), HASHES, 'hash');
  if (hashes) add('forbid', { forbiddenHashes: HASHES.filter((hash) => hashes.includes(hash)) });
  return rows;
}

const keysOf = (reader: PolicyReader, field: Field | undefined, what: string, keys: readonly string[]) =>
  reader.map(field, { what, keys });
