// `clients` of the policy file: says more of clients found under a path, or declares one whose code lives elsewhere.
import type { Placed, PolicyClient, PolicyClientRule } from '../model/policy.ts';
import type { Field, Fields, PolicyReader } from './policy-reader.ts';
import { quote } from './problems.ts';
import { hint } from './suggestion.ts';
import { configured, readGlob, readGlobs, readTexts } from './values.ts';

const NAMED_KEYS = ['driver', 'connection'];
const CLIENT_KEYS = ['path', 'name', ...NAMED_KEYS, 'runs-on', 'runtime', 'connects-to', 'configured-by'];

export interface ClientSection {
  readonly clients: readonly PolicyClient[];
  readonly clientRules: readonly PolicyClientRule[];
}

/** `targets` are the declared names that `connects-to` may hold. */
export function readClients(
  reader: PolicyReader,
  field: Field | undefined,
  targets: readonly string[],
): ClientSection {
  const clients: PolicyClient[] = [];
  const clientRules: PolicyClientRule[] = [];
  const names = new Map<string, number>();
  for (const item of reader.list(field, 'a list of clients, each with `path` or `name`', 'this client')) {
    const keys = reader.map(item, { what: 'a client', keys: CLIENT_KEYS });
    if (!keys || !hasOneKind(reader, item, keys)) continue;
    if (keys.has('path')) clientRules.push(...readClientRule(reader, keys, targets));
    else clients.push(...readClient(reader, item, keys, targets, names));
  }
  return { clients, clientRules };
}

function hasOneKind(reader: PolicyReader, item: Field, keys: Fields): boolean {
  const path = keys.get('path');
  const name = keys.get('name');
  if (path && name)
    reader.problems.add(
      Math.max(path.start, name.start),
      'this client has both `path` and `name`; expected `path` for clients found there, or `name` to declare one',
    );
  if (!path && !name)
    reader.problems.add(item.start, 'this client has neither `path` nor `name`; expected one of them');
  return Boolean(path) !== Boolean(name);
}

function readClientRule(
  reader: PolicyReader,
  keys: Fields,
  targets: readonly string[],
): readonly PolicyClientRule[] {
  for (const key of NAMED_KEYS) {
    const field = keys.get(key);
    if (field)
      reader.problems.add(field.start, `\`${key}\` belongs to a client with \`name\`; this one has \`path\``);
  }
  const path = readGlob(reader, keys.get('path'));
  const common = readCommon(reader, keys, targets);
  return path === null ? [] : [{ path, ...common }];
}

function readClient(
  reader: PolicyReader,
  item: Field,
  keys: Fields,
  targets: readonly string[],
  names: Map<string, number>,
): readonly PolicyClient[] {
  const name = reader.text(keys.get('name'), 'warehouse-etl');
  if (name) {
    const earlier = names.get(name.value);
    if (earlier === undefined) names.set(name.value, name.span.start);
    else reader.duplicate(name.span.start, `client name ${quote(name.value)}`, earlier);
  }
  if (!keys.has('driver'))
    reader.problems.add(item.start, 'this client has no `driver`; a client with `name` needs it');
  const driver = reader.text(keys.get('driver'), 'ODBC Driver 17 for SQL Server 17.4');
  const connection = reader.text(keys.get('connection'), 'Server=sql-orders.example.com;Encrypt=yes');
  const common = readCommon(reader, keys, targets);
  return name && driver ? [{ name: name.value, driver, connection, ...common }] : [];
}

function readCommon(reader: PolicyReader, keys: Fields, targets: readonly string[]) {
  return {
    runsOn: reader.text(keys.get('runs-on'), 'Windows Server 2012 R2'),
    runtime: reader.text(keys.get('runtime'), '.NET Framework 4.7.2'),
    connectsTo: readConnectsTo(reader, keys.get('connects-to'), targets),
    ...configured(readGlobs(reader, keys.get('configured-by'), 'infra/clients.reg')),
  };
}

/** Names of declared targets. `null` when absent. */
export function readConnectsTo(
  reader: PolicyReader,
  field: Field | undefined,
  targets: readonly string[],
): readonly Placed<string>[] | null {
  if (!field) return null;
  const names = readTexts(reader, field, { called: 'a target name', example: targets[0] ?? 'orders' });
  const declared = new Set(targets);
  for (const name of names)
    if (!declared.has(name.value))
      reader.wrong(name, () => {
        const known = targets.length > 0 ? hint(name.value, targets) : ', which is empty or missing';
        return `target ${quote(name.value)} is not declared in \`targets\`${known}`;
      });
  return names;
}
